import { cpSync, rmSync } from "node:fs";
import { ana, newRepository, request, type CommandLine } from "./support/leasehold";

/** A repository whose rule needs nobody, with ana's grant active: what could come back by itself would. */
async function automaticGrant(): Promise<CommandLine> {
  const line = await newRepository();
  line.edit(
    "access.ts",
    "approval: Approval.of(1, ordersLeads)",
    "approval: Approval.automatic({ when: Condition.memberOf(engineers) })",
  );
  line.edit("access.ts", "import { AccessApp,", "import { Condition, AccessApp,");
  expect(await line.run("policy", "accept")).toMatchObject({ exitCode: 0 });
  const applied = await line.run("apply", "--yes");
  expect(applied.stderr).toContain(`${ana} on orders-db/read activated`);
  return line;
}

async function expectNoAccess(line: CommandLine): Promise<void> {
  const token = (await line.run("gateway", "token", ana)).stdout.trim();
  const ran = await line.with({ LEASEHOLD_TOKEN: token }, "connect", "orders-db/read", "--", "true");
  expect(ran.exitCode).toBe(5);
  expect(ran.stderr).toContain("E507");
}

describe("what ended stays ended, with a rule that asks nobody and a start window that is open (show 7)", () => {
  test("when the Log is deleted after a giving back", async () => {
    const line = await automaticGrant();
    expect(await line.run("revoke", request)).toMatchObject({ exitCode: 0 });
    rmSync(line.path(".leasehold/log"), { recursive: true });
    expect((await line.run("policy", "accept")).exitCode).toBe(0);
    const applied = await line.run("apply", "--yes");
    expect(applied.exitCode).toBe(9);
    await expectNoAccess(line);
    expect((await line.run("plan")).exitCode).toBe(9);
    expect((await line.run("reconcile")).exitCode).toBe(9);
    const rebuilt = await line.run("log", "rebuild");
    expect(rebuilt.exitCode).toBe(0);
    expect(rebuilt.stdout).toContain(`${request} is spent`);
    expect((await line.run("apply", "--yes")).stderr).not.toContain("activated");
    await expectNoAccess(line);
  });

  test("when a copy of the Log from before the giving back is put in its place", async () => {
    const line = await automaticGrant();
    cpSync(line.path(".leasehold/log"), line.path("copy"), { recursive: true });
    expect(await line.run("revoke", request)).toMatchObject({ exitCode: 0 });
    rmSync(line.path(".leasehold/log"), { recursive: true });
    cpSync(line.path("copy"), line.path(".leasehold/log"), { recursive: true });
    expect((await line.run("apply", "--yes")).stderr).not.toContain("activated");
    expect((await line.run("reconcile")).stderr).not.toContain("activated");
    await expectNoAccess(line);
  });

  test("when somebody ended it directly at the gateway", async () => {
    const line = await automaticGrant();
    const gateway = line.start(["gateway"]);
    const [, url = ""] = await gateway.line(/Gateway at (\S+);/);
    const { admin } = JSON.parse(line.read(".leasehold/gateway/keys.json")) as { admin: string };
    const headers = { authorization: `Bearer ${admin}`, "content-type": "application/json" };
    const reviews = (await (await fetch(`${url}/api/reviews`, { headers })).json()) as { id: string; status: string }[];
    const [review] = reviews.filter((one) => one.status === "APPROVED");
    const put = await fetch(`${url}/api/reviews/${review!.id}`, {
      method: "PUT",
      headers,
      body: '{"status":"REVOKED"}',
    });
    expect(put.status).toBe(200);
    expect((await line.run("apply", "--yes")).stderr).not.toContain("activated");
    expect((await line.run("reconcile")).exitCode).toBe(0);
    await expectNoAccess(line);
    expect((await line.run("log", "show", "--type", "ending.done")).stdout).toContain("ended at the gateway");
    await gateway.stop();
  });
});
