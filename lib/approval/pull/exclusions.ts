import type { Manifest } from "../../model/manifest";
import type { PersonId } from "../../model/names";
import type { GitHubAccount, PullFacts } from "../../model/snapshot";
import type { GovernedItem, WideningItem } from "../../model/widening";
import { expandGroup, manifestIndex, peopleOfRule } from "../../policy";
import type { Identities } from "./identities";
import type { PullDecision } from "./pull-decision";

/** Who can never approve a commit. */
export interface Exclusions {
  /** Everybody who made it, as the rules know them, or `github:<id>`; the author of the pull request first. */
  readonly makers: readonly PersonId[];
  readonly gainers: ReadonlySet<PersonId>;
  readonly told: PullDecision["cannotApprove"];
  /** Why a reviewer cannot count, in words that follow their login. */
  readonly why: (account: GitHubAccount) => string | undefined;
}

/** Nobody who made a commit or gains by it approves it, whichever account they use. */
export function exclusionsOf(input: {
  readonly pull: PullFacts | undefined;
  readonly identities: Identities;
  readonly gainers: ReadonlySet<PersonId>;
  readonly manifest: Manifest | undefined;
}): Exclusions {
  const { pull, identities, gainers, manifest } = input;
  const roles = rolesOf(pull);
  const byPerson = new Map<PersonId, string>();
  for (const { account, why } of roles) {
    for (const person of identities.everybody(account)) if (!byPerson.has(person)) byPerson.set(person, why);
  }
  const gains = gainWords(gainers, manifest);
  return {
    makers: [...new Set(roles.flatMap(({ account }) => makersBehind(identities.everybody(account))))],
    gainers,
    told: toldOf({ roles, gains, identities }),
    why: (account) => {
      const people = identities.everybody(account);
      return firstOf(people, gains) ?? firstOf(people, byPerson);
    },
  };
}

function firstOf(people: readonly PersonId[], words: ReadonlyMap<PersonId, string>): string | undefined {
  for (const person of people) {
    const why = words.get(person);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Everybody whom items give something: by a Grant, by a membership, by being made an approver or a User. */
export function gainersOf(
  items: readonly WideningItem[],
  rules: { readonly before: Manifest | undefined; readonly after: Manifest | undefined },
): ReadonlySet<PersonId> {
  return new Set(
    items.flatMap((item): readonly PersonId[] => {
      if (item.kind === "grant" || item.kind === "membership") return [item.person];
      return rules.after === undefined ? [] : gainersOfEdit(item, rules.before, rules.after);
    }),
  );
}

/** Whom an edit gives something: a User whose entry it changes, an approver whom it adds, whoever may ask under a rule that it adds or changes. */
function gainersOfEdit(item: GovernedItem, before: Manifest | undefined, after: Manifest): readonly PersonId[] {
  switch (item.kind) {
    case "user":
      return [item.name];
    case "approvers": {
      const already = new Set(before === undefined ? [] : expandGroup(before, item.name));
      return expandGroup(after, item.name).filter((person) => !already.has(person));
    }
    case "rule": {
      const rule = manifestIndex(after).rules.get(item.name);
      return rule === undefined ? [] : [...peopleOfRule(after, rule)];
    }
    default:
      return [];
  }
}

/** A maker as the rules know them; one whom they do not know by id. */
function makersBehind(people: readonly PersonId[]): readonly PersonId[] {
  const known = people.filter((person) => !person.startsWith("github:"));
  return known.length === 0 ? people : known;
}

interface Role {
  readonly account: GitHubAccount;
  readonly why: string;
}

function rolesOf(pull: PullFacts | undefined): readonly Role[] {
  if (pull === undefined) return [];
  const role = (account: GitHubAccount | undefined, why: string): readonly Role[] =>
    account === undefined ? [] : [{ account, why }];
  return [
    ...role(pull.author, "is the author"),
    ...pull.commits.flatMap((commit) => role(commit.author, "is an author of its commits")),
    ...pull.commits.flatMap((commit) => role(commit.committer, "is a committer")),
    ...pull.commits.flatMap((commit) => commit.coAuthors.flatMap((account) => role(account, "is a co-author"))),
  ];
}

/** Who answers for a machine gains by what the machine gets. */
function gainWords(gainers: ReadonlySet<PersonId>, manifest: Manifest | undefined): ReadonlyMap<PersonId, string> {
  const words = new Map<PersonId, string>();
  for (const person of gainers) words.set(person, "gains access");
  if (manifest === undefined) return words;
  const { serviceAccounts } = manifestIndex(manifest);
  for (const person of gainers) {
    const owner = serviceAccounts.get(person)?.owner;
    if (owner !== undefined && !words.has(owner)) words.set(owner, `answers for ${person}, which gains access`);
  }
  return words;
}

/** GitHub itself commits what is edited in the browser. */
const webFlow = "web-flow";

function toldOf(of: {
  readonly roles: readonly Role[];
  readonly gains: ReadonlyMap<PersonId, string>;
  readonly identities: Identities;
}): PullDecision["cannotApprove"] {
  const told: PullDecision["cannotApprove"][number][] = [];
  const seen = new Set<number | PersonId>();
  for (const [person, why] of of.gains) {
    seen.add(person);
    told.push({ person, why });
  }
  for (const { account, why } of of.roles) {
    if (seen.has(account.id) || account.login === webFlow) continue;
    seen.add(account.id);
    const identity = of.identities.identify(account);
    if (!("person" in identity)) told.push({ login: account.login, why });
    else if (!seen.has(identity.person)) told.push({ login: account.login, person: identity.person, why });
  }
  return told;
}
