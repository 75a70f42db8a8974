import { failure } from "../errors";
import type { GitHubEnvironment, RepositoryName } from "../github";
import { repositoryNameOf } from "../github/environment";
import type { CommandCall } from "./command";

/** `--repo owner/name`, or the runner's GITHUB_REPOSITORY. Throws E800 for what is none, and without either. */
export function repositoryOption(call: CommandCall, environment: GitHubEnvironment): RepositoryName {
  const text = call.options["repo"] as string | undefined;
  if (text !== undefined) return repositoryNameOf(text, "--repo");
  if (environment.repository !== undefined) return environment.repository;
  throw failure("E800", {
    detail: "which repository on GitHub is meant?",
    fix: "name it: `--repo acme/access`, or set GITHUB_REPOSITORY",
  });
}
