import { dirname, join } from "node:path";
import type { Workspace } from "../../workspace/workspace";
import type { OverFile } from "../../workspace/tidy";
import type { CommandCall, CommandSpec } from "../command";

/** `leasehold tidy`: what only lies there goes out of the way. */
export const tidy: CommandSpec = {
  name: "tidy",
  summary: "archive the files of ended requests, here or as a pull request",
  examples: [
    ["leasehold tidy", "move them to archive/ in this working tree"],
    ["leasehold tidy --pull-request", "the same as a pull request on GitHub"],
    ["leasehold tidy --delete --dry-run", "which files a tidying would delete"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option("--pull-request", "open a pull request instead of moving files here")
      .option("--delete", "delete the files instead of moving them to archive/")
      .option("--dry-run", "only say which")
      .option("--repo <owner/name>", "the repository on GitHub; GITHUB_REPOSITORY when left out");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    const { findOverFiles } = await import("../../workspace/tidy.js");
    return withinWorkspace(call, async (workspace) => {
      const files = await findOverFiles(workspace, { isDelete: call.options["delete"] === true });
      const done = files.length === 0 || call.options["dryRun"] === true ? {} : await carryOut(call, workspace, files);
      tell(call, files, done);
      return 0;
    });
  },
};

interface Done {
  readonly pull?: { readonly number: number; readonly url: string };
}

async function carryOut(call: CommandCall, workspace: Workspace, files: readonly OverFile[]): Promise<Done> {
  if (call.options["pullRequest"] === true) {
    const { openTidyPull } = await import("../../workspace/tidy-pull.js");
    const { repositoryOption } = await import("../repository-option.js");
    const { withGitHub } = await import("../with-github.js");
    const pull = await withGitHub(call, ({ github, environment }) =>
      openTidyPull(files, { github, repository: repositoryOption(call, environment) }),
    );
    return { pull };
  }
  const { root } = workspace.repository;
  for (const { path, to, text } of files) {
    if (to !== undefined) {
      await call.shell.files.makeDirectory(dirname(join(root, to)));
      await call.shell.files.writeText(join(root, to), text);
    }
    await call.shell.files.remove(join(root, path));
  }
  return {};
}

function tell(call: CommandCall, files: readonly OverFile[], { pull }: Done): void {
  const { output } = call.shell;
  if (call.global.format === "json") {
    const told = files.map(({ request, path, to, why }) => ({
      request,
      path,
      ...(to === undefined ? {} : { to }),
      why,
    }));
    output.result(JSON.stringify({ tidyVersion: 1, files: told, ...(pull === undefined ? {} : { pull }) }));
    return;
  }
  const lines = files.map(({ path, to, why }) =>
    to === undefined ? `- ${path}: ${why}` : `~ ${path} -> ${to}: ${why}`,
  );
  const summary =
    files.length === 0 ? "Nothing to tidy." : `${files.length} file${files.length === 1 ? "" : "s"} over.`;
  output.result([...lines, ...(pull === undefined ? [] : [`Opened ${pull.url}`]), summary].join("\n"));
}
