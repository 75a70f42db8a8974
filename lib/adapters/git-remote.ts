import { createHash } from "node:crypto";
import { isAbsolute, resolve } from "node:path";
import { failure } from "../errors";
import { gitEnvironment, type GitSetting } from "./git-environment";
import { runGit } from "./git-run";

/** Which remote, of which checkout. */
export interface GitPlace {
  /** A directory of the checkout, absolute. */
  readonly root: string;
  /** The name of a remote there, or an address: a URL or path. */
  readonly remote: string;
  /** The process's environment; see `gitEnvironment`, and GITHUB_TOKEN with GITHUB_SERVER_URL. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A remote as its checkout knows it. */
export interface CheckoutRemote {
  /** Without credentials. */
  readonly address: string;
  /** The same for every checkout that means the same place. */
  readonly id: string;
  /** What makes git reach it as it would from the checkout. */
  readonly settings: readonly GitSetting[];
  /** What must not be seen. */
  readonly secrets: readonly string[];
}

/** What the remote is called in all our runs: a name that no config of a user has. */
export const remoteName = "leasehold-log";

/**
 * Reads a remote and the credentials that the checkout has for it: the header that actions/checkout leaves
 * in its config, credential helpers, an ssh command. Where there is no header, GITHUB_TOKEN is one for
 * the server it is of. Throws E701 when there is no such remote.
 */
export async function readRemote(place: GitPlace): Promise<CheckoutRemote> {
  const isAddress = /[/\\:]/.test(place.remote);
  const config = await readConfig(place, isAddress);
  const named = (key: string): string | undefined =>
    config.findLast(([name]) => name === `remote.${place.remote}.${key}`)?.[1];
  const url = isAddress ? place.remote : named("url");
  if (url === undefined || url === "") throw noRemote(place, "it has no such remote");
  const pushUrl = named("pushurl");
  const carried = config.filter(([name]) => !name.startsWith("remote."));
  const token = tokenSettings(place.environment, url, carried);
  const settings: GitSetting[] = [
    ...carried,
    ...token.settings,
    [`remote.${remoteName}.url`, url],
    ...(pushUrl === undefined ? [] : ([[`remote.${remoteName}.pushurl`, pushUrl]] as const)),
  ];
  return {
    address: withoutCredentials(url),
    id: createHash("sha256").update(absoluteAddress(place.root, url)).digest("hex").slice(0, 32),
    settings,
    secrets: [...token.secrets, ...carried.filter(([name]) => name.endsWith(".extraheader")).flatMap(headerSecrets)],
  };
}

/** An address as people may see it. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\w:\/\/)[^/@\s'"]*@/g, "$1");
}

/** What of the checkout's own config leads to a remote; the user's is read by every run of git anyway. */
async function readConfig(place: GitPlace, isAddress: boolean): Promise<readonly GitSetting[]> {
  const own = isAddress ? "" : `remote\\.${place.remote.replace(/[^A-Za-z0-9_-]/g, "\\$&")}\\.(url|pushurl)|`;
  const answer = await runGit({
    args: [
      "config",
      "--local",
      "--includes",
      "-z",
      "--get-regexp",
      `^(${own}http\\..*|credential\\..*|core\\.sshcommand|ssh\\.variant|url\\..*)$`,
    ],
    directory: place.root,
    environment: gitEnvironment(place.environment, []),
    maxBytes: 1_048_576,
    timeoutMs: 30_000,
    redact: withoutCredentials,
  });
  // 1: nothing of the kind. An address needs no checkout around it.
  if (answer.status === 1 || (isAddress && answer.status !== 0)) return [];
  if (answer.status !== 0) throw noRemote(place, answer.stderr.trim().slice(0, 500));
  return Buffer.from(answer.stdout)
    .toString("utf8")
    .split("\0")
    .flatMap((entry): GitSetting[] => {
      if (entry === "") return [];
      const end = entry.indexOf("\n");
      return [end === -1 ? [entry, "true"] : [entry.slice(0, end), entry.slice(end + 1)]];
    });
}

/** GITHUB_TOKEN as git gives it to its server; only there, and only where the checkout has nothing of its own. */
function tokenSettings(
  environment: GitPlace["environment"],
  url: string,
  carried: readonly GitSetting[],
): { readonly settings: readonly GitSetting[]; readonly secrets: readonly string[] } {
  const { GITHUB_TOKEN: token = "", GITHUB_SERVER_URL: server = "" } = environment;
  const none = { settings: [], secrets: [] };
  const origin = originOf(server === "" ? "https://github.com" : server);
  if (token === "" || origin === undefined || originOf(url) !== origin) return none;
  const hasOwn = carried.some(([name]) => /^http\..*\.extraheader$|^http\.extraheader$/i.test(name));
  if (hasOwn || /:\/\/[^/]*@/.test(url)) return none;
  const basic = Buffer.from(`x-access-token:${token}`, "utf8").toString("base64");
  return { settings: [[`http.${origin}/.extraheader`, `AUTHORIZATION: basic ${basic}`]], secrets: [token, basic] };
}

function originOf(url: string): string | undefined {
  try {
    const { protocol, origin } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? origin : undefined;
  } catch {
    return undefined;
  }
}

function headerSecrets([, value]: GitSetting): readonly string[] {
  const last = value.trim().split(/\s+/).at(-1) ?? "";
  return last.length < 8 ? [] : [last];
}

/** A path counts from the checkout; anything else names itself. */
function absoluteAddress(root: string, url: string): string {
  const isPath = !url.includes("://") && (isAbsolute(url) || !/^[^/\\]+:/.test(url));
  return isPath ? resolve(root, url) : withoutCredentials(url);
}

function noRemote(place: GitPlace, seen: string): Error {
  return failure("E701", {
    detail: `log: { store: git }: Git finds no remote \`${withoutCredentials(place.remote).slice(0, 100)}\` in ${place.root}: ${seen}`,
    fix: "run it in a checkout of the access repository, or name one of its remotes under `log: { store: git, remote: ... }`",
  });
}
