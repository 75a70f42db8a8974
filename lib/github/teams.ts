import type { Approvers, ApprovalStep } from "../model/rule";
import { failure } from "../errors";
import { limits } from "../model/limits";
import type { Manifest } from "../model/manifest";
import type { GitHubAccount, TeamMembers } from "../model/snapshot";
import type { Foreign } from "./foreign";
import type { GitHub, QueryAnswer } from "./open-github";
import { allNodes, pageFields } from "./pages";
import { accountOf, userFields } from "./people";

/** The part of a query that asks for teams. */
export interface TeamQuery {
  /** `org/slug` of each, in order. */
  readonly teams: readonly string[];
  /** Names that no team can have. */
  readonly unsound: readonly string[];
  readonly fields: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Keys of the parts, which the token may not be allowed to read. */
  readonly keys: readonly string[];
}

/** The teams behind the Groups that approve or may end something under a policy, `org/slug`, sorted. */
export function approverTeams(manifest: Manifest): readonly string[] {
  const groups = new Map(manifest.groups.map((group) => [group.name, group]));
  const open = [...new Set(groupsThatApprove(manifest))];
  const seen = new Set<string>();
  const teams = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const group = groups.get(name);
    if (group === undefined || seen.has(name)) continue;
    seen.add(name);
    open.push(...group.groups);
    if (group.githubTeam !== undefined) teams.add(group.githubTeam);
  }
  return [...teams].sort();
}

/** The teams that a Manifest of anybody's names, taken out of its text without believing anything of it. */
export function claimedTeams(text: string): readonly string[] {
  const groups = tryParseGroups(text);
  const named = groups.flatMap((group) => {
    const team: unknown = typeof group === "object" && group !== null && "githubTeam" in group ? group.githubTeam : "";
    return typeof team === "string" && isTeam(team) ? [team] : [];
  });
  return [...new Set(named)].sort();
}

/** Makes the part of a query for teams. Throws E204 for more than one policy may have. */
export function teamQuery(teams: readonly string[]): TeamQuery {
  const sound = teams.filter(isTeam);
  if (sound.length > limits.approverTeams) {
    throw failure("E204", {
      detail: `${sound.length} teams of GitHub approve, at most ${limits.approverTeams} can be read`,
      fix: "name fewer teams with githubTeam",
    });
  }
  const variables: Record<string, string> = {};
  const fields = sound.map((team, at) => {
    const [org = "", slug = ""] = team.split("/");
    variables[`org${at}`] = org;
    variables[`slug${at}`] = slug;
    return `team${at}: organization(login: $org${at}) { team(slug: $slug${at}) { ${members("first: 100")} } }`;
  });
  const unsound = teams.filter((team) => !isTeam(team));
  return { teams: sound, unsound, fields: fields.join("\n"), variables, keys: sound.map((_, at) => `team${at}`) };
}

/** The declarations of the variables of a team query, to stand after others. */
export function teamVariables({ teams }: TeamQuery): string {
  return teams.map((_, at) => `, $org${at}: String!, $slug${at}: String!`).join("");
}

/** Reads the teams out of an answer, pages to the end. Where the token may not read one, or it is gone: null. */
export async function teamsOf(github: GitHub, query: TeamQuery, answer: QueryAnswer): Promise<readonly TeamMembers[]> {
  const all: TeamMembers[] = query.unsound.map((team) => ({ team, members: null }));
  for (const [at, team] of query.teams.entries()) {
    const key = `team${at}`;
    const found = answer.unreadable.has(key) ? undefined : answer.data.nullable(key)?.nullable("team");
    // oxlint-disable-next-line no-await-in-loop -- usually there is no second page and nothing is waited for
    all.push({ team, members: found === undefined ? null : await membersOf(github, team, found) });
  }
  return all;
}

/** Reads teams in a query of their own. */
export async function readTeams(github: GitHub, teams: readonly string[]): Promise<readonly TeamMembers[]> {
  const query = teamQuery(teams);
  if (query.teams.length === 0) return query.unsound.map((team) => ({ team, members: null }));
  const document = `query Teams(${teamVariables(query).slice(2)}) { ${query.fields} } ${userFields}`;
  const answer = await github.query("teams", document, { variables: query.variables, mayBeMissing: query.keys });
  return await teamsOf(github, query, answer);
}

function groupsThatApprove({ rules, policyApproval }: Manifest): readonly string[] {
  return [
    ...rules.flatMap(({ approval, mayRevoke }) => [...approval.steps.flatMap(groupsOf), ...mayRevoke]),
    ...policyApproval.flatMap(groupsOf),
  ];
}

function groupsOf({ from }: ApprovalStep): readonly string[] {
  const approvers: Approvers = from;
  return approvers.kind === "groups" ? approvers.groups : [];
}

function tryParseGroups(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    const groups: unknown = typeof value === "object" && value !== null && "groups" in value ? value.groups : [];
    return Array.isArray(groups) ? groups : [];
  } catch {
    return [];
  }
}

function isTeam(text: string): boolean {
  return /^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9_.-]{1,255}$/.test(text);
}

function members(page: string): string {
  return `members(${page}) { ${pageFields} nodes { ...user } }`;
}

async function membersOf(github: GitHub, team: string, found: Foreign): Promise<readonly GitHubAccount[] | null> {
  const [org, slug] = team.split("/");
  const document = `query Teams($org: String!, $slug: String!, $after: String!) {
    organization(login: $org) { team(slug: $slug) { ${members("first: 100, after: $after")} } }
  } ${userFields}`;
  const nodes = await allNodes(found.get("members"), {
    most: limits.groupMembers,
    next: async (after) => {
      const { data } = await github.query("teams", document, { variables: { org, slug, after } });
      return data.at("organization", "team", "members");
    },
  });
  return nodes.flatMap((node) => accountOf(node) ?? []);
}
