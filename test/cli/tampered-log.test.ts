import { repositoryWithGrant, type CommandLine } from "./support/leasehold";

let line: CommandLine;
let chain = "";

beforeAll(async () => {
  line = await repositoryWithGrant();
  chain = line.read(".leasehold/log/chain.jsonl");
});

afterEach(() => line.write(".leasehold/log/chain.jsonl", chain));

describe("a Log that somebody changed (show 9)", () => {
  test.each<[string, (lines: string[]) => string[], number]>([
    ["a flipped bit", (lines) => lines.with(5, flip(lines[5]!)), 6],
    ["a dropped record", (lines) => lines.toSpliced(6, 1), 7],
    ["two swapped records", (lines) => lines.with(4, lines[5]!).with(5, lines[4]!), 5],
    ["a doubled record", (lines) => lines.toSpliced(6, 0, lines[5]!), 7],
    ["a cut tail", (lines) => lines.slice(0, -2), -1],
  ])("%s: verify exits 9 and names the first bad record, and nothing is granted on it", async (_what, change, bad) => {
    const lines = chain.trimEnd().split("\n");
    const first = bad < 0 ? lines.length + bad : bad;
    line.write(".leasehold/log/chain.jsonl", `${change(lines).join("\n")}\n`);
    const verified = await line.run("log", "verify");
    expect(verified.exitCode).toBe(9);
    expect(verified.stdout).toMatch(new RegExp(`record ${first}\\b`, "i"));
    expect((await line.run("apply", "--yes")).exitCode).toBe(9);
  });

  test("an end that a crash tore is cut off and said, and the next record follows", async () => {
    line.write(".leasehold/log/chain.jsonl", `${chain}{"body":{"type":"freeze.set"`);
    const ran = await line.run("policy", "accept", "--as", "ben@example.com");
    expect(ran.exitCode).toBe(0);
    line.edit("access.ts", "max: Duration.hours(4)", "max: Duration.hours(3)");
    const accepted = await line.run("policy", "accept");
    expect(accepted.exitCode).toBe(0);
    expect(ran.stderr + accepted.stderr).toContain("torn by a crash");
    expect(await line.run("log", "verify")).toMatchObject({ exitCode: 0 });
  });

  test("an export verifies in a directory that holds nothing else", async () => {
    expect((await line.run("log", "export", "--out", "export.jsonl")).exitCode).toBe(0);
    expect(line.read("export.jsonl")).toBe(chain);
    expect(await line.run("log", "verify", "export.jsonl")).toMatchObject({ exitCode: 0 });
    line.write("export.jsonl", chain.replace("orders-first-look", "orders-first-lock"));
    expect(await line.run("log", "verify", "export.jsonl")).toMatchObject({ exitCode: 9 });
  });

  test("the Log of another installation is refused", async () => {
    const config = line.read("leasehold.yaml");
    line.edit("leasehold.yaml", /^installation: \S+/m, "installation: somebody-else-0001");
    const ran = await line.run("apply", "--yes");
    line.write("leasehold.yaml", config);
    expect(ran.exitCode).toBe(9);
    expect(ran.stderr).toContain("E601");
  });
});

function flip(text: string): string {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
}
