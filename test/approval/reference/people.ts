/** Who is who: groups, accounts, pins and approvers, as THREATS.md says. */
import type { Account, History, Policy, Step } from "./world";

/** Who an account counts as: the User pinned to its id, else a member of a team Group; never by a login alone. */
export function whoIs(h: History, p: Policy, account: Account | undefined): string | undefined {
  if (account?.kind !== "user") return undefined;
  const pin = pinsOf(h, p).find((one) => one.id === account.id);
  if (pin !== undefined) return pin.person;
  if (p.users.some((user) => user.login?.toLowerCase() === account.login.toLowerCase())) return undefined;
  const isInTeam = p.groups.some(
    (one) => one.team !== undefined && h.teams[one.team]?.some((m) => m.id === account.id),
  );
  return isInTeam ? `github:${account.id}` : undefined;
}

/** Everybody whom an account may be, for keeping it out. */
export function namesOf(h: History, p: Policy, account: Account | undefined): readonly string[] {
  if (account === undefined) return [];
  const pinned = pinsOf(h, p).filter((one) => one.id === account.id);
  const named = p.users.filter((user) => user.login?.toLowerCase() === account.login.toLowerCase());
  return [`github:${account.id}`, ...pinned.map((one) => one.person), ...named.map((user) => user.email)];
}

/** A pin holds as long as person and login stay the same. */
export function pinsOf(h: History, p: Policy): History["pins"] {
  return h.pins.filter((pin) => p.users.some((user) => user.email === pin.person && user.login === pin.login));
}

/** Who may fill a place of a step; `isUnreadable` where a team of it is not known. */
export function approversOf(
  h: History,
  p: Policy,
  step: Step,
  beneficiary: string | undefined,
): { readonly people: readonly string[]; readonly isUnreadable: boolean } {
  if (step.from === "manager") {
    const email = p.services.find((one) => `service:${one.name}` === beneficiary)?.owner ?? beneficiary;
    const manager = p.users.find((one) => one.email === email)?.manager;
    return { people: manager === undefined ? [] : [manager], isUnreadable: false };
  }
  const groups = step.from.flatMap((name) => nested(p, name));
  const teams = p.groups.flatMap((one) => (groups.includes(one.name) && one.team !== undefined ? [one.team] : []));
  const onTeams = teams.flatMap((team) => (h.teams[team] ?? []).flatMap((account) => whoIs(h, p, account) ?? []));
  return {
    people: [...step.from.flatMap((name) => members(p, name)), ...onTeams],
    isUnreadable: teams.some((team) => (h.teams[team] ?? null) === null),
  };
}

/** The people whom a Principal means. */
export function expand(p: Policy, ref: string): readonly string[] {
  if (ref.startsWith("group:")) return members(p, ref.slice(6));
  return p.users.some((one) => one.email === ref) || p.services.some((one) => `service:${one.name}` === ref)
    ? [ref]
    : [];
}

/** The declared people of a Group and of those nested in it; a team's are read elsewhere. */
export function members(p: Policy, group: string): readonly string[] {
  const names = nested(p, group);
  const people = p.groups
    .filter((one) => names.includes(one.name) && one.team === undefined)
    .flatMap((one) => one.members);
  return [...new Set(people)].filter((person) => expand(p, person).length > 0).sort();
}

function nested(p: Policy, group: string): readonly string[] {
  const seen = new Set([group]);
  for (const name of seen) for (const one of p.groups.find((g) => g.name === name)?.groups ?? []) seen.add(one);
  return [...seen];
}
