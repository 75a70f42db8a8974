import { isFailure } from "../errors";
import type { GitHubEnvironment, RepositoryName, RepositorySettings } from "../github";
import { checkName } from "../github/names";
import { limits } from "../model/limits";
import type { Finding } from "../model/report";
import { judgeSettings } from "./doctor-github";
import { judgeWorkflows } from "./doctor-workflows";
import type { Workspace } from "./workspace";
import { tryReadWorkflow, type WorkflowFile } from "./workflow-file";

/** Chooses the repository to look at; throws E800 where none is named. */
export type ChooseRepository = (environment: GitHubEnvironment) => RepositoryName;

/**
 * What the settings of the repository are, judged; undefined settings where there is no token to ask with.
 * Throws what GitHub throws: the workflow files are judged all the same.
 */
export async function lookAtSettings(
  workspace: Workspace,
  choose: ChooseRepository,
): Promise<{ readonly settings?: RepositorySettings; readonly findings: readonly Finding[] }> {
  const settings = await trySettings(workspace, choose);
  if (settings === undefined) return { findings: [notAsked] };
  return { settings, findings: [...judgeSettings({ settings, check: checkName }), ...unseenEnvironments(settings)] };
}

/** Judges the workflow files as they stand here, with as much as is known of the settings. */
export async function lookAtWorkflows(
  workspace: Workspace,
  settings: RepositorySettings | undefined,
): Promise<readonly Finding[]> {
  const files = await readWorkflows(workspace);
  if (settings === undefined) return judgeWorkflows({ files });
  const { workflows, environments, defaultBranch } = settings;
  return judgeWorkflows({
    files,
    defaultBranch,
    ...(workflows.kind === "read" ? { defaultPermissions: workflows.value.defaultPermissions } : {}),
    ...(environments.kind === "read" ? { environments: environments.value } : {}),
  });
}

const folder = ".github/workflows";

async function readWorkflows(workspace: Workspace): Promise<ReadonlyMap<string, WorkflowFile | undefined>> {
  const tree = workspace.ports.tree(workspace.repository.root);
  const found = new Map<string, WorkflowFile | undefined>();
  for (const { name } of await tree.list(folder)) {
    if (!/\.ya?ml$/i.test(name)) continue;
    const path = `${folder}/${name}`;
    // oxlint-disable-next-line no-await-in-loop -- a handful of small files
    const bytes = await tree.tryRead(path, limits.requestFileBytes);
    const isWhole = bytes !== undefined && bytes.length <= limits.requestFileBytes;
    found.set(path, isWhole ? tryReadWorkflow(path, new TextDecoder().decode(bytes)) : undefined);
  }
  return found;
}

/** Undefined without a token: doctor then says what it did not look at. */
async function trySettings(workspace: Workspace, choose: ChooseRepository): Promise<RepositorySettings | undefined> {
  let opened;
  try {
    opened = await workspace.ports.openGitHub();
  } catch (thrown) {
    if (isFailure(thrown) && thrown.diagnostics.some((one) => one.code === "E702")) return undefined;
    throw thrown;
  }
  try {
    const { readSettings } = await import("../github/settings.js");
    return await readSettings(opened.github, choose(opened.environment));
  } finally {
    await opened.close();
  }
}

const notAsked: Finding = {
  name: "repository",
  verdict: "unknown",
  sentence: "Its settings on GitHub were not looked at: there is no token.",
  fix: "GITHUB_TOKEN=$(gh auth token) leasehold doctor --repo OWNER/NAME, as an admin of the repository",
};

function unseenEnvironments({ environments }: RepositorySettings): readonly Finding[] {
  if (environments.kind === "read") return [];
  const { why, needs } = environments;
  const sentence = `Which branches get the environments' secrets is not known: ${why}`;
  return [{ name: "environments", verdict: "unknown", sentence, fix: `look with a token that has ${needs}` }];
}
