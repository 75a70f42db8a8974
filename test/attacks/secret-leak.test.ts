/**
 * THREATS, "secret leak", and bar 12 of QUALITY.md: 100 canary secrets in the environment, in files that the
 * config names and in what a server answers; none of them in any output, plan, page, Log or error.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ben, newRepository, request, type CommandLine } from "../cli/support/leasehold";

const canaries = Array.from({ length: 100 }, (_, n) => `canary-${String(n).padStart(3, "0")}-5f2c9a7e41d8b063`);
const environment = Object.fromEntries(canaries.slice(0, 60).map((secret, n) => [`SECRET_${n}`, secret]));

/** A server that answers everything with secrets, among them the key that it was called with. */
async function leakyServer(): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((call, answer) => {
    const leaked = JSON.stringify({ message: `${call.headers.authorization} ${canaries.slice(60, 90).join(" ")}` });
    answer.writeHead(Number(call.url?.length ?? 0) % 2 === 0 ? 500 : 200, { "x-leak": canaries[90] }).end(leaked);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** Every command that shows or writes something, each way it can. */
const commands: readonly (readonly string[])[] = [
  ["validate", "--format", "json"],
  ["validate", "--format", "sarif"],
  ["validate", "--format", "github"],
  ["synth"],
  ["synth", "--format", "json"],
  ["plan"],
  ["plan", "--format", "json", "--out", "plan.json"],
  ["plan", "--format", "markdown"],
  ["apply", "--yes", "--verbose"],
  ["reconcile", "--verbose"],
  ["status"],
  ["status", "--format", "csv"],
  ["status", "--format", "json"],
  ["status", "--html", "access.html"],
  ["explain", request],
  ["policy", "show", "--format", "json"],
  ["log", "show", "--format", "json"],
  ["log", "export", "--out", "export.jsonl"],
  ["doctor"],
  ["revoke", request],
];

function found(text: string): readonly string[] {
  return canaries.filter((secret) => text.includes(secret));
}

function everyFile(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => join(directory, path))
    .filter((path) => statSync(path).isFile());
}

async function outputsOf(line: CommandLine): Promise<string> {
  const said: string[] = [];
  for (const args of commands) {
    const ran = await line.with(environment, ...args);
    said.push(ran.stdout, ran.stderr);
  }
  return said.join("\n");
}

test("bar 12: 100 canary secrets, 0 in what any command says or writes, with a good gateway and with a leaky one", async () => {
  const line = await newRepository();
  canaries.slice(90).forEach((secret, n) => line.write(`secret-${n}.txt`, secret));
  line.edit(
    "access.ts",
    'Secret.fromEnv("ORDERS_RO")',
    'Secret.fromEnv("SECRET_1"), token: Secret.fromFile("secret-1.txt")',
  );
  await line.with(environment, "policy", "accept");
  await line.with(environment, "approve", request, "--as", ben);
  const good = await outputsOf(line);
  expect(good).toContain("activated");
  const { url, server } = await leakyServer();
  line.edit(
    "leasehold.yaml",
    "directory: .leasehold/gateway",
    `directory: .leasehold/gateway, url: "${url}", keys: { write: "\${env:SECRET_0}", observe: "\${file:secret-2.txt}" }`,
  );
  const leaky = await outputsOf(line);
  server.closeAllConnections();
  server.close();
  expect(leaky).toMatch(/E50[0-2]/);
  expect(found(good)).toEqual([]);
  expect(found(leaky)).toEqual([]);
  const written = everyFile(line.directory).filter((path) => !/secret-\d\.txt$/.test(path));
  expect(written.length).toBeGreaterThan(10);
  expect(written.filter((path) => found(readFileSync(path, "latin1")).length > 0)).toEqual([]);
});
