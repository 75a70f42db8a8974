import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { newRepository, repositoryWithGrant, type CommandLine } from "./support/leasehold";

const servers: Server[] = [];

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closedPort(): Promise<string> {
  const url = await serve(() => undefined);
  const server = servers.pop() as Server;
  await new Promise((resolve) => server.close(resolve));
  return url;
}

/** Points the repository's gateway somewhere else. */
function pointAt(line: CommandLine, url: string): void {
  line.edit(
    "leasehold.yaml",
    "directory: .leasehold/gateway",
    `directory: .leasehold/gateway, url: "${url}", keys: { write: "\${env:KEY}" }`,
  );
}

describe("a gateway that cannot be trusted to answer grants nothing", () => {
  test.each<[string, () => Promise<string>, number]>([
    ["nobody listens", closedPort, 10],
    ["a page instead of an API", () => serve((_request, answer) => answer.end("<html>hello</html>")), 10],
    ["500 to everything", () => serve((_request, answer) => answer.writeHead(500).end('{"message":"no"}')), 10],
    ["a wrong key", () => serve((_request, answer) => answer.writeHead(401).end('{"message":"access denied"}')), 4],
    [
      "an answer that breaks off",
      () => serve((_request, answer) => answer.writeHead(200, { "content-length": "500" }).end("{")),
      10,
    ],
  ])("%s: plan, apply and reconcile say so, each with its exit code", async (_what, server, exitCode) => {
    const line = await repositoryWithGrant();
    await line.run(
      "request",
      "--name",
      "second",
      "--for",
      "ben@example.com",
      "--access",
      "orders-db/read",
      "--duration",
      "1h",
      "--reason",
      "x",
    );
    await line.run("approve", "second", "--as", "cleo@example.com");
    pointAt(line, await server());
    for (const args of [["plan"], ["apply", "--yes"], ["reconcile"]]) {
      const ran = await line.with({ KEY: "hpk_nothing" }, ...args);
      expect([args[0], ran.exitCode]).toEqual([args[0], exitCode]);
      expect(ran.stderr).toMatch(/E50[0-2]/);
      expect(ran.stderr + ran.stdout).not.toContain("hpk_nothing");
      expect(ran.stderr).not.toContain("activated");
    }
  });

  test("a missing secret is named, never shown, and stops what needs it", async () => {
    const line = await newRepository();
    pointAt(line, await closedPort());
    const ran = await line.run("plan");
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain("${env:KEY}");
  });

  test("an unknown key in leasehold.yaml is refused with a suggestion", async () => {
    const line = await newRepository();
    line.edit("leasehold.yaml", "approvals: local", "aprovals: local");
    const ran = await line.run("plan");
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toMatch(/leasehold\.yaml:\d+:\d+ error E701/);
    expect(ran.stderr).toContain("approvals");
  });
});
