/** QUALITY.md, bar 3 for the embedded gateway: open, idle and busy sessions pass no byte after a revoke. */
import { join } from "node:path";
import { temporaryFolder } from "../support/folders";
import { closed, exchange, Scene, start, startResource } from "../providers/embedded/support";

const root = temporaryFolder();
const sessions = 12;

test(`of ${sessions} sessions, idle, talking and flooding both ways, 0 pass a byte once the revoke has answered`, async () => {
  const heard = { bytes: 0, isRevoked: false };
  const resource = await startResource((socket) => {
    const flood = setInterval(() => socket.write(Buffer.alloc(16_384)), 1);
    socket.once("close", () => clearInterval(flood));
    socket.on("data", (chunk) => (heard.bytes += heard.isRevoked ? chunk.length : 0));
  });
  const gateway = await start({ directory: join(root, "out") });
  const scene = await Scene.of(gateway, resource.port);
  const grants = [await scene.grant(3600), await scene.grant(3600)];
  const tunnels = await Promise.all(Array.from({ length: sessions }, () => scene.open()));
  const talkers: NodeJS.Timeout[] = [];
  let late = 0;
  for (const [at, tunnel] of tunnels.entries()) {
    tunnel.stream.on("data", (chunk: Buffer) => (late += heard.isRevoked ? chunk.length : 0));
    if (at % 3 === 1) await exchange(tunnel, "BEGIN");
    if (at % 3 === 2) talkers.push(setInterval(() => tunnel.stream.write(Buffer.alloc(16_384)), 1));
  }
  await scene.revoke(grants[0] ?? "");
  expect(resource.sockets.size).toBe(sessions);
  await scene.revoke(grants[1] ?? "");
  // What was in the air when the gateway answered is given one turn to arrive; nothing may come after it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  heard.isRevoked = true;
  await Promise.all(tunnels.map((tunnel) => closed(tunnel)));
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const talker of talkers) clearInterval(talker);
  expect([heard.bytes, late]).toEqual([0, 0]);
  expect(await scene.refusal()).toBe("E507");
  await gateway.close();
  resource.close();
});
