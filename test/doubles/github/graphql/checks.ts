/** Check suites and check runs as GraphQL shows them. */
import { judge } from "../world/access";
import type { CheckRun, CheckSuite, Repository } from "../world/model";
import { fullName } from "../world/world";
import { connection, type PageArguments } from "./connection";
import type { Asking } from "./execute";
import { GraphQLFault } from "./fault";
import { commitById } from "./objects";
import { appView, notAccessible } from "./people";
import { repositoryView } from "./repository";

type View = Readonly<Record<string, unknown>>;

interface Filter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
  readonly checkType?: "ALL" | "LATEST" | null;
}

/** `Commit.checkSuites`. */
export function checkSuitesField(asking: Asking, repository: Repository, sha: string) {
  return (page: PageArguments & { readonly filterBy?: Filter | null }): View => {
    if (judge(asking.world, asking.token, repository, { permission: "checks", level: "read" }) !== "allowed") {
      throw new GraphQLFault("FORBIDDEN", notAccessible);
    }
    const { appId, checkName } = page.filterBy ?? {};
    const items = repository.checkSuites.filter(
      (suite) =>
        suite.headSha === sha &&
        (typeof appId !== "number" || suite.app.id === appId) &&
        (typeof checkName !== "string" || runsOf(repository, suite, { checkName }).length > 0),
    );
    const view = (suite: CheckSuite) => suiteView(asking, repository, suite);
    return connection({ name: "checkSuites", items, view, pageSize: asking.world.limits.pageSize }, page);
  };
}

/** Runs of a suite; `LATEST` (GitHub's default) is the newest of each name. */
export function runsOf(repository: Repository, suite: CheckSuite, filter: Filter = {}): readonly CheckRun[] {
  const runs = [...repository.checkRuns.values()].filter(
    (run) => run.suite === suite && (typeof filter.checkName !== "string" || run.name === filter.checkName),
  );
  if (filter.checkType === "ALL") return runs;
  return runs.filter((run) => !runs.some((other) => other.name === run.name && other.id > run.id));
}

/** A suite's status and conclusion, from its runs. */
export function suiteState(runs: readonly CheckRun[]): { readonly status: string; readonly conclusion: string | null } {
  if (runs.length === 0) return { status: "queued", conclusion: null };
  const open = runs.find((run) => run.status !== "completed");
  if (open !== undefined) return { status: open.status, conclusion: null };
  const worst = ["failure", "timed_out", "cancelled", "action_required", "success", "neutral", "skipped"];
  return { status: "completed", conclusion: worst.find((one) => runs.some((run) => run.conclusion === one)) ?? null };
}

function suiteView(asking: Asking, repository: Repository, suite: CheckSuite): View {
  const { status, conclusion } = suiteState(runsOf(repository, suite));
  const path = `/${fullName(repository)}/commit/${suite.headSha}/checks?check_suite_id=${suite.id}`;
  return {
    __typename: "CheckSuite",
    id: `CS_${suite.id}`,
    databaseId: suite.id,
    app: () => appView(asking.world, suite.app),
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    commit: () => commitById(asking, repository, suite.headSha),
    createdAt: suite.createdAt,
    url: `${asking.world.addresses.serverUrl}${path}`,
    resourcePath: path,
    repository: () => repositoryView(asking, repository),
    checkRuns: (page: PageArguments & { readonly filterBy?: (Filter & { readonly appId?: number | null }) | null }) => {
      const view = (run: CheckRun) => runView(asking, repository, run);
      const items = runsOf(repository, suite, page.filterBy ?? {});
      return connection({ name: "checkRuns", items, view, pageSize: asking.world.limits.pageSize }, page);
    },
  };
}

function runView(asking: Asking, repository: Repository, run: CheckRun): View {
  const { world } = asking;
  const path = `/${fullName(repository)}/runs/${run.id}`;
  return {
    __typename: "CheckRun",
    id: `CR_${run.id}`,
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    externalId: run.externalId,
    detailsUrl: run.detailsUrl,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    title: run.title,
    summary: run.summary,
    text: run.text,
    url: `${world.addresses.serverUrl}${path}`,
    permalink: `${world.addresses.serverUrl}${path}`,
    resourcePath: path,
    checkSuite: () => suiteView(asking, repository, run.suite),
    annotations: (page: PageArguments) =>
      connection(
        {
          name: "annotations",
          items: run.annotations,
          view: (one) => ({
            path: one.path,
            message: one.message,
            title: one.title ?? null,
            rawDetails: one.raw_details ?? null,
            annotationLevel: one.annotation_level.toUpperCase(),
            location: {
              start: { line: one.start_line, column: one.start_column ?? null },
              end: { line: one.end_line, column: one.end_column ?? null },
            },
          }),
          pageSize: world.limits.pageSize,
        },
        page,
      ),
  };
}
