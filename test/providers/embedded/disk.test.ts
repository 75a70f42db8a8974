import { cpSync, existsSync, mkdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../support/folders";
import { closed, eventually, exchange, Scene, start, startResource } from "./support";

const root = temporaryFolder();

/** Makes every append of this process fail as on a full disk, while `isFull` holds; gives it back to normal afterwards. */
async function withDisk(body: (disk: { isFull: () => boolean }) => Promise<void>): Promise<void> {
  const handle = await open(join(root, "probe"), "a");
  const prototype = Object.getPrototypeOf(handle) as { appendFile: (text: string) => Promise<void> };
  await handle.close();
  const disk = { isFull: () => false };
  const appendFile = prototype.appendFile;
  const refuse = (): Promise<never> =>
    Promise.reject(Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" }));
  const spies = [
    jest.spyOn(prototype, "appendFile").mockImplementation(function (this: unknown, text: string) {
      return disk.isFull() ? refuse() : appendFile.call(this, text);
    }),
  ];
  try {
    await body(disk);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test("on a full disk endings hold and are told, everything else is refused, and it mends itself", async () => {
  await withDisk(async (disk) => {
    const resource = await startResource();
    const directory = join(root, "full");
    const gateway = await start({ directory });
    const scene = await Scene.of(gateway, resource.port);
    const grant = await scene.grant(3600, "kept");
    const other = await scene.grant(3600, "other");
    const tunnel = await scene.open();
    await exchange(tunnel, "x");
    disk.isFull = () => true;
    const body = {
      user_email: "alice@example.com",
      connection: "orders-read",
      access_duration_sec: 60,
      correlation_id: "new",
    };
    expect((await scene.api("POST", "/sessions/provision", body)).status).toBe(503);
    expect((await scene.api("POST", "/sessions/provision", body)).status).toBe(503);
    expect(await scene.refusal()).toBe("E500");
    expect((await scene.api("PUT", `/reviews/${other}`, { status: "APPROVED" })).status).toBe(503);
    expect((await scene.revoke(other)).status).toBe(200);
    expect((await scene.revoke(grant)).status).toBe(200);
    expect((await scene.api("GET", `/reviews/${grant}`)).json.status).toBe("REVOKED");
    expect((await scene.api("POST", `/sessions/${tunnel.session}/kill`)).status).toBe(204);
    await closed(tunnel);
    disk.isFull = () => false;
    await eventually(
      async () => (await scene.api("POST", "/users", { email: "bob@example.com", name: "Bob" })).status === 201,
    );
    await gateway.close();
    const again = await start({ directory });
    scene.gateway = again;
    expect((await scene.must("GET", "/sessions?correlation_id=kept")).data[0]?.review?.status).toBe("REVOKED");
    expect((await scene.must("GET", "/sessions?correlation_id=other")).data[0]?.review?.status).toBe("REVOKED");
    scene.close();
    await again.close();
    resource.close();
  });
});

test("the reserve is given up for an ending when the disk is full", async () => {
  await withDisk(async (disk) => {
    const resource = await startResource();
    const directory = join(root, "reserve");
    const gateway = await start({ directory });
    const scene = await Scene.of(gateway, resource.port);
    const grant = await scene.grant(3600, "kept");
    const reserve = join(directory, "journal.jsonl.reserve");
    expect(existsSync(reserve)).toBe(true);
    // The disk has room again as soon as the reserve is gone, as a real one has.
    disk.isFull = () => existsSync(reserve);
    expect((await scene.revoke(grant)).status).toBe(200);
    expect(existsSync(reserve)).toBe(false);
    mkdirSync(join(root, "copy"));
    for (const file of ["journal.jsonl", "keys.json"]) cpSync(join(directory, file), join(root, "copy", file));
    disk.isFull = () => false;
    const after = await start({ directory: join(root, "copy") });
    const found = await new Scene(after).must("GET", "/sessions?correlation_id=kept");
    expect(found.data[0]?.review?.status).toBe("REVOKED");
    await after.close();
    await gateway.close();
    resource.close();
  });
});
