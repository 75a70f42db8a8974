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

/** An item, and what it is under each of the policies that have to be satisfied: the old one, and the new one of an edit. */
export interface AskedItem extends Item {
  readonly under: readonly Item[];
  /** An edit gives it, or more of it, to a merged request. */
  readonly isByEdit?: boolean;
  /** An edit gives it to a merged request: never by a condition, since nothing of it is in force yet. */
  readonly isMadeByEdit?: boolean;
  /** The rule that gives it is new: only the new rules can say who approves. */
  readonly isByNewRule?: boolean;
}

/** What a commit widens. */
export interface Widening {
  readonly items: readonly AskedItem[];
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
  {
    tree,
    before,
    policy,
    isShownMerged,
  }: { readonly tree: Tree; readonly before: Tree; readonly policy: Policy; readonly isShownMerged: boolean },
): Widening {
  const { added, kept } = requestChange(h, tree, before);
  const old = added.map((ask) => judgeAsk(h, ask, policy));
  const oldItems = old.flatMap((one) => one.items);
  const was = ruleItems(policy);
  if (!isGovernedEdit(tree, before)) {
    const items = oldItems.map((item) => ({ ...item, under: [item] }));
    return {
      items,
      others: newMembers(policy, oldItems, was),
      refusals: old.flatMap((one) => one.refusals),
      gaining: [],
    };
  }
  const files = changedPaths(tree.governed, before.governed).map((path) => `file ${path} ${tree.governed[path]}`);
  const manifest = `manifest ${JSON.stringify(tree.claim)}`;
  const others = [`tree ${governedOf(tree)}`, ...files, ...(same(tree.claim, before.claim) ? [] : [manifest])];
  if (tree.claim === undefined || !("policy" in tree.claim)) {
    const items = oldItems.map((item) => ({ ...item, under: [item] }));
    return { items, others: [...others, ...newMembers(policy, oldItems, was)], refusals: [], gaining: [] };
  }
  const claim = tree.claim.policy;
  const rules = [...ruleItems(claim)].filter(([item]) => !was.has(item));
  const fresh = added.map((ask) => judgeAsk(h, ask, claim));
  const newItems = fresh.flatMap((one) => one.items);
  const isBoth = (item: Item): boolean =>
    newItems.some((one) => same(one, item)) && oldItems.some((one) => same(one, item));
  const depends = [...oldItems, ...newItems].filter((item) => !isBoth(item));
  // Of merged requests what the edit gives more than the old rules did is asked again, under both, and who joins a group
  // is asked for the first time. What has started stands and what has ended stays ended. It was on the table of a review
  // only where the same requests were merged.
  const again = (isShownMerged ? kept : []).flatMap(({ ask, merged }) => {
    const accepted = judgeAsk(h, merged, policy, true).items;
    const today = judgeAsk(h, ask, policy, true).items;
    const more = judgeAsk(h, ask, claim, true).items.filter((item) => !accepted.some((one) => isIn(item, one)));
    const pending = more.filter((item) => !hasStarted(h, item));
    return pending.map((item): AskedItem => {
      const instead = today.find((one) => nameOf(one) === nameOf(item));
      if (instead !== undefined) return { ...item, under: [instead, item], isByEdit: true };
      const isByNewRule = !policy.rules.some((rule) => same(rule, item.rule));
      return { ...item, under: [item, item], isByEdit: true, isMadeByEdit: true, isByNewRule };
    });
  });
  return {
    items: [...oldItems.filter(isBoth).map((item) => ({ ...item, under: [item, item] })), ...again],
    others: [...others, ...newMembers(claim, newItems.filter(isBoth), was), ...rules.map(([item]) => item)],
    refusals: [
      ...[...old, ...fresh].flatMap((one) => one.refusals),
      ...depends.map((item) => `${nameOf(item)} depends on the edit`),
    ],
    gaining: rules.flatMap(([, people]) => people(policy)),
  };
}

/** Whether a Grant of a merged request is, or was, active. */
function hasStarted(h: History, item: Item): boolean {
  const known = h.log.names[item.ask.name];
  const policy = h.accepted.at(-1)?.policy;
  if (known?.grants === undefined || policy === undefined) return false;
  return pairsOf(h, known.ask, policy).some((one) => one.person === item.person && one.way === item.way);
}

/** Request files of a commit, in what they do to names. */
export interface RequestChange {
  /** Requests whose names the Log never met. */
  readonly added: readonly Ask[];
  /** Merged requests that stay, as they will be and as they were merged. */
  readonly kept: readonly { readonly ask: Ask; readonly merged: Ask }[];
  readonly faults: readonly string[];
  /** New requests that come to nothing at all (THREATS.md, "nothing planned"). */
  readonly rowless: readonly string[];
  readonly broken: boolean;
}

/** What a commit does to request files. */
export function requestChange(h: History, tree: Tree, before: Tree): RequestChange {
  const changed = changedPaths(tree.requests, before.requests);
  const asks = (of: Tree, paths: readonly string[]): Ask[] =>
    paths.flatMap((path) => {
      const file = of.requests[path];
      return file !== undefined && "ask" in file ? [file.ask] : [];
    });
  const after = asks(tree, changed);
  const isMerged = (name: string): boolean => h.log.names[name]?.state === "merged";
  const names = asks(tree, Object.keys(tree.requests)).map((ask) => ask.name);
  // Two files of one name: both changed here, or the other one on the base branch. (A name that is spent is a fault of its own.)
  const broken =
    changed.some((path) => "broken" in (tree.requests[path] ?? {})) ||
    after.some((ask) => after.filter((one) => one.name === ask.name).length > 1) ||
    after.some((ask) => isMerged(ask.name) && !asks(before, changed).some((one) => one.name === ask.name));
  const removed = asks(before, changed).filter((ask) => !names.includes(ask.name));
  const faults: string[] = [];
  const kept = new Map<string, { ask: Ask; merged: Ask }>();
  for (const [name, { ask, state }] of Object.entries(h.log.names)) {
    if (state === "merged" && !removed.some((one) => one.name === name)) kept.set(name, { ask, merged: ask });
  }
  for (const ask of after) {
    const known = h.log.names[ask.name];
    // A path is no identity, and two files that mean the same are the same.
    if (known === undefined || asks(before, changed).some((one) => same(one, ask))) continue;
    if (known.state !== "merged") faults.push(`${ask.name} is spent`);
    else if (same(known.ask, ask)) continue;
    else if (isNarrower(h, ask, known.ask)) kept.set(ask.name, { ask, merged: known.ask });
    else faults.push(`${ask.name} is edited after its merge`);
  }
  const added = after.filter((ask) => h.log.names[ask.name] === undefined);
  const policies = [
    h.accepted.at(-1)?.policy,
    "policy" in (tree.claim ?? {}) ? (tree.claim as { policy: Policy }).policy : undefined,
  ];
  return { added, kept: [...kept.values()], faults, rowless: forNobody(h, added, policies), broken };
}

/** Requests that neither the rules in force nor those of the commit make anything of. */
function forNobody(h: History, added: readonly Ask[], policies: readonly (Policy | undefined)[]): readonly string[] {
  const isEmpty = (ask: Ask): boolean =>
    policies.every((one) => {
      const judged = one === undefined ? undefined : judgeAsk(h, ask, one);
      return judged === undefined || (judged.items.length === 0 && judged.refusals.length === 0);
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
  const people = (ask: Ask): string[] => ask.for.flatMap((ref) => [ref, ...expand(policy, ref)]);
  return (
    // A group that was not named is more than its members of today.
    after.for.every((ref) => people(before).includes(ref)) &&
    after.access.every((way) => before.access.includes(way)) &&
    after.startBefore <= before.startBefore &&
    (after.startAfter ?? -Infinity) >= (before.startAfter ?? -Infinity) &&
    !isLonger(policy, after, before) &&
    same([after.reason, after.ticket, after.rule], [before.reason, before.ticket, before.rule])
  );
}

/** Where one of both leaves it to the rule how long: longer, unless each pair has a rule that says otherwise. */
function isLonger(p: Policy, after: Ask, before: Ask): boolean {
  if (after.hours === before.hours) return false;
  if (after.hours !== undefined && before.hours !== undefined) return after.hours > before.hours;
  const pairs = after.for
    .flatMap((ref) => expand(p, ref))
    .flatMap((person) => after.access.map((way) => ({ person, way })));
  const rules = pairs.map(({ person, way }) => ruleOf(p, { person, way, named: after.rule }));
  return (
    rules.length === 0 ||
    rules.some((one) => one === undefined || (after.hours ?? one.defaultHours) > (before.hours ?? one.defaultHours))
  );
}

/** The first rule that lets this person ask for this Connection, or the one that is named. */
function ruleOf(
  p: Policy,
  { person, way, named }: { readonly person: string; readonly way: string; readonly named: string | undefined },
): Rule | undefined {
  return p.rules.find(
    (rule) =>
      (named === undefined || rule.name === named) &&
      rule.may.includes(way) &&
      rule.who.some((ref) => expand(p, ref).includes(person)),
  );
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
  for (const one of p.services) add(["service", one]);
  for (const { id, class: level, safeguards } of p.ways) {
    add(["connection", id, safeguards]);
    add(["resource", id.split("/")[0], level]);
  }
  add(["policy approval", p.policyApproval]);
  add(["order of rules", p.rules.map((rule) => rule.name)]);
  add(["limits", p.maxHours, p.startWithinHours, p.approvalValidHours]);
  return items;
}

/** The pairs that a merged request has under a policy, each with its rule. */
export function pairsOf(
  h: History,
  ask: Ask,
  policy: Policy,
): readonly { readonly person: string; readonly way: string; readonly rule: string }[] {
  const { items } = judgeAsk(h, ask, policy, true);
  return items.map(({ person, way, rule }) => ({ person, way, rule: rule.name }));
}

/** What a request comes to under a policy. */
interface Judged {
  readonly items: readonly Item[];
  readonly refusals: readonly string[];
}

/** Of each group that somebody gains through, every member is an item, where the accepted rules do not hold it yet. */
function newMembers(p: Policy, items: readonly Item[], accepted: ReadonlyMap<string, unknown>): readonly string[] {
  const groups = items.flatMap(({ ask, person }) =>
    ask.for.includes(person) ? [] : ask.for.filter((ref) => expand(p, ref).includes(person)).slice(0, 1),
  );
  const named = groups.flatMap((ref) => expand(p, ref).map((one) => JSON.stringify(["membership", ref.slice(6), one])));
  return [...new Set(named)].filter((item) => !accepted.has(item));
}

/** The pairs of a request under a policy: what each gains, or why it is refused. `isOld` requests meet no strict bounds. */
function judgeAsk(h: History, ask: Ask, p: Policy, isOld = false): Judged {
  const items: Item[] = [];
  const refusals: string[] = [];
  const people = new Set<string>();
  if (!isOld && ask.startBefore > h.asOf + p.startWithinHours) return { items, refusals: ["too far ahead"] };
  for (const ref of ask.for) {
    const group = p.groups.find((one) => `group:${one.name}` === ref);
    if (ref.startsWith("group:") && (group === undefined || group.team !== undefined))
      refusals.push(`${ref} can't ask`);
    for (const person of expand(p, ref)) people.add(person);
    if (!ref.startsWith("group:") && expand(p, ref).length === 0) refusals.push(`${ref} is unknown`);
  }
  for (const person of people) {
    for (const id of ask.access) {
      const way = p.ways.find((one) => one.id === id);
      const rule = ruleOf(p, { person, way: id, named: ask.rule });
      const hours = ask.hours ?? Math.min(rule?.defaultHours ?? 0, p.maxHours);
      if (way === undefined || rule === undefined) refusals.push(`no rule for ${person} on ${id}`);
      else if (hours > Math.min(rule.maxHours, p.maxHours)) refusals.push(`${person} on ${id} is too long`);
      else if (rule.ticket && ask.ticket === undefined) refusals.push(`${id} wants a ticket`);
      else items.push({ ask, person, way: id, hours, rule, safeguards: way.safeguards });
    }
  }
  return { items, refusals };
}
