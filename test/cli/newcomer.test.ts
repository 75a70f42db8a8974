import { ana, ben, newRepository, request, type CommandLine } from "./support/leasehold";

let line: CommandLine;

beforeAll(async () => {
  line = await newRepository();
});

describe("from init to the first grant (show 2)", () => {
  test("validate finds nothing wrong with what init wrote", async () => {
    const ran = await line.run("validate");
    expect(ran).toMatchObject({ exitCode: 0, stdout: "No problems. 1 request checked.\n" });
  });

  test("the first plan exits 2, says who gains what in words, and makes no Log", async () => {
    const ran = await line.run("plan", "--detailed-exitcode");
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toContain(`${ana} gets read on orders-db for 1 h`);
    expect(ran.stdout).toContain("OPS-1: find the orders stuck in payment");
    expect(ran.stdout).toContain("1 of orders-leads");
    expect(ran.stdout).toContain("waits for policy accept");
    expect(ran.stdout).toMatch(/Plan: 1 to grant, 0 to revoke, 0 to change/);
    expect(() => line.read(".leasehold/log/chain.jsonl")).toThrow(/ENOENT/);
  });

  test("without a policy apply grants nothing and says what to do", async () => {
    const ran = await line.run("apply", "--yes");
    expect(ran.exitCode).toBe(5);
    expect(ran.stderr + ran.stdout).toContain("leasehold policy accept");
  });

  test("the beneficiary cannot approve, and the refusal names who could", async () => {
    expect(await line.run("policy", "accept")).toMatchObject({ exitCode: 0 });
    const ran = await line.run("approve", request, "--as", ana);
    expect(ran.exitCode).toBe(5);
    expect(ran.stderr).toContain(ben);
  });

  test("policy accept, approve and apply grant it, and then there is nothing to plan", async () => {
    expect(await line.run("approve", request, "--as", ben)).toMatchObject({ exitCode: 0 });
    const applied = await line.run("apply", "--yes");
    expect(applied.exitCode).toBe(0);
    expect(applied.stderr).toContain(`${ana} on orders-db/read activated`);
    const again = await line.run("plan", "--detailed-exitcode");
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stdout).toContain("Nothing to do.");
  });

  test("applying again writes nothing to the Log", async () => {
    const before = line.read(".leasehold/log/chain.jsonl");
    expect(await line.run("apply", "--yes")).toMatchObject({ exitCode: 0 });
    expect(line.read(".leasehold/log/chain.jsonl")).toBe(before);
  });

  test("status, explain and the Log tell the same story", async () => {
    const status = await line.run("status", "--format", "json");
    const report = JSON.parse(status.stdout) as { rows: { person: string; phase: string; grant: string }[] };
    expect(report.rows).toMatchObject([{ person: ana, phase: "active" }]);
    const explained = await line.run("explain", `${ana}@orders-db/read`);
    expect(explained.stdout).toContain("Rule orders-read decides");
    const shown = await line.run("log", "show", "--grant", report.rows[0]!.grant, "--format", "json");
    expect(shown.stdout).toContain("activation.done");
    expect(await line.run("log", "verify")).toMatchObject({ exitCode: 0 });
  });
});
