import * as fc from "fast-check";
import { holderWords } from "../../lib/cli/holder";
import { systemFiles } from "../../lib/adapters/files";
import { repositoryWithGrant, request } from "./support/leasehold";

test("a command calls itself by host and process, in a workflow by its run as well", () => {
  const here = { host: "build-7", pid: 42 };
  expect(holderWords({ ...here, environment: {} })).toBe("leasehold on build-7, process 42");
  const run = { GITHUB_RUN_ID: "123456", GITHUB_REPOSITORY: "acme/access", GITHUB_RUN_ATTEMPT: "1" };
  expect(holderWords({ ...here, environment: run })).toBe(
    "leasehold on build-7, process 42, run 123456 of acme/access",
  );
  expect(holderWords({ ...here, environment: { ...run, GITHUB_RUN_ATTEMPT: "3" } })).toMatch(/access, attempt 3$/);
});

test("whatever the machine and the variables say, it is one short line of printable characters", () => {
  const word = fc.option(fc.string({ unit: "binary", maxLength: 500 }), { nil: undefined });
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), word, word, word, (host, run, attempt, repository) => {
      const environment = { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt, GITHUB_REPOSITORY: repository };
      expect(holderWords({ host, pid: 1, environment })).toMatch(/^[\x20-\x7e]{1,500}$/);
    }),
  );
});

test("the Log says who became its writer, and a command that has to wait says for whom", async () => {
  const line = await repositoryWithGrant();
  const workflow = { GITHUB_RUN_ID: "77", GITHUB_REPOSITORY: "acme/access" };
  expect(await line.with(workflow, "revoke", request)).toMatchObject({ exitCode: 0 });
  expect(await line.with(workflow, "reconcile")).toMatchObject({ exitCode: 0 });
  const shown = (await line.run("log", "show", "--type", "epoch.taken")).stdout;
  expect(shown).toMatch(/leasehold on \S+, process \d+ became the writer, epoch \d+/);
  expect(shown).toMatch(/leasehold on \S+, process \d+, run 77 of acme\/access became the writer/);
  // The epoch that was taken last is that of the run; somebody holds its lock again.
  const lock = await systemFiles().tryLock(line.path(".leasehold/log/lock"));
  expect(lock).toBeDefined();
  const refused = await line.run("approve", request, "--as", "ben@example.com");
  await lock?.release();
  expect(refused.stderr).toMatch(/E605[^]*process \d+, run 77 of acme\/access \(epoch \d+\) holds/);
});
