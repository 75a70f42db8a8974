/** What a commit widens: the items of DESIGN.md, "Widening", recomputed from trees. */
import { expand, members } from "./people";
import { changedPaths, governedOf, same } from "./world";
import type { Ask, History, Policy, Rule, Tree } from "./world";

/** What one person gains on one Connection. */
export interface Item {
  readonly ask: Ask;
  readonly person: string;
  readonly way: string;
  readonly hours: number;
  readonly rule: Rule;
  readonly safeguards: readonly string[];
}

/** What a commit widens. */
export interface Widening {
  readonly items: readonly Item[];
  /** Items of every other kind: included only where equal. */
  readonly others: readonly string[];
  /** Pairs that rules refuse, or that depend on the edit of the rules. */
  readonly refusals: readonly string[];
  /** Whoever gains by an edit of the rules. */
  readonly gaining: readonly string[];
}

/** What a commit widens against another, under the policy accepted for the other and its own Manifest, if it edits rules. */
export function wideningOf(
  h: History,
  { tree, before, policy }: { readonly tree: Tree; readonly before: Tree; readonly policy: Policy },
): Widening {
  const { added } = requestChange(h, tree, before);
  const old = added.map((ask) => judgeAsk(h, ask, policy));
  const oldItems = old.flatMap((one) => one.items);
  const named = old.flatMap((one) => one.members);
  if (!isGovernedEdit(tree, before)) {
    return { items: oldItems, others: named, refusals: old.flatMap((one) => one.refusals), gaining: [] };
  }
  const files = changedPaths(tree.governed, before.governed).map((path) => `file ${path} ${tree.governed[path]}`);
  const manifest = `manifest ${JSON.stringify(tree.claim)}`;
  const others = [`tree ${governedOf(tree)}`, ...files, ...(same(tree.claim, before.claim) ? [] : [manifest])];
  if (tree.claim === undefined || !("policy" in tree.claim)) return { items: [], others, refusals: [], gaining: [] };
  const claim = tree.claim.policy;
  const was = ruleItems(policy);
  const rules = [...ruleItems(claim)].filter(([item]) => !was.has(item));
  const fresh = added.map((ask) => judgeAsk(h, ask, claim));
  const newItems = fresh.flatMap((one) => one.items);
  const isBoth = (item: Item): boolean => newItems.some((one) => same(one, item));
  const depends = [...oldItems, ...newItems].filter(
    (item) => !isBoth(item) || !oldItems.some((one) => same(one, item)),
  );
  return {
    items: oldItems.filter(isBoth),
    others: [...others, ...named, ...rules.map(([item]) => item)],
    refusals: [
      ...[...old, ...fresh].flatMap((one) => one.refusals),
      ...depends.map((item) => `${nameOf(item)} depends on the edit`),
    ],
    gaining: rules.flatMap(([, people]) => people(policy)),
  };
}

/** What a commit does to request files: names that the Log never met, faults of edits, and whether a file is broken. */
export function requestChange(
  h: History,
  tree: Tree,
  before: Tree,
): { readonly added: readonly Ask[]; readonly faults: readonly string[]; readonly broken: boolean } {
  const changed = changedPaths(tree.requests, before.requests);
  const asks = (of: Tree, paths: readonly string[]): Ask[] =>
    paths.flatMap((path) => {
      const file = of.requests[path];
      return file !== undefined && "ask" in file ? [file.ask] : [];
    });
  const after = asks(tree, changed);
  const names = asks(tree, Object.keys(tree.requests)).map((ask) => ask.name);
  const broken =
    changed.some((path) => "broken" in (tree.requests[path] ?? {})) ||
    after.some((ask) => names.filter((name) => name === ask.name).length > 1);
  const faults: string[] = [];
  for (const ask of after) {
    const known = h.log.names[ask.name];
    if (known === undefined) continue;
    if (known.state !== "merged") faults.push(`${ask.name} is spent`);
    else if (same(known.ask, ask)) faults.push(`nothing is planned for ${ask.name}`);
    else if (!isNarrower(h, ask, known.ask)) faults.push(`${ask.name} is edited after its merge`);
  }
  return { added: after.filter((ask) => h.log.names[ask.name] === undefined), faults, broken };
}

/** Requests for nobody at all: a changed file without a row (THREATS.md, "nothing planned"). */
export function rowless(
  h: History,
  added: readonly Ask[],
  policy: Policy,
  claim: Policy | undefined,
): readonly string[] {
  const rules = claim === undefined ? [policy] : [policy, claim];
  const isEmpty = (ask: Ask): boolean =>
    rules.every((one) => {
      const { items, refusals } = judgeAsk(h, ask, one);
      return items.length === 0 && refusals.length === 0;
    });
  return added.filter(isEmpty).map((ask) => `nothing is planned for ${ask.name}`);
}

/** DESIGN.md, "Widening": B in A iff same name, person, Connection, rule, reason, ticket; no longer; window inside; safeguards no fewer. */
export function isIn(b: Item, a: Item): boolean {
  return (
    nameOf(b) === nameOf(a) &&
    same(b.rule, a.rule) &&
    b.ask.reason === a.ask.reason &&
    b.ask.ticket === a.ask.ticket &&
    b.hours <= a.hours &&
    b.ask.startBefore <= a.ask.startBefore &&
    (b.ask.startAfter ?? -Infinity) >= (a.ask.startAfter ?? -Infinity) &&
    a.safeguards.every((one) => b.safeguards.includes(one))
  );
}

/** A Grant in words. */
export const nameOf = (item: Item): string => `${item.ask.name} ${item.person} ${item.way}`;

/** Whether a tree has other governed files than another. */
export const isGovernedEdit = (tree: Tree, before: Tree): boolean => governedOf(tree) !== governedOf(before);

/** A merged request may only lose pairs, hours, and parts of its start window. */
function isNarrower(h: History, after: Ask, before: Ask): boolean {
  const policy = h.accepted.at(-1)?.policy;
  if (policy === undefined) return false;
  const [now, was] = [judgeAsk(h, after, policy, true), judgeAsk(h, before, policy, true)];
  const keeps = after.reason === before.reason && after.ticket === before.ticket && after.rule === before.rule;
  return keeps && now.refusals.length === 0 && now.items.every((item) => was.items.some((one) => isIn(item, one)));
}

/** Everything that a policy says, one item each, with whoever gains where the item is new. */
function ruleItems(p: Policy): Map<string, (old: Policy) => readonly string[]> {
  const items = new Map<string, (old: Policy) => readonly string[]>();
  const add = (value: unknown, gains: (old: Policy) => readonly string[] = () => []): void =>
    void items.set(JSON.stringify(value), gains);
  const groupsOf = (refs: readonly string[]): string[] =>
    refs.filter((ref) => ref.startsWith("group:")).map((ref) => ref.slice(6));
  const makesEligible = p.rules.flatMap((one) => [
    ...groupsOf(one.who),
    ...(one.automatic ? [one.automatic.memberOf] : []),
  ]);
  const approving = [...p.policyApproval, ...p.rules.flatMap((one) => one.steps)].flatMap((step) =>
    step.from === "manager" ? [] : step.from,
  );
  for (const rule of p.rules) add(["rule", rule], () => rule.who.flatMap((ref) => expand(p, ref)));
  for (const group of makesEligible) {
    for (const person of members(p, group)) add(["membership", group, person], () => [person]);
  }
  for (const group of approving) {
    const declared = p.groups.find((one) => one.name === group);
    add(["approvers", group, members(p, group), declared], (old) =>
      members(p, group).filter((person) => !members(old, group).includes(person)),
    );
  }
  for (const user of p.users) add(["user", user], () => [user.email]);
  for (const one of [...p.services, ...p.ways]) add(one);
  add(["config", p.policyApproval, p.rules.map((rule) => rule.name)]);
  add(["limits", p.maxHours, p.startWithinHours, p.approvalValidHours]);
  return items;
}

/** The pairs of a request under a policy: what each gains, or why it is refused. `isOld` requests meet no strict bounds. */
function judgeAsk(
  h: History,
  ask: Ask,
  p: Policy,
  isOld = false,
): { readonly items: readonly Item[]; readonly refusals: readonly string[]; readonly members: readonly string[] } {
  const items: Item[] = [];
  const refusals: string[] = [];
  const people = new Set<string>();
  const named: string[] = [];
  if (!isOld && ask.startBefore > h.asOf + p.startWithinHours)
    return { items, refusals: ["too far ahead"], members: [] };
  for (const ref of ask.for) {
    const group = p.groups.find((one) => `group:${one.name}` === ref);
    if (ref.startsWith("group:") && (group === undefined || group.team !== undefined))
      refusals.push(`${ref} can't ask`);
    else if (group !== undefined) named.push(...members(p, group.name).map((one) => `member ${group.name} ${one}`));
    for (const person of expand(p, ref)) people.add(person);
    if (!ref.startsWith("group:") && expand(p, ref).length === 0) refusals.push(`${ref} is unknown`);
  }
  for (const person of people) {
    for (const id of ask.access) {
      const way = p.ways.find((one) => one.id === id);
      const isFor = (rule: Rule): boolean =>
        rule.may.includes(id) && rule.who.some((ref) => expand(p, ref).includes(person));
      const rule = p.rules.find((one) => (ask.rule === undefined || one.name === ask.rule) && isFor(one));
      const hours = ask.hours ?? Math.min(rule?.defaultHours ?? 0, p.maxHours);
      if (way === undefined || rule === undefined) refusals.push(`no rule for ${person} on ${id}`);
      else if (hours > Math.min(rule.maxHours, p.maxHours)) refusals.push(`${person} on ${id} is too long`);
      else if (rule.ticket && ask.ticket === undefined) refusals.push(`${id} wants a ticket`);
      else items.push({ ask, person, way: id, hours, rule, safeguards: way.safeguards });
    }
  }
  return { items, refusals, members: named };
}
