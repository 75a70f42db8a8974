/** What the list of mutants has to take out at least: a defence of each row about pull requests, and at each call site. */
import { callSites } from "../../lib/github";
import { projectRoot } from "../support/folders";

/** The rows of the threat model that concern pull requests, word for word. */
const rows = [
  "self-approval by proxy",
  "the beneficiary approves",
  "policy edited in the same PR",
  "policy edited around the rules",
  "policy pushed straight to main",
  "stale approval",
  "approval to apply gap",
  "fork PR / running PR code",
  "artefact poisoning",
  "Markdown injection",
  "truncation hides the danger",
  "forged anchor",
  "forged commit identity",
  "renamed login",
  "update-merge smuggling",
  "merge queue, squash, rebase",
  "admin override, direct push",
  "YAML tricks",
  "nothing planned, success reported",
  "mass removal by accident",
  "resurrection",
  "hostile Manifest",
  "over-broad CI credential",
  "secret leak",
  "log tampering",
  "hostile identifiers",
];

describe("the list of mutants", () => {
  let defended: ReadonlySet<string>;

  beforeAll(async () => {
    const { readMutants } = await import("../../scripts/mutants.mjs");
    const mutants: readonly { readonly defends: string }[] = readMutants(projectRoot);
    // `row`, or `row: what of it`.
    defended = new Set(
      mutants.flatMap(({ defends }) => [defends, ...rows.filter((row) => defends.startsWith(`${row}: `))]),
    );
  });

  it.each(rows)("takes a defence of the row `%s` out", (row) => {
    expect([...defended]).toContain(row);
  });

  it.each(Object.keys(callSites))("takes one out where GitHub is called for `%s`", (site) => {
    expect([...defended]).toContain(`call site: ${site}`);
  });
});
