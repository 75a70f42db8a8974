import { execFileSync } from "node:child_process";
import { join } from "node:path";
import * as leasehold from "leasehold";
import { projectRoot } from "./support/folders";

test("leasehold exports what a rules program needs, and nothing by accident", () => {
  expect(Object.keys(leasehold).toSorted()).toEqual([
    "AccessApp",
    "AccessRequest",
    "AccessRule",
    "AccessStack",
    "Approval",
    "ApprovalRule",
    "ApprovalStep",
    "Approvers",
    "AutomaticApproval",
    "Condition",
    "Connection",
    "Duration",
    "Group",
    "Guardrail",
    "LeaseholdError",
    "MaskingRule",
    "PostgresqlLevel",
    "Resource",
    "Secret",
    "ServiceAccount",
    "StepwiseApproval",
    "User",
    "Window",
    "catalogue",
    "everyone",
    "synthesize",
  ]);
});

test("importing leasehold loads constructs and nothing else from outside", () => {
  const script = `require(${JSON.stringify(join(projectRoot, "dist/lib/index.js"))});
    const packages = Object.keys(require.cache).map((file) => /.*node_modules.((?:@[^/]+.)?[^/\\\\]+)/.exec(file)?.[1]);
    console.log(JSON.stringify([...new Set(packages.filter(Boolean))]));`;
  expect(JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }))).toEqual(["constructs"]);
});
