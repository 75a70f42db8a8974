import { rmSync } from "node:fs";
import { ana, ben, newRepository, repositoryWithGrant, request, type CommandLine } from "./support/leasehold";

interface Row {
  readonly request: string;
  readonly phase: string;
  readonly endReason?: string;
  readonly end?: string;
}

async function rows(line: CommandLine): Promise<readonly Row[]> {
  const ran = await line.run("status", "--format", "json");
  return (JSON.parse(ran.stdout) as { rows: Row[] }).rows;
}

describe("freeze and thaw", () => {
  test("a freeze keeps what is approved from starting, and ends nothing; a thaw lets it start", async () => {
    const line = await newRepository();
    await line.run("policy", "accept");
    await line.run("approve", request, "--as", ben);
    expect(await line.run("freeze", "--note", "INC-1")).toMatchObject({ exitCode: 0 });
    expect((await line.run("apply", "--yes")).stderr).not.toContain("activated");
    expect((await line.run("status")).stdout).toMatch(/frozen/i);
    expect(await line.run("thaw")).toMatchObject({ exitCode: 0 });
    expect((await line.run("reconcile")).stderr).toContain("activated");
  });
});

describe("opt-out", () => {
  test("ends what it covers at once, keeps it away, and is lifted", async () => {
    const line = await repositoryWithGrant();
    const ran = await line.run("opt-out", "high", "--as", ana);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain("Ended 1 grant");
    expect(await rows(line)).toMatchObject([{ phase: "ended", endReason: "opted out" }]);
    expect((await line.run("opt-out", "high", "--lift", "--as", ana)).stdout).toContain("may get access");
    const unknown = await line.run("opt-out", "hihg", "--as", ana);
    expect(unknown.exitCode).toBe(3);
    expect(unknown.stderr).toContain("did you mean high?");
  });
});

describe("removing and extending requests", () => {
  test("removing the file of a request ends it with the next apply", async () => {
    const line = await repositoryWithGrant();
    await line.run(
      "request",
      "--name",
      "stays",
      "--for",
      ben,
      "--access",
      "orders-db/read",
      "--duration",
      "1h",
      "--reason",
      "x",
    );
    rmSync(line.path(`requests/${request}.yaml`));
    const ran = await line.run("apply", "--yes");
    expect(ran.stderr).toContain("ended");
    expect(await rows(line)).toEqual(
      expect.arrayContaining([expect.objectContaining({ request, phase: "ended", endReason: "request removed" })]),
    );
  });

  test("removing every file is held back until the number is confirmed", async () => {
    const line = await repositoryWithGrant();
    rmSync(line.path(`requests/${request}.yaml`));
    const held = await line.run("apply", "--yes");
    expect(held.exitCode).toBe(5);
    expect(await rows(line)).toMatchObject([{ phase: "active" }]);
    expect(await line.run("apply", "--yes", "--confirm-removals", "2")).toMatchObject({ exitCode: 5 });
    expect((await line.run("apply", "--yes", "--confirm-removals", "1")).exitCode).toBe(0);
    expect(await rows(line)).toMatchObject([{ phase: "ended" }]);
  });

  test("an extension is a request of its own, and changes the lease of its pair", async () => {
    const line = await repositoryWithGrant();
    const before = (await rows(line))[0]!.end ?? "";
    const wrote = await line.run("request", "--extend", request, "--duration", "3h", "--reason", "not done yet");
    expect(wrote.exitCode).toBe(0);
    const [, name = ""] = /requests\/(\S+)\.yaml/.exec(wrote.stdout) ?? [];
    expect(await line.run("approve", name, "--as", ben)).toMatchObject({ exitCode: 0 });
    expect(await line.run("apply", "--yes")).toMatchObject({ exitCode: 0 });
    const after = await rows(line);
    expect(after).toHaveLength(2);
    expect(after.every((row) => row.phase === "active")).toBe(true);
    expect((after.find((row) => row.request === name)?.end ?? "") > before).toBe(true);
    expect(await line.run("plan", "--detailed-exitcode")).toMatchObject({ exitCode: 0 });
  });

  test("an edit of a merged request that widens is refused; what was merged goes on", async () => {
    const line = await repositoryWithGrant();
    line.edit(`requests/${request}.yaml`, "duration: 1h", "duration: 3h");
    const ran = await line.run("apply", "--yes");
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain("E112");
    expect(await rows(line)).toMatchObject([{ phase: "active" }]);
  });
});

describe("rules that are not accepted", () => {
  test("while they differ from the policy in force, nothing widens, and endings go on", async () => {
    const line = await repositoryWithGrant();
    line.edit("access.ts", "max: Duration.hours(4)", "max: Duration.hours(6)");
    await line.run(
      "request",
      "--name",
      "second",
      "--for",
      ben,
      "--access",
      "orders-db/read",
      "--duration",
      "1h",
      "--reason",
      "x",
    );
    const ran = await line.run("apply", "--yes");
    expect(ran.exitCode).toBe(5);
    expect(ran.stderr + ran.stdout).toContain("leasehold policy accept");
    expect((await line.run("revoke", request)).exitCode).toBe(0);
    expect((await rows(line)).filter((row) => row.phase === "active")).toEqual([]);
  });
});
