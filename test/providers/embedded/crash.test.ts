import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestClock } from "../../doubles/test-clock";
import { type GatewayKind, spawnGateway } from "../../doubles/gateway-process";
import { temporaryFolder } from "../../support/folders";
import { call, Scene, start, startResource } from "./support";

const root = temporaryFolder();

describe.each<GatewayKind>(["embedded", "hoop"])("a killed %s gateway", (kind) => {
  test("has every grant whose call was answered, and starts again", async () => {
    const directory = join(root, `kill-${kind}`);
    const answered = new Set<string>();
    const resource = await startResource();
    let keys = { admin: "", observer: "" };
    for (let round = 0; round < 3; round += 1) {
      const running = await spawnGateway(kind, directory);
      keys = JSON.parse(readFileSync(join(directory, "keys.json"), "utf8"));
      const scene = new Scene({ url: running.url, keys, close: () => Promise.resolve() });
      if (round === 0) {
        await scene.must("POST", "/users", { email: "alice@example.com", name: "Alice", groups: [] });
        await scene.addConnection("orders-read", resource.port);
      }
      const stop = { at: answered.size + 60 };
      const writers = [0, 1, 2, 3].map((writer) => grantUntilDead(scene, `${round}-${writer}`, answered));
      while (answered.size < stop.at) await new Promise((resolve) => setTimeout(resolve, 2));
      await running.kill();
      await Promise.all(writers);
      expect(JSON.parse(readFileSync(join(directory, "address.json"), "utf8")).url).toBe(running.url);
    }
    const last = await spawnGateway(kind, directory);
    for (const correlation of answered) {
      const found = await call(last, keys.observer, "GET", `/sessions?correlation_id=${correlation}`);
      expect(found.json.data[0]?.review?.status).toBe("APPROVED");
    }
    expect(await last.stop()).toBe(0);
    expect(existsSync(join(directory, "address.json"))).toBe(false);
    resource.close();
  }, 120_000);
});

async function grantUntilDead(scene: Scene, name: string, answered: Set<string>): Promise<void> {
  for (let at = 0; ; at += 1) {
    const correlation = `c-${name}-${at}`;
    try {
      await scene.grant(3600, correlation);
      answered.add(correlation);
    } catch {
      return;
    }
  }
}

describe("the directory of a gateway", () => {
  test("takes one gateway at a time, whichever process it runs in", async () => {
    const directory = join(root, "one");
    const gateway = await start({ directory });
    await expect(start({ directory })).rejects.toMatchObject({ code: "E508" });
    await expect(spawnGateway("embedded", directory)).rejects.toThrow(/another gateway uses this directory/);
    await gateway.close();
    const next = await start({ directory });
    await next.close();
  });

  test("is taken over from a gateway that was killed, but not from one that was only started by the same pid", async () => {
    const directory = join(root, "dead");
    const running = await spawnGateway("embedded", directory);
    await running.kill();
    expect(existsSync(join(directory, "lock"))).toBe(true);
    const gateway = await start({ directory });
    await gateway.close();
    writeFileSync(join(directory, "lock"), JSON.stringify({ pid: process.pid, started: "1", token: "x" }));
    const again = await start({ directory });
    await again.close();
  });

  test("keeps keys to its owner and no secret of a resource", async () => {
    const directory = join(root, "modes");
    const gateway = await start({ directory });
    const scene = new Scene(gateway);
    const secret = "canary-4711";
    const made = await scene.addConnection("orders-read", 5432, {
      secret: { "envvar:HOST": btoa("db.internal"), "envvar:PORT": btoa("5432"), "envvar:PASS": btoa(secret) },
    });
    expect(made.secret).toEqual({ "envvar:HOST": btoa("db.internal"), "envvar:PASS": "", "envvar:PORT": btoa("5432") });
    await gateway.close();
    for (const file of ["keys.json", "journal.jsonl"]) expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    const journal = readFileSync(join(directory, "journal.jsonl"), "utf8");
    expect(journal).not.toContain(btoa(secret));
    expect(journal).not.toContain(gateway.keys.admin);
  });

  test("with a torn tail is mended, with damage in the middle refused", async () => {
    const directory = join(root, "torn");
    const first = await start({ directory });
    await new Scene(first).must("POST", "/users", { email: "alice@example.com", name: "Alice", groups: [] });
    await first.close();
    const journal = join(directory, "journal.jsonl");
    const whole = readFileSync(journal);
    appendFileSync(journal, '{"crc":"00000000","entries":[{"table":"users","pu');
    const notes: string[] = [];
    const mended = await start({ directory, note: (line) => notes.push(line) });
    expect(notes[0]).toMatch(/^cut 49 bytes/);
    expect((await new Scene(mended).api("GET", "/users/alice@example.com")).status).toBe(200);
    await mended.close();
    expect(readFileSync(journal).subarray(0, whole.length).equals(whole)).toBe(true);
    const bytes = readFileSync(journal);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    writeFileSync(journal, bytes);
    await expect(start({ directory })).rejects.toMatchObject({ code: "E508" });
    expect(existsSync(join(directory, "lock"))).toBe(false);
  });

  test("with keys taken away gets new ones, and the old ones and tokens no longer count", async () => {
    const directory = join(root, "keys");
    const first = await start({ directory });
    const resource = await startResource();
    const scene = await Scene.of(first, resource.port);
    await first.close();
    writeFileSync(join(directory, "keys.json"), "{}");
    await expect(start({ directory })).rejects.toMatchObject({ code: "E508" });
    (await import("node:fs")).rmSync(join(directory, "keys.json"));
    const second = await start({ directory });
    expect((await call(second, first.keys.admin, "GET", "/userinfo")).status).toBe(401);
    expect((await call(second, scene.token, "GET", "/userinfo")).status).toBe(401);
    expect((await call(second, second.keys.admin, "GET", "/userinfo")).json.is_admin).toBe(true);
    await second.close();
    resource.close();
  });

  test("ends what a crash left open: a row of a session that lost its gateway is done", async () => {
    const directory = join(root, "left-open");
    const resource = await startResource();
    const running = await spawnGateway("embedded", directory);
    const keys = JSON.parse(readFileSync(join(directory, "keys.json"), "utf8"));
    const scene = await Scene.of({ url: running.url, keys, close: () => Promise.resolve() }, resource.port);
    await scene.grant(3600);
    const { session } = await scene.open();
    await running.kill();
    const gateway = await start({ directory, clock: new TestClock() });
    scene.gateway = gateway;
    expect(await scene.row(session)).toMatchObject({ status: "done", exit_code: 254 });
    scene.close();
    await gateway.close();
    resource.close();
  });
});
