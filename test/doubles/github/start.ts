import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventOf } from "./events/payload";
import { GitHubServer, type Roots } from "./http/server";
import { codeScript } from "./script/code";
import { peopleScript } from "./script/people";
import { pullScript } from "./script/pulls";
import { settingsScript } from "./script/settings";
import { watchingScript } from "./script/watching";
import { lenient, strict } from "./strict";
import { type Addresses, type Limits, realLimits, World } from "./world/world";

/** What the test GitHub is started with. */
export interface GitHubOptions {
  /** @default 0: a free port */
  readonly port?: number;
  /** @default the machine's clock */
  readonly clock?: { now(): string };
  /** Answers are held against GitHub's schemas. @default "strict" */
  readonly answers?: "strict" | "unchecked";
  /** Where GitHub cuts, to see the cut with less. @default GitHub's own */
  readonly limits?: Partial<Limits>;
  /** @default { rest: "/api/v3", graphql: "/api/graphql" }, as GitHub Enterprise Server has them */
  readonly roots?: Roots;
}

/** What tests do to the test GitHub; the same in this process and from another. */
export type GitHubScript = ReturnType<typeof scriptOf>;

/** A test GitHub that runs. */
export interface TestGitHub extends GitHubScript, Readonly<Addresses> {
  /** The server's URL: `GITHUB_SERVER_URL`. Same as serverUrl. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a test GitHub on loopback, empty but for github-actions, web-flow and the ghost. */
export async function startGitHub(options: GitHubOptions = {}): Promise<TestGitHub> {
  const directory = mkdtempSync(join(tmpdir(), "leasehold-github-"));
  const clock = options.clock ?? { now: () => new Date().toISOString() };
  const world = new World(directory, clock, { ...realLimits, ...options.limits });
  world.describe = (happening) => eventOf(world, happening);
  const roots = options.roots ?? { rest: "/api/v3", graphql: "/api/graphql" };
  const script = scriptOf(world, () => server);
  const strictness = options.answers === "unchecked" ? lenient : strict;
  const server: GitHubServer = new GitHubServer(world, roots, strictness, (call) => controlled(script, world, call));
  const url = await server.listen(options.port ?? 0);
  Object.assign(world.addresses, {
    serverUrl: url,
    apiUrl: `${url}${roots.rest}`,
    graphqlUrl: `${url}${roots.graphql}`,
  });
  return {
    ...script,
    ...world.addresses,
    url,
    close: async () => {
      await server.close();
      await Promise.all(world.repositories.map((repository) => repository.git.close()));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function scriptOf(world: World, server: () => GitHubServer) {
  return {
    ...peopleScript(world),
    ...codeScript(world),
    ...pullScript(world),
    ...settingsScript(world),
    ...watchingScript(world, server),
  };
}

/** A call from another process: `{action, fact}`; `addresses` tells where things are. */
async function controlled(script: GitHubScript, world: World, call: unknown): Promise<unknown> {
  const { action, fact } = call as { readonly action: string; readonly fact: unknown };
  if (action === "addresses") return { value: world.addresses };
  if (!Object.hasOwn(script, action)) return { error: `The test GitHub does not know the action ${action}.` };
  const run = script[action as keyof GitHubScript] as (fact: unknown) => Promise<unknown>;
  return { value: (await run(fact)) ?? null };
}
