import { writeSync } from "node:fs";
import { decidePull } from "../../lib/approval/pull/decide-pull";
import { compare, historyText, shrink } from "./reference/compare";
import { historyOf } from "./reference/histories";

/**
 * `LEASEHOLD_HISTORIES=100000` compares as many (bar 8 of QUALITY.md), `LEASEHOLD_HISTORIES_SEED` starts
 * elsewhere; the seed of one history is the first seed plus its number.
 */
const wanted = Number(process.env["LEASEHOLD_HISTORIES"] ?? 2000);
const firstSeed = Number(process.env["LEASEHOLD_HISTORIES_SEED"] ?? 1);
/** How many disagreements are made small, and how many are enough. */
const [mostShrunk, mostFound] = [2, 20];

describe(`${wanted} random histories of pull requests`, () => {
  const verdicts = new Map<string, number>();
  const kinds = new Map<string, number>();
  const count = (of: Map<string, number>, what: string): void => void of.set(what, (of.get(what) ?? 0) + 1);

  it(
    "are decided as the reference decides them",
    () => {
      const disagreements: string[] = [];
      let decisions = 0;
      for (let seed = firstSeed; seed < firstSeed + wanted && disagreements.length < mostFound; seed++) {
        const { history, kinds: of } = historyOf(seed);
        const compared = compare(history, decidePull);
        decisions += compared.decisions;
        count(verdicts, `${history.kind}: ${compared.verdict}`);
        for (const kind of of) count(kinds, kind);
        if (compared.differences.length === 0) continue;
        if (disagreements.length < mostShrunk) disagreements.push(disagreementText(seed, of));
        else disagreements.push(`seed ${seed}: ${compared.differences.join("; ")}`);
      }
      const end = `${decisions} decisions, ${disagreements.length} disagreements, seed ${firstSeed}`;
      say(`${table("verdicts", verdicts)}\n${table("kinds", kinds)}\nhistories: ${wanted}, ${end}`);
      expect(disagreements.join("\n\n")).toBe("");
    },
    60 * 60_000,
  );

  it("come to every verdict, for heads, merges and queues", () => {
    const expected = ["head", "merge", "queue"].flatMap((kind) =>
      ["approved", "nothing to approve", "waiting", "refused", "invalid"].map((verdict) => `${kind}: ${verdict}`),
    );
    expect(expected.filter((one) => (verdicts.get(one) ?? 0) < wanted / 500)).toEqual([]);
  });

  it("have every kind of attack", () => {
    expect(everyKind.filter((one) => (kinds.get(one) ?? 0) < Math.min(10, wanted / 400))).toEqual([]);
  });
});

const otherKinds = [
  "another committer",
  "branch updated",
  "budget used",
  "co-author",
  "force-push",
  "fork",
  "login taken over",
  "manifest garbage",
  "manifest missing",
  "not the default branch",
  "opted out",
  "pin missing",
  "rebase of several commits",
  "review of a deleted account",
  "review on an older commit",
  "reviewer may not push",
  "rules pushed, not accepted",
  "somebody else pushed",
  "undeclared team member",
  "unknown people",
  "unreadable team",
  "unverified commit",
  "update-merge smuggling",
];

const everyKind = [
  ...["head", "squash", "merge", "rebase", "queue", "direct"].map((one) => `ending: ${one}`),
  ...["widen", "narrow", "keep", "more", "edit", "drop edit", "undo", "update", "force"].map(
    (one) => `push after review: ${one}`,
  ),
  ...["narrow", "widen", "remove", "broken", "spent", "twice", "layout", "move", "nobody"].map(
    (one) => `request: ${one}`,
  ),
  ...["workflow", "config", "unrelated", "maximum", "approvers", "class"].map((one) => `policy edit: ${one}`),
  ...["add member", "weaker", "stronger", "login", "new rule", "safeguard"].map((one) => `policy edit: ${one}`),
  ...["unrelated", "maximum", "approvers", "stronger", "add member", "class", "safeguard", "other"].map(
    (one) => `base moved: ${one}`,
  ),
  ...["ask", "wider", "rules"].map((one) => `smuggled: ${one}`),
  ...["dismissed", "commented", "changes requested"].map((one) => `review ${one}`),
  ...["bot", "organization", "mannequin"].map((one) => `review by a ${one}`),
  ...["no policy", "no commit", "recovering", "frozen"].map((one) => `log: ${one}`),
  ...otherKinds,
];

function disagreementText(seed: number, kinds: readonly string[]): string {
  const small = shrink(historyOf(seed).history, decidePull);
  const { differences } = compare(small, decidePull);
  return [`seed ${seed} (${kinds.join(", ")})`, ...differences.map((one) => `  ${one}`), historyText(small)].join("\n");
}

function table(what: string, counts: ReadonlyMap<string, number>): string {
  const lines = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, times]) => `  ${times} ${name}`);
  return `${what}:\n${lines.join("\n")}`;
}

/** Jest's own console adds where it was called to every line. */
function say(text: string): void {
  if (wanted > 2000) writeSync(1, `${text}\n`);
}
