import { failure, isFailure } from "../errors";
import { limits } from "../model/limits";
import type { Foreign } from "./foreign";
import { issueMarker } from "./names";
import type { GitHub } from "./open-github";
import type { IssueToWrite, RepositoryName } from "./types";

/** What became of an issue. */
export interface IssueWritten {
  readonly number: number;
  readonly url: string;
  readonly writes: number;
}

/**
 * Opens our issue of a key, or puts its title and text right; nothing is written where they are. It is found by
 * author and marker, open or closed; a closed one stays closed. Two runs that open it at once keep the older one and
 * close the other. Throws E525 for a text that does not fit.
 */
export async function writeIssue(
  github: GitHub,
  repository: RepositoryName,
  issue: IssueToWrite,
): Promise<IssueWritten> {
  const body = `${issueMarker(issue.installation, issue.key)}\n${issue.text}`;
  if (body.length > limits.commentCharacters) {
    throw failure("E525", {
      detail: `the text has ${body.length} characters, an issue on GitHub at most ${limits.commentCharacters}`,
      fix: "look at the same with `leasehold log show`",
    });
  }
  const found = await tryFindIssue(github, repository, issue);
  return found === undefined
    ? await createIssue(github, repository, { issue, body })
    : await updateIssue(github, repository, { issue, body, found });
}

interface FoundIssue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
}

interface IssueText {
  readonly issue: IssueToWrite;
  readonly body: string;
}

async function createIssue(
  github: GitHub,
  repository: RepositoryName,
  { issue, body }: IssueText,
): Promise<IssueWritten> {
  const { owner, name: repo } = repository;
  try {
    const made = await github.ask("create issue", { owner, repo, title: issue.title, body });
    const own = { number: made.get("number").id(), url: made.get("html_url").string(2_000), writes: 1 };
    const oldest = await tryFindIssue(github, repository, issue);
    if (oldest === undefined || oldest.number >= own.number) return own;
    await closeDouble(github, repository, own.number);
    return { number: oldest.number, url: oldest.url, writes: 2 };
  } catch (thrown) {
    if (!isFailure(thrown) || (thrown.code !== "E520" && thrown.code !== "E522")) throw thrown;
    // The answer was lost: it may be there.
    const found = await tryFindIssue(github, repository, issue);
    if (found === undefined) throw thrown;
    return { number: found.number, url: found.url, writes: 1 };
  }
}

/** An issue cannot be deleted with the rights that we ask for. */
async function closeDouble(github: GitHub, { owner, name: repo }: RepositoryName, number: number): Promise<void> {
  const closed = { issue_number: number, state: "closed", state_reason: "not_planned" };
  const answer = await github.ask("update issue", { owner, repo, ...closed });
  if (answer.get("number").id() !== number) answer.fail("another issue");
}

async function updateIssue(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { issue, body, found }: IssueText & { readonly found: FoundIssue },
): Promise<IssueWritten> {
  const { number, url } = found;
  const isSame = found.title === issue.title && found.body.replace(/\r\n/g, "\n").trimEnd() === body.trimEnd();
  if (isSame) return { number, url, writes: 0 };
  const answer = await github.ask("update issue", { owner, repo, issue_number: number, title: issue.title, body });
  if (answer.get("number").id() !== number) answer.fail("another issue");
  return { number, url, writes: 1 };
}

/** Looks through our own issues, newest first: what is looked for was mostly written lately. Of doubles it is the oldest. */
async function tryFindIssue(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { installation, key }: IssueToWrite,
): Promise<FoundIssue | undefined> {
  const marker = issueMarker(installation, key);
  const creator = await ourLogin(github);
  const query = { owner, repo, creator, state: "all", sort: "created", direction: "desc", per_page: perPage };
  for (let page = 1; page <= mostPages; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- whether there is another page is known after this one
    const issues = (await github.ask("our issues", { ...query, page })).list(perPage);
    const found = issues.findLast((issue) => isOurs(issue, creator, marker));
    if (found !== undefined) return foundOf(found);
    if (issues.length < perPage) return undefined;
  }
  throw failure("E525", {
    detail: "there are too many issues to look through",
    fix: "close and delete old issues of ours",
  });
}

const perPage = 100;
const mostPages = 100;

async function ourLogin(github: GitHub): Promise<string> {
  const { data } = await github.query("who we are", "query Viewer { viewer { login } }", { variables: {} });
  return data.at("viewer", "login").string(100);
}

/** By author, which nobody can forge, and by marker. Pull requests are listed among issues. */
function isOurs(issue: Foreign, login: string, marker: string): boolean {
  const isPull = issue.optional("pull_request") !== undefined;
  const author = issue.nullable("user")?.get("login").string(100);
  return !isPull && author === login && (issue.nullable("body")?.string() ?? "").startsWith(marker);
}

function foundOf(issue: Foreign): FoundIssue {
  return {
    number: issue.get("number").id(),
    url: issue.get("html_url").string(2_000),
    title: issue.get("title").string(),
    body: issue.get("body").string(),
  };
}
