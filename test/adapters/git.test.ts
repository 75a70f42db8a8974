import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { systemClock } from "../../lib/adapters/clock";
import { systemFiles } from "../../lib/adapters/files";
import { systemGit } from "../../lib/adapters/git";
import { systemRandom } from "../../lib/adapters/random";
import { gitStore } from "../../lib/log";
import type { LogStore } from "../../lib/ports";
import { temporaryFolder } from "../support/folders";

const root = temporaryFolder();
const token = "ghs_ThisIsTheTokenOfTheTests0123456789";
const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
let server: Server;
let origin = "";
let seen: (string | undefined)[] = [];

/** A remote over HTTP that lets in who has the token: git's own `http-backend`. */
beforeAll(async () => {
  execFileSync("git", ["init", "--quiet", "--bare", join(root, "log.git")]);
  execFileSync("git", ["-C", join(root, "log.git"), "config", "http.receivepack", "true"]);
  server = createServer((request, response) => {
    const { authorization } = request.headers;
    seen.push(authorization);
    if (authorization?.toLowerCase() !== `basic ${basic}`.toLowerCase()) {
      response.writeHead(401, { "www-authenticate": "Basic realm=x" }).end();
      return;
    }
    const url = new URL(request.url ?? "/", "http://x");
    const child = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env["PATH"],
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: "1",
        REMOTE_USER: "x",
        REQUEST_METHOD: request.method,
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
        GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      },
    });
    request.pipe(child.stdin);
    const parts: Buffer[] = [];
    child.stdout.on("data", (bytes: Buffer) => parts.push(bytes));
    child.once("close", () => {
      const answer = Buffer.concat(parts);
      const end = answer.indexOf("\r\n\r\n");
      const headers = answer.subarray(0, end).toString("latin1").split("\r\n");
      const status = Number(/^Status: (\d+)/m.exec(headers.join("\n"))?.[1] ?? 200);
      for (const line of headers) {
        const [name = "", value = ""] = line.split(": ");
        if (name !== "Status") response.setHeader(name, value);
      }
      response.writeHead(status).end(answer.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(() => {
  seen = [];
});

let homes = 0;

/** A checkout whose `origin` is a URL, and the store of its Log. `log` of a fake git in front of the real one tells its command lines. */
function store(
  url: string,
  options: { readonly environment?: Record<string, string>; readonly config?: Record<string, string> } = {},
): {
  readonly store: LogStore;
  readonly commands: () => string;
} {
  homes += 1;
  const checkout = join(root, `checkout-${homes}`);
  execFileSync("git", ["init", "--quiet", checkout]);
  execFileSync("git", ["-C", checkout, "remote", "add", "origin", url]);
  for (const [name, value] of Object.entries(options.config ?? {}))
    execFileSync("git", ["-C", checkout, "config", name, value]);
  const bin = join(root, `bin-${homes}`);
  const log = join(bin, "log");
  mkdirSync(bin);
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  writeFileSync(join(bin, "git"), `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\nexec ${real} "$@"\n`);
  chmodSync(join(bin, "git"), 0o755);
  const environment = {
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    HOME: join(root, `home-${homes}`),
    ...options.environment,
  };
  const made = gitStore({
    git: systemGit({ root: checkout, remote: "origin", environment }),
    ref: "refs/leasehold/log",
    files: systemFiles(),
    clock: { ...systemClock(), sleep: () => Promise.resolve() },
    random: systemRandom(),
  });
  return { store: made, commands: () => readFileSync(log, "utf8") };
}

async function errorOf(work: Promise<unknown>): Promise<string> {
  const error = (await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as { message: string; diagnostics: unknown };
  return `${error.message} ${JSON.stringify(error.diagnostics)}`;
}

async function readAll(from: LogStore): Promise<number> {
  let count = 0;
  for await (const lines of from.read(1)) count += lines.length;
  return count;
}

describe("credentials", () => {
  it("are GITHUB_TOKEN where the remote is the server it is of: sent to it, and on no command line", async () => {
    const { store: own, commands } = store(`${origin}/log.git`, {
      environment: { GITHUB_TOKEN: token, GITHUB_SERVER_URL: origin },
    });
    const writer = await own.takeEpoch({ holder: "a", waitMs: 0 });
    expect(writer.epoch).toBeGreaterThan(0);
    expect(await readAll(own)).toBe(0);
    expect(seen.at(-1)).toBe(`basic ${basic}`);
    expect(commands()).toContain("push");
    for (const secret of [token, basic]) expect(commands()).not.toContain(secret);
  });

  it("are the header that actions/checkout leaves in the checkout, before GITHUB_TOKEN", async () => {
    const config = { [`http.${origin}/.extraheader`]: `AUTHORIZATION: basic ${basic}` };
    const { store: own, commands } = store(`${origin}/log.git`, {
      config,
      environment: { GITHUB_TOKEN: "other", GITHUB_SERVER_URL: origin },
    });
    await own.takeEpoch({ holder: "a", waitMs: 0 });
    expect(new Set(seen)).toEqual(new Set([`basic ${basic}`]));
    expect(commands()).not.toContain(basic);
  });

  it("are what a credential helper of the checkout says", async () => {
    const config = { "credential.helper": `!f() { echo username=x-access-token; echo password=${token}; }; f` };
    const { store: own } = store(`${origin}/log.git`, { config });
    expect(await readAll(own)).toBe(0);
    expect(seen).toContain(`Basic ${basic}`);
  });

  it("are not sent to any other server than GITHUB_TOKEN's own", async () => {
    const { store: own } = store(`${origin}/log.git`, { environment: { GITHUB_TOKEN: token } });
    const error = await errorOf(readAll(own));
    expect(error).toContain("E606");
    expect(error).not.toContain(token);
    expect(seen.filter((one) => one !== undefined)).toEqual([]);
  });

  it("stand in no error, wherever they were", async () => {
    const inUrl = store(origin.replace("://", `://user:${token}@`) + "/none.git");
    expect(await errorOf(readAll(inUrl.store))).toContain("E606");
    expect(await errorOf(readAll(inUrl.store))).not.toContain(token);
    const wrong = { GITHUB_TOKEN: `${token}-wrong`, GITHUB_SERVER_URL: origin };
    const error = await errorOf(
      store(`${origin}/log.git`, { environment: wrong }).store.takeEpoch({ holder: "a", waitMs: 0 }),
    );
    expect(error).toMatch(/E60[36]/);
    for (const secret of [token, Buffer.from(`x-access-token:${token}-wrong`).toString("base64")])
      expect(error).not.toContain(secret);
  });
});

describe("the environment", () => {
  it("leads git nowhere else, and holds nothing of the gateways", async () => {
    execFileSync("git", ["init", "--quiet", "--bare", join(root, "plain.git")]);
    const marker = join(root, "ran");
    const spy = join(root, "spy");
    writeFileSync(spy, `#!/bin/sh\nenv > '${marker}'\n`);
    chmodSync(spy, 0o755);
    const { store: own } = store(join(root, "plain.git"), {
      config: { "credential.helper": spy },
      environment: {
        GIT_DIR: join(root, "elsewhere"),
        GIT_INDEX_FILE: join(root, "elsewhere"),
        GIT_OBJECT_DIRECTORY: join(root, "elsewhere"),
        GIT_TRACE: join(root, "trace"),
        GIT_CONFIG_PARAMETERS: `'core.hooksPath=${root}'`,
        HOOP_KEY: "hpk_secret",
      },
    });
    await own.takeEpoch({ holder: "a", waitMs: 0 });
    expect(await readAll(own)).toBe(0);
    expect(existsSync(join(root, "elsewhere"))).toBe(false);
    expect(existsSync(join(root, "trace"))).toBe(false);
    const asked = store(`${origin}/log.git`, {
      config: { "credential.helper": spy },
      environment: { HOOP_KEY: "hpk_secret" },
    });
    await errorOf(readAll(asked.store));
    expect(readFileSync(marker, "utf8")).not.toContain("hpk_secret");
  });

  it("without git says so", async () => {
    const git = systemGit({ root, remote: join(root, "log.git"), environment: { PATH: "/nonexistent", HOME: root } });
    await expect(git.findRemote()).rejects.toMatchObject({ code: "E606" });
  });

  it("of a home in the checkout keeps the copy elsewhere: a commit could bring a config of git", async () => {
    const git = systemGit({
      root,
      remote: join(root, "log.git"),
      environment: { PATH: process.env["PATH"], HOME: root },
    });
    expect((await git.findRemote()).directory.startsWith(root)).toBe(false);
  });
});

describe("a run", () => {
  const git = systemGit({
    root,
    remote: join(root, "log.git"),
    environment: { PATH: process.env["PATH"], HOME: "/nonexistent" },
  });
  const call = { directory: join(root, "log.git"), maxBytes: 1_000, timeoutMs: 10_000 };

  it("that takes too long or says too much is stopped, with everything it has started", async () => {
    const slow = await git.run({ ...call, args: ["-c", "alias.slow=!sleep 3600", "slow"], timeoutMs: 300 });
    expect(slow.status).toBeUndefined();
    expect(slow.stderr).toContain("stopped");
    const long = await git.run({ ...call, args: ["-c", "alias.long=!yes", "long"] });
    expect(long.status).toBeUndefined();
  });

  it("that fails gives its exit code and words", async () => {
    const answer = await git.run({ ...call, args: ["cat-file", "-p", "HEAD"] });
    expect(answer.status).toBe(128);
    expect(answer.stderr).toContain("Not a valid object name");
  });
});
