/** Opens GitHub with what a runner's variables say. */
import { nodeHttp } from "../adapters/http";
import { githubEnvironment, openGitHub } from "../github";
import type { OpenGitHub } from "../workspace/ports";
import type { Shell } from "./shell";
import { version } from "./version";

/** GitHub for one command; throws E702 without a token and E800 for variables that make no sense. */
export async function openRunnersGitHub(shell: Pick<Shell, "environment" | "clock" | "signal">): Promise<OpenGitHub> {
  const environment = githubEnvironment(shell.environment);
  const { apiUrl, graphqlUrl, serverUrl, token } = environment;
  const http = nodeHttp();
  const github = await openGitHub({
    apiUrl,
    graphqlUrl,
    serverUrl,
    token,
    http,
    clock: shell.clock,
    signal: shell.signal,
    userAgent: `leasehold/${version}`,
  });
  return { github, environment, close: () => http.close() };
}
