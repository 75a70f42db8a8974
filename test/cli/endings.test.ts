import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { ana, ben, newRepository, request, type CommandLine, type Going } from "./support/leasehold";

/** A service that answers each line with itself. */
let service: Server;
let servicePort = 0;

beforeAll(async () => {
  service = createServer((client) => {
    client.on("error", () => client.destroy());
    client.pipe(client);
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  servicePort = (service.address() as AddressInfo).port;
});

afterAll(() => new Promise((resolve) => service.close(resolve)));

/** A repository whose gateway runs, with ana's grant active and a live session of hers. */
async function withSession(
  duration = "1h",
): Promise<{ line: CommandLine; gateway: Going; command: Going; socket: Socket }> {
  const line = await newRepository();
  line.edit("access.ts", "port: 5432", `port: ${servicePort}`);
  if (duration !== "1h") line.edit("requests/orders-first-look.yaml", "duration: 1h", `duration: ${duration}`);
  const gateway = line.start(["gateway"]);
  await gateway.line(/Gateway at/);
  for (const args of [
    ["policy", "accept"],
    ["approve", request, "--as", ben],
    ["apply", "--yes"],
  ]) {
    expect(await line.run(...args)).toMatchObject({ exitCode: 0 });
  }
  const token = (await line.run("gateway", "token", ana)).stdout.trim();
  const command = line.start(["connect", "orders-db/read"], { LEASEHOLD_TOKEN: token });
  const [, port = ""] = await command.line(/127\.0\.0\.1:(\d+) leads to/);
  const socket = connect(Number(port), "127.0.0.1");
  await expect(echo(socket, "hello")).resolves.toBe("hello");
  return { line, gateway, command, socket };
}

function echo(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once("data", (bytes: Buffer) => resolve(bytes.toString("utf8")));
    socket.once("close", () => reject(new Error("closed")));
    socket.once("error", reject);
    socket.write(text);
  });
}

function closed(socket: Socket): Promise<void> {
  socket.on("error", () => socket.destroy());
  return new Promise((resolve) => (socket.closed ? resolve() : socket.once("close", () => resolve())));
}

async function expectOut(line: CommandLine): Promise<void> {
  const token = (await line.run("gateway", "token", ana)).stdout.trim();
  const again = await line.with({ LEASEHOLD_TOKEN: token }, "connect", "orders-db/read", "--", "true");
  expect(again.exitCode).toBe(5);
}

describe("a giving back never waits (show 8)", () => {
  test("with the writer's lock held by another process and an invalid request file, access and session end", async () => {
    const { line, gateway, socket } = await withSession();
    const reconciler = line.start(["reconcile", "--every", "1s"]);
    line.write("requests/broken.yaml", "apiVersion: [\n");
    const dropped = closed(socket);
    const ran = await line.run("revoke", request, "--as", ana);
    // The reconciler may read the spool first, and cut the session itself.
    expect(ran.stdout).toMatch(/^Ended 1 grant, cut [01] sessions?/m);
    expect(ran.exitCode).toBe(0);
    await dropped;
    await expectOut(line);
    await reconciler.stop();
    await gateway.stop();
    expect((await line.run("log", "show", "--type", "ending.done")).stdout).toContain("given back");
  });

  test("with a Log that cannot be written, access and session end, and the exit code says that it is not recorded", async () => {
    const { line, gateway, socket } = await withSession();
    const before = line.read(".leasehold/log/chain.jsonl");
    const dropped = closed(socket);
    // The disk of the Log is full: a directory in the place of each file that would be written.
    const ran = await line.with({ NODE_OPTIONS: `--require ${fullDisk(line)}` }, "revoke", request, "--as", ana);
    await dropped;
    expect(ran.exitCode).toBe(7);
    expect(ran.stderr + ran.stdout).toContain("E509");
    expect(line.read(".leasehold/log/chain.jsonl")).toBe(before);
    await expectOut(line);
    expect((await line.run("reconcile")).exitCode).toBe(0);
    expect((await line.run("log", "show", "--type", "ending.done")).stdout).toContain("ended at the gateway");
    await gateway.stop();
  });

  test("the holder ends it with no more than their own token", async () => {
    const { line, gateway, socket } = await withSession();
    const token = (await line.run("gateway", "token", ana)).stdout.trim();
    const dropped = closed(socket);
    const [, url = ""] = await gateway.line(/Gateway at (\S+);/);
    // A laptop: it has the repository, but no key of the gateway and no Log.
    line.edit(
      "leasehold.yaml",
      "directory: .leasehold/gateway",
      `directory: .leasehold/none, url: "${url}", keys: { write: "\${env:NO_KEY}" }`,
    );
    line.edit("leasehold.yaml", "path: .leasehold/log", "path: .leasehold/no-log");
    const ran = await line.with({ LEASEHOLD_TOKEN: token }, "revoke", "--on", "orders-db/read");
    expect(ran.stderr).toBe("");
    expect(ran.exitCode).toBe(0);
    await dropped;
    await gateway.stop();
  });
});

describe("with everything stopped but the gateway (show 6)", () => {
  test("the session is cut at its end, the gateway refuses, and the next pass records it", async () => {
    const { line, gateway, command, socket } = await withSession("15s");
    await closed(socket);
    expect(await command.ended).toMatchObject({ exitCode: 5 });
    await expectOut(line);
    const pass = await line.run("reconcile");
    expect(pass.exitCode).toBe(0);
    expect((await line.run("log", "show", "--type", "ending.done")).stdout).toContain("its time is over");
    await gateway.stop();
  });
});

/** A preload that fails every write below the Log's directory with ENOSPC, in that process only. */
function fullDisk(line: CommandLine): string {
  const path = line.path("full-disk.cjs");
  writeFileSync(
    path,
    `const fs = require("node:fs/promises");
const open = fs.open;
fs.open = async (file, flags, ...rest) => {
  const isLog = String(file).includes(".leasehold/log");
  if (isLog && flags !== "r" && flags !== undefined) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  return open(file, flags, ...rest);
};
`,
  );
  chmodSync(path, 0o644);
  if (!existsSync(path)) throw new Error("no preload");
  return path;
}
