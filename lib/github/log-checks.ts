import { failure } from "../errors";
import { senseless, type Foreign } from "./foreign";
import { logCheckMarker, logCheckName } from "./names";
import type { GitHub } from "./open-github";
import { pageFields, pageOf } from "./pages";
import type { LogCheck, LogChecks, LogCheckToWrite, RepositoryName } from "./types";

/** Whose check runs are read: those of one app, for one installation; what another app posts under the name is not ours. */
export interface LogCheckOwner {
  /** Slug of the app. */
  readonly app: string;
  readonly installation: string;
}

/**
 * Reads our check runs `leasehold log` on the default branch, of the newest commits first: no further back than the page that has one, and
 * at most `mostCommits`. Usually one call. Throws E524 where there is no default branch, E523 where the token may not read checks.
 */
export async function readLogChecks(
  github: GitHub,
  { owner, name }: RepositoryName,
  { app, installation }: LogCheckOwner,
): Promise<LogChecks> {
  const marker = logCheckMarker(installation);
  let after: string | null = null;
  let first: Pick<LogChecks, "tip" | "login"> | undefined;
  for (let page = 0; page < mostCommits / pageSize; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a page names the one after it
    const { data } = await github.query("check runs of the Log", query, { variables: { owner, name, after } });
    const target = data.get("repository").nullable("defaultBranchRef")?.get("target");
    if (target === undefined) {
      throw failure("E524", { detail: "the repository has no default branch", fix: "push a first commit" });
    }
    first ??= { tip: target.get("oid").sha(), login: data.at("viewer", "login").string(100) };
    const commits = pageOf(target.get("history"));
    const checks = commits.nodes.flatMap((commit) => checksOf(commit, app).filter((one) => one.externalId === marker));
    if (checks.length > 0 || commits.after === undefined) return { ...first, checks };
    ({ after } = commits);
  }
  if (first === undefined) throw senseless("check runs of the Log: no page");
  return { ...first, checks: [] };
}

/** Writes our check run `leasehold log` on the tip, over the one that is there, with one call. Throws E611 where the token is not of that app. */
export async function writeLogCheck(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { app, installation, seen, check }: LogCheckOwner & { readonly seen: LogChecks; readonly check: LogCheckToWrite },
): Promise<void> {
  if (seen.login !== `${app}[bot]`) {
    throw failure("E611", {
      detail: `the token is of ${seen.login.slice(0, 100)}, and the check run belongs to the app ${app}`,
      fix: "give GITHUB_TOKEN a token of that app, or name the app of the token in `log.anchors.checkRun`",
    });
  }
  const { title, summary, text } = check;
  const said = {
    owner,
    repo,
    external_id: logCheckMarker(installation),
    status: "completed",
    conclusion: "success",
    output: { title, summary, text },
  };
  const there = seen.checks.find(({ commit }) => commit === seen.tip);
  const written =
    there === undefined
      ? await github.ask("create check run", { ...said, name: logCheckName, head_sha: seen.tip })
      : await github.ask("update check run", { ...said, check_run_id: there.id });
  if (written.get("head_sha").sha() !== seen.tip) throw senseless("check run of the Log: written on another commit");
}

/** How far back a check run is looked for: further than any pass that moved the Head may lie. */
const mostCommits = 1_000;
const pageSize = 50;
/** Of apps with such a check run on one commit, and of check runs of one app there: an installation has one. */
const mostOnCommit = 20;

const filter = `checkName: "${logCheckName}"`;
const query = `query LogChecks($owner: String!, $name: String!, $after: String) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    defaultBranchRef { target { oid ... on Commit { history(first: ${pageSize}, after: $after) { ${pageFields} nodes {
      oid
      checkSuites(first: ${mostOnCommit}, filterBy: { ${filter} }) { ${pageFields} nodes {
        app { slug }
        checkRuns(first: ${mostOnCommit}, filterBy: { ${filter}, checkType: ALL }) { ${pageFields} nodes { databaseId externalId text } }
      } }
    } } } } }
  }
}`;

function checksOf(commit: Foreign, app: string): readonly LogCheck[] {
  const sha = commit.get("oid").sha();
  const suites = wholeOf(commit.get("checkSuites")).filter(
    (suite) => suite.nullable("app")?.get("slug").string(200) === app,
  );
  return suites
    .flatMap((suite) => wholeOf(suite.get("checkRuns")))
    .map((run) => ({
      id: run.get("databaseId").id(),
      commit: sha,
      externalId: run.nullable("externalId")?.string() ?? "",
      text: run.nullable("text")?.string() ?? "",
    }));
}

/** All of a list; what was not listed could be the one that matters. */
function wholeOf(connection: Foreign): readonly Foreign[] {
  const { nodes, after } = pageOf(connection);
  return after === undefined ? nodes : connection.fail(`more than ${mostOnCommit}`);
}
