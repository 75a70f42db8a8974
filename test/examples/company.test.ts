import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { companyAsOf, copyCompany, shiftWindows } from "../../examples/tour/copy-company";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";
import { schemaProblems } from "../support/schemas";

const example = join(projectRoot, "examples/company");
const bin = join(projectRoot, "dist/lib/cli/main.js");
const folder = temporaryFolder();

function leasehold(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  return { status, stdout, stderr };
}

function copyOf(name: string): string {
  const copy = join(folder, name);
  cpSync(example, copy, { recursive: true, filter: (path) => !/\.leasehold$|leasehold\.out$/.test(path) });
  return copy;
}

const planAsJson = ["plan", "--as-of", companyAsOf, "--format", "json"];

interface PlanShape {
  readonly digest: string;
  readonly actions: readonly { readonly kind: string; readonly class?: string; readonly approval?: string }[];
  readonly waiting: readonly unknown[];
  readonly refusals: readonly unknown[];
  readonly approvals: readonly { readonly steps: readonly string[] }[];
}

test("it validates at the time it is written for, and says what is wrong at another", () => {
  expect(leasehold(example, "validate", "--as-of", companyAsOf)).toEqual({
    status: 0,
    stdout: "No problems. 30 requests checked.\n",
    stderr: "",
  });
  const later = leasehold(example, "validate", "--as-of", "2030-01-07T12:00:00Z");
  expect(later.status).toBe(3);
  expect(later.stdout).toMatch(/^requests\/backend\/orders-fix-4711\.yaml:\d+:16 error E105/m);
});

test("its size is what its pages say", () => {
  const copy = copyOf("sized");
  expect(leasehold(copy, "synth").stdout).toContain("15 rules");
  const manifest = JSON.parse(readFileSync(join(copy, "leasehold.out/manifest.json"), "utf8")) as {
    readonly users: readonly unknown[];
    readonly groups: readonly { readonly name: string }[];
    readonly resources: readonly { readonly kind: string; readonly class: string }[];
  };
  const { users, resources } = manifest;
  const groups = manifest.groups.filter((group) => group.name !== "everyone");
  expect([users.length, groups.length, resources.length]).toEqual([40, 12, 25]);
  const kinds = ["http", "kubernetes", "mongodb", "mysql", "postgresql", "ssh", "tcp"];
  expect([...new Set(resources.map((one) => one.kind))].toSorted()).toEqual(kinds);
  expect([...new Set(resources.map((one) => one.class))].toSorted()).toEqual(["critical", "high", "low", "medium"]);
});

test("its plan has requests of every phase: nobody to ask, one, two in order, two at once, and later", () => {
  const run = leasehold(copyOf("phases"), ...planAsJson);
  expect(run.status).toBe(0);
  const plan = JSON.parse(run.stdout) as PlanShape;
  expect(schemaProblems("plan.v1", plan)).toEqual([]);
  const starts = plan.actions.filter((action) => action.kind === "activate");
  expect({ starts: starts.length, waiting: plan.waiting.length, refused: plan.refusals.length }).toEqual({
    starts: 35,
    waiting: 3,
    refused: 0,
  });
  const steps = plan.approvals.map((one) => one.steps);
  expect(steps).toContainEqual(["1 of sre"]);
  expect(steps).toContainEqual(["1 of orders-leads", "1 of security, when longer than 1 h"]);
  expect(steps).toContainEqual(["2 of security"]);
  expect(plan.approvals.length).toBeLessThan(30);
});

test("the plan is byte for byte the same twice, and on a copy elsewhere", () => {
  const copy = copyOf("one");
  const first = leasehold(copy, ...planAsJson);
  const second = leasehold(copy, ...planAsJson);
  const elsewhere = leasehold(copyOf("two"), ...planAsJson);
  expect(first.status).toBe(0);
  expect(sha256(second.stdout)).toBe(sha256(first.stdout));
  expect(sha256(elsewhere.stdout)).toBe(sha256(first.stdout));
  expect((JSON.parse(first.stdout) as PlanShape).digest).toMatch(/^[0-9a-f]{64}$/);
}, 60_000);

test("a plan makes no Log, and the example itself stays as it is", () => {
  const copy = copyOf("untouched");
  expect(leasehold(copy, ...planAsJson).status).toBe(0);
  expect(existsSync(join(copy, ".leasehold/log"))).toBe(false);
});

test.each(["2026-11-22T06:00:00Z", "2027-03-28T01:30:00Z", "2036-02-29T23:59:00Z"])(
  "a copy whose windows are moved to %s validates there",
  (now) => {
    const to = join(folder, `moved-${now.slice(0, 10)}`);
    copyCompany({ from: example, to, now: new Date(now), orders: { host: "127.0.0.1", port: 54_321 } });
    expect(leasehold(to, "validate", "--as-of", now)).toMatchObject({
      status: 0,
      stdout: "No problems. 30 requests checked.\n",
    });
    expect(readFileSync(join(to, "resources.ts"), "utf8")).toContain('host: "127.0.0.1", port: 54321');
    expect(readdirSync(to)).not.toContain("access.test.ts");
  },
);

test("only the windows of a request move, each by the same time", () => {
  const text = readFileSync(join(example, "requests/payments/payments-month-end.yaml"), "utf8");
  const moved = shiftWindows(text, 3_600_000);
  expect(moved).toContain("startBefore: 2026-12-01T19:00:00Z\n  startAfter: 2026-12-01T07:00:00Z");
  expect(shiftWindows(moved, -3_600_000)).toBe(text);
  expect(shiftWindows(text, 0)).toBe(text);
});

test("a service account asks under a rule, and the plan says that this gateway cannot hold it", () => {
  const copy = copyOf("service");
  const text = readFileSync(join(copy, "requests/backend/orders-migration-212.yaml"), "utf8");
  rmSync(join(copy, "requests"), { recursive: true });
  writeTree(copy, {
    "requests/migration.yaml": text.replace("chiara.russo@harbourlight.example", "service:ci-migrations"),
  });
  expect(leasehold(copy, "validate", "--as-of", companyAsOf).status).toBe(0);
  const run = leasehold(copy, "plan", "--as-of", "2026-11-26T05:00:00Z");
  expect(run.status).toBe(5);
  expect(run.stdout).toContain("cannot hold a lease for the service account service:ci-migrations");
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
