/** Git over HTTP: `git http-backend` behind GitHub's permissions. */
import { spawn } from "node:child_process";
import type { IncomingMessage } from "node:http";
import { refusedRefsVariable } from "../git/bare-repository";
import { bareGitEnvironment } from "../git/run-git";
import { judge } from "../world/access";
import type { Account, Repository, Token } from "../world/model";
import { forceRefusal, pushRefusal } from "../world/protection";
import { afterMove } from "../world/refs";
import { actorOf, type World } from "../world/world";

/** What git is answered. */
export interface GitAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A call of git. */
export interface GitCall {
  readonly world: World;
  readonly token: Token | undefined;
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly body: Buffer;
}

/** One ref that a push wants to move. */
interface PushedRef {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

const nothing = "0".repeat(40);

/** Answers a fetch or a push; a push has the same consequences as moving the ref through the API. */
export async function answerGit(call: GitCall): Promise<GitAnswer> {
  const { world, token, url, request } = call;
  const [, owner = "", name = "", ...rest] = url.pathname.split("/");
  const repository = world.tryFindRepository(decodeURIComponent(owner), decodeURIComponent(name).replace(/\.git$/, ""));
  const isPush = url.searchParams.get("service") === "git-receive-pack" || rest.at(-1) === "git-receive-pack";
  const hasCredential = request.headers.authorization !== undefined;
  if (token === undefined && (hasCredential || isPush || repository?.isPrivate !== false))
    return unauthorized(hasCredential);
  if (token !== undefined && actorOf(token).state !== "active")
    return refused(403, "Your account is suspended. Please check your email.");
  if (repository === undefined) return refused(404, "Repository not found.");
  const verdict = judge(world, token, repository, { permission: "contents", level: isPush ? "write" : "read" });
  if (verdict === "hidden") return refused(404, "Repository not found.");
  if (verdict === "forbidden") {
    const login = token === undefined ? "" : actorOf(token).login;
    return refused(403, `Permission to ${owner}/${name} denied to ${login}.`);
  }
  if (rest.at(-1) !== "git-receive-pack" || token === undefined) return backend(call, repository, rest.join("/"), []);
  return push(call, repository, actorOf(token));
}

async function push(call: GitCall, repository: Repository, by: Account): Promise<GitAnswer> {
  const asked = pushedRefs(call.body);
  const denied = asked.filter((one) => isRefused(call.world, repository, one, by)).map((one) => one.ref);
  // A push that is no fast-forward is only known for one when its objects are there: the ref is looked at again below.
  const answer = await backend(call, repository, "git-receive-pack", denied);
  for (const { ref, before, after } of asked) {
    const now = repository.git.tryReadRef(ref) ?? nothing;
    if (now !== after || before === after) continue;
    const branch = ref.slice("refs/heads/".length);
    const isBranch = ref.startsWith("refs/heads/") && before !== nothing && after !== nothing;
    if (isBranch && !(await repository.git.isAncestor(before, after))) {
      const refusal = forceRefusal(call.world, repository, branch, by);
      if (refusal !== undefined) {
        await repository.git.setRef(ref, before, after);
        return rejected(ref, refusal);
      }
    }
    const move = {
      repository,
      ref,
      before: before === nothing ? null : before,
      after: after === nothing ? null : after,
      by,
    };
    await afterMove(call.world, move);
  }
  return answer;
}

function isRefused(world: World, repository: Repository, { ref }: PushedRef, by: Account): boolean {
  return (
    ref.startsWith("refs/heads/") && pushRefusal(world, repository, ref.slice("refs/heads/".length), by) !== undefined
  );
}

/** The commands at the head of what `git push` sends: lines of `old new ref`, each with its length before it. */
function pushedRefs(body: Buffer): readonly PushedRef[] {
  const refs: PushedRef[] = [];
  for (let at = 0; at + 4 <= body.length;) {
    const length = Number.parseInt(body.toString("latin1", at, at + 4), 16);
    if (!(length > 4)) break;
    const [command = ""] = body.toString("utf8", at + 4, at + length).split("\0");
    const [before = "", after = "", ref = ""] = command.trim().split(" ");
    refs.push({ before, after, ref });
    at += length;
  }
  return refs;
}

function backend(call: GitCall, repository: Repository, path: string, denied: readonly string[]): Promise<GitAnswer> {
  const { request, url, body } = call;
  const environment = {
    ...bareGitEnvironment,
    GIT_PROJECT_ROOT: repository.git.directory,
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: `/${path}`,
    REQUEST_METHOD: request.method ?? "GET",
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: request.headers["content-type"] ?? "",
    CONTENT_LENGTH: String(body.length),
    REMOTE_USER: "test",
    REMOTE_ADDR: "127.0.0.1",
    GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    [refusedRefsVariable]: denied.join("|"),
  };
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["http-backend"], { env: environment, stdio: "pipe" });
    const out: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stdin.on("error", () => undefined);
    child.stderr.resume();
    child.once("error", reject);
    child.once("close", () => resolve(parseCgi(Buffer.concat(out))));
    child.stdin.end(body);
  });
}

function parseCgi(output: Buffer): GitAnswer {
  const end = output.indexOf("\r\n\r\n");
  const headers: Record<string, string> = {};
  let status = 200;
  for (const line of output.toString("latin1", 0, Math.max(0, end)).split("\r\n")) {
    const colon = line.indexOf(":");
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    if (name === "status") status = Number.parseInt(value, 10);
    else headers[name] = value;
  }
  return { status, headers, body: output.subarray(end + 4) };
}

function unauthorized(hadCredential: boolean): GitAnswer {
  const headers = { "www-authenticate": 'Basic realm="GitHub"', "content-type": "text/plain" };
  return {
    status: 401,
    headers,
    body: Buffer.from(hadCredential ? "Invalid username or token." : "Repository not found."),
  };
}

function refused(status: number, message: string): GitAnswer {
  return { status, headers: { "content-type": "text/plain" }, body: Buffer.from(`${message}\n`) };
}

/** A receive-pack answer that refuses one ref, in side-band 1 as git asks for it. */
function rejected(ref: string, why: string): GitAnswer {
  const line = (text: string | Buffer) => {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, "0")), bytes]);
  };
  const report = Buffer.concat([line("unpack ok\n"), line(`ng ${ref} ${why}\n`), Buffer.from("0000")]);
  const body = Buffer.concat([line(Buffer.concat([Buffer.from([1]), report])), Buffer.from("0000")]);
  return { status: 200, headers: { "content-type": "application/x-git-receive-pack-result" }, body };
}
