import type { DesiredGrant } from "../../model/desired";
import type { Manifest } from "../../model/manifest";
import type { Snapshot } from "../../model/snapshot";
import { countWords, grantItem, isItemIncluded, someWords } from "../../policy";
import { desire } from "./commit-gain";
import type { RequestsJudged } from "./judge-requests";
import type { Narrowing } from "./pull-decision";

/** What takes access away with a commit: removed and narrowed requests, and what an edit of the rules no longer lets be. */
export function narrowingsOf(
  { removed, narrowed, kept, files }: RequestsJudged,
  of: {
    readonly snapshot: Snapshot;
    readonly manifest: Manifest | undefined;
    readonly brought: Manifest | undefined;
  },
): readonly Narrowing[] {
  const { snapshot, manifest, brought } = of;
  const accepted = manifest === undefined ? [] : desire(snapshot, manifest, snapshot.log.merged).grants;
  const byRequest = groupByRequest(accepted);
  const gone = removed.map(({ name }): Narrowing => {
    const grants = byRequest.get(name) ?? [];
    return {
      request: name,
      kind: "removed",
      grants: grants.length,
      sentence: `Request ${name} is removed: ${endWords(grants)}.`,
    };
  });
  const unknown = files.flatMap(({ outcome, request }): readonly Narrowing[] => {
    if (outcome !== "removed" || request === undefined || removed.some(({ name }) => name === request)) return [];
    return [{ request, kind: "removed", grants: 0, sentence: `Request ${request} is removed: nothing comes of it.` }];
  });
  const after = manifest === undefined ? [] : desire(snapshot, manifest, kept).grants;
  const items = after.map(grantItem);
  const narrower = narrowed.map(({ before: { name } }): Narrowing => {
    const grants = (byRequest.get(name) ?? []).filter((grant) => isLess(grant, after, items));
    return {
      request: name,
      kind: "narrowed",
      grants: grants.length,
      sentence: `Request ${name} is narrowed: ${changeWords(grants)}.`,
    };
  });
  return [
    ...gone,
    ...unknown,
    ...narrower,
    ...(brought === undefined ? [] : lostByEdit(after, desire(snapshot, brought, kept).grants)),
  ];
}

/** Whether a Grant ends or gets less: nothing of the later state includes it. */
function isLess(
  grant: DesiredGrant,
  after: readonly DesiredGrant[],
  items: readonly ReturnType<typeof grantItem>[],
): boolean {
  return !after.some((one) => one.id === grant.id) || !isItemIncluded(grantItem(grant), items);
}

function lostByEdit(before: readonly DesiredGrant[], after: readonly DesiredGrant[]): readonly Narrowing[] {
  const there = new Set(after.map(({ id }) => id));
  return [...groupByRequest(before.filter(({ id }) => !there.has(id)))].map(([request, grants]) => ({
    request,
    kind: "narrowed",
    grants: grants.length,
    sentence: `The new rules no longer let request ${request} be: ${endWords(grants)}.`,
  }));
}

function endWords(grants: readonly DesiredGrant[]): string {
  return grants.length === 0
    ? "nothing ends"
    : `${countWords(grants.length, "grant")} ${grants.length === 1 ? "ends" : "end"} (${names(grants)})`;
}

function changeWords(grants: readonly DesiredGrant[]): string {
  if (grants.length === 0) return "no grant changes";
  return `${countWords(grants.length, "grant")} ${grants.length === 1 ? "ends or gets" : "end or get"} less (${names(grants)})`;
}

function names(grants: readonly DesiredGrant[]): string {
  return someWords(
    grants.map(({ person, connection }) => `${person} on ${connection}`),
    5,
  );
}

function groupByRequest(grants: readonly DesiredGrant[]): ReadonlyMap<string, readonly DesiredGrant[]> {
  const groups = new Map<string, DesiredGrant[]>();
  for (const grant of grants) {
    const there = groups.get(grant.request);
    if (there === undefined) groups.set(grant.request, [grant]);
    else there.push(grant);
  }
  return groups;
}
