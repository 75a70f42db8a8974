/**
 * The real commands in the test's own process, for matrices that child processes would be too slow for: only the
 * gateway (the reference model) and the pace of the waits differ from lib/cli/main.ts.
 */
import { nodeHttp } from "../../../lib/adapters/http";
import type { Shell } from "../../../lib/cli/shell";
import { githubEnvironment, openGitHub } from "../../../lib/github";
import type { Http, HttpRequest } from "../../../lib/ports";
import { memoryProvider } from "../../../providers/memory/provider";
import { makeWorld, type World } from "../../../providers/memory/world";
import { QuickClock } from "../../doubles/quick-clock";
import { runCommandHere } from "../../support/command-here";
import type { Ran } from "../../support/command-line";

/** What a run has besides its arguments. */
export interface OneRun {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the gateway holds; a new one is empty. */
  readonly world: World;
  /** Calls to GitHub that are not worth a time-out's 30 seconds. */
  readonly isHopeless?: (request: HttpRequest) => boolean;
}

/** An empty gateway. */
export function emptyWorld(): World {
  return makeWorld({ clock: new QuickClock() });
}

/** Runs one command line. */
export function runHere(args: readonly string[], { directory, environment, world, isHopeless }: OneRun): Promise<Ran> {
  const outside = ({ clock }: Shell): Pick<Shell, "openGateway" | "openGitHub"> => ({
    openGateway: async ({ name, installation }) => {
      const provider = memoryProvider({ gateway: name, installation, world });
      return { provider, close: () => provider.close() };
    },
    openGitHub: async () => {
      const github = githubEnvironment(environment);
      const { apiUrl, graphqlUrl, serverUrl, token } = github;
      const http = impatient(isHopeless ?? (() => false));
      const opened = await openGitHub({ apiUrl, graphqlUrl, serverUrl, token, http, clock, waitUnitMs: 1 });
      return { github: opened, environment: github, close: () => http.close() };
    },
  });
  return runCommandHere(args, { directory, environment, outside });
}

function impatient(isHopeless: (request: HttpRequest) => boolean): Http {
  const http = nodeHttp();
  return {
    send: (request, signal) => http.send(isHopeless(request) ? { ...request, timeoutMs: 100 } : request, signal),
    close: () => http.close(),
  };
}
