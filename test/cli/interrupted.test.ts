import { newRepository, type CommandLine } from "./support/leasehold";

/** A repository with many requests that nobody has to approve. */
async function busyRepository(count: number): Promise<CommandLine> {
  const line = await newRepository();
  const groups = 'const engineers = new Group(company, "engineers", { members: [ana, ben';
  line.edit("access.ts", "import { AccessApp,", "import { Condition, AccessApp,");
  line.edit(
    "access.ts",
    groups,
    `const many = Array.from({ length: ${count} }, (_, n) => new User(company, \`u\${n}\`, { email: \`u\${n}@example.com\` }));\n${groups}, ...many`,
  );
  line.edit(
    "access.ts",
    "approval: Approval.of(1, ordersLeads)",
    "approval: Approval.automatic({ when: Condition.memberOf(engineers) })",
  );
  line.edit("requests/orders-first-look.yaml", "for: ana@example.com", "for: group:engineers");
  expect(await line.run("policy", "accept")).toMatchObject({ exitCode: 0 });
  return line;
}

test("Ctrl-C ends an apply after the calls in flight: 130, what was done is recorded, and the next run does the rest", async () => {
  const line = await busyRepository(400);
  const applying = line.start(["apply", "--yes"]);
  let seen = "";
  await new Promise<void>((resolve) => {
    applying.child.stderr?.on("data", (text: string) => {
      seen += text;
      if (/activated/.test(seen)) resolve();
    });
  });
  const stopped = await applying.stop();
  expect(stopped.exitCode).toBe(130);
  expect(stopped.stderr).toContain("E801");
  const active = async (): Promise<number> =>
    (JSON.parse((await line.run("status", "--format", "json")).stdout) as { rows: { phase: string }[] }).rows.filter(
      (row) => row.phase === "active",
    ).length;
  const before = await active();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(402);
  expect(await line.run("reconcile")).toMatchObject({ exitCode: 0 });
  expect(await active()).toBe(402);
  expect(await line.run("log", "verify")).toMatchObject({ exitCode: 0 });
});
