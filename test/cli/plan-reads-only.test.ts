import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandLine, newRepository, repositoryWithGrant, type Going } from "./support/leasehold";

/** A relay in front of a gateway that notes what passes. */
async function relayTo(target: string): Promise<{ url: string; calls: string[]; server: Server }> {
  const calls: string[] = [];
  const server = createServer((incoming, outgoing) => {
    calls.push(`${incoming.method} ${incoming.url}`);
    const onward = httpRequest(
      new URL(incoming.url ?? "/", target),
      { method: incoming.method ?? "GET", headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, server };
}

describe("a plan (show 3)", () => {
  test("is the same bytes each time, and on a copy of the repository elsewhere", async () => {
    const line = await newRepository();
    const copyAt = mkdtempSync(join(tmpdir(), "leasehold-copy-"));
    try {
      cpSync(line.directory, copyAt, { recursive: true });
      const first = await line.run("plan", "--format", "json");
      const second = await line.run("plan", "--format", "json");
      const elsewhere = await new CommandLine(copyAt).run("plan", "--format", "json");
      expect(first.exitCode).toBe(0);
      expect(second.stdout).toBe(first.stdout);
      expect(elsewhere.stdout).toBe(first.stdout);
      expect((JSON.parse(first.stdout) as { digest: string }).digest).toMatch(/^[0-9a-f]{64}$/);
    } finally {
      rmSync(copyAt, { recursive: true, force: true });
    }
  });

  test("sends nothing but reads to the gateway, with the key that can only read", async () => {
    const line = await repositoryWithGrant();
    const gateway: Going = line.start(["gateway"]);
    const [, url = ""] = await gateway.line(/Gateway at (\S+);/);
    const relay = await relayTo(url);
    try {
      const keys = JSON.parse(line.read(".leasehold/gateway/keys.json")) as { observer: string };
      line.edit(
        "leasehold.yaml",
        "main: { provider: embedded, directory: .leasehold/gateway }",
        `main: { provider: embedded, directory: .leasehold/gateway, url: "${relay.url}", keys: { observe: "\${env:OBSERVER}" } }`,
      );
      const ran = await line.with({ OBSERVER: keys.observer }, "plan");
      expect(ran.stderr).toBe("");
      expect(ran.exitCode).toBe(0);
      expect(relay.calls.length).toBeGreaterThan(3);
      expect(relay.calls.filter((call) => !/^(GET|HEAD) /.test(call))).toEqual([]);
    } finally {
      relay.server.closeAllConnections();
      relay.server.close();
      await gateway.stop();
    }
  });

  test("offline asks no gateway and says so", async () => {
    const line = await repositoryWithGrant();
    const ran = await line.run("plan", "--offline", "--format", "json");
    expect(ran.exitCode).toBe(0);
    expect((JSON.parse(ran.stdout) as { base: { observed: string } }).base.observed).toBe("log");
  });

  test("a plan file is carried out, refused when edited, and refused when the world has moved", async () => {
    const line = await newRepository();
    await line.run("policy", "accept");
    await line.run("approve", "orders-first-look", "--as", "ben@example.com");
    expect((await line.run("plan", "--out", "plan.json")).exitCode).toBe(0);
    line.write("edited.json", line.read("plan.json").replace('"durationSeconds":3600', '"durationSeconds":7200'));
    const edited = await line.run("apply", "--yes", "edited.json");
    expect(edited).toMatchObject({ exitCode: 3 });
    expect(edited.stderr).toContain("edited after it was written");
    line.write("cut.json", line.read("plan.json").slice(0, 200));
    expect(await line.run("apply", "--yes", "cut.json")).toMatchObject({ exitCode: 3 });
    expect(await line.run("apply", "--yes", "plan.json")).toMatchObject({ exitCode: 0 });
    const stale = await line.run("apply", "--yes", "plan.json");
    expect(stale).toMatchObject({ exitCode: 6 });
    expect(stale.stderr + stale.stdout).toContain("E302");
  });
});
