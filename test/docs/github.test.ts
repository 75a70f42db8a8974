/** docs/github.md and the workflows that it describes say the same. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { githubRepositoryFiles } from "../../lib/cli/templates/github";
import { workflowFiles } from "../../lib/cli/templates/workflows";
import { checkName } from "../../lib/github/names";
import { projectRoot } from "../support/folders";

const doc = readFileSync(join(projectRoot, "docs/github.md"), "utf8");
const workflows = Object.values(workflowFiles());

test("the App has every permission that a workflow asks for, at that level, and no other", () => {
  const asked = new Map<string, string>();
  for (const [, name = "", level = ""] of workflows.join("\n").matchAll(/permission-([a-z-]+): (read|write)/g)) {
    if (asked.get(name) !== "write") asked.set(name, level);
  }
  const table = doc.split("<!-- permissions -->")[1]?.split("\n\n")[1] ?? "";
  const said = table
    .split("\n")
    .slice(2)
    .map((row) => row.split("|").map((cell) => cell.trim()))
    .map(([, name = "", level = ""]): [string, string] => [
      name.replace(" (of the org)", "").replace(/ /g, "-"),
      level,
    ]);
  expect(new Map(said)).toEqual(asked);
});

test("every secret, environment, workflow and file with a place to fill in is named", () => {
  const all = workflows.join("\n");
  const names = [...all.matchAll(/secrets\.(\w+)|environment: (\S+)|^name: (\S+)/gm)].flatMap((match) =>
    match.slice(1),
  );
  const mustStand = names.filter((name) => name !== undefined && !name.startsWith("ORDERS_DB"));
  for (const name of [...mustStand, "LEASEHOLD_APP", "confirm-removals"]) expect(doc).toContain(name);
  const files = githubRepositoryFiles({ installation: "x", owner: "acme", schemas: {} });
  const withPlaces = Object.keys(files).filter((path) => files[path]?.includes("FILL IN") === true);
  expect(withPlaces.filter((path) => !path.includes("workflows/"))).toEqual(["leasehold.yaml", ".github/CODEOWNERS"]);
});

test("the check that has to be required is the one that is set", () => {
  expect(doc).toContain(`require the check \`${checkName}\``);
});

test("each workflow starts when the page says, and runs the commands that it says", () => {
  const started = (name: string): readonly string[] => {
    const text = workflowFiles()[`.github/workflows/leasehold-${name}.yml`] ?? "";
    return Object.keys((parse(text) as { readonly on: Readonly<Record<string, unknown>> }).on);
  };
  expect(started("check")).toEqual(["pull_request", "pull_request_review", "merge_group"]);
  expect(started("plan")).toEqual(["workflow_run", "issue_comment"]);
  expect(started("apply")).toEqual(["push", "schedule", "workflow_dispatch"]);
  expect(started("reconcile")).toEqual(["schedule", "workflow_dispatch"]);
  expect(started("tidy")).toEqual(["schedule", "workflow_dispatch"]);
});
