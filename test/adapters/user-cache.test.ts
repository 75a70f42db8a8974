import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tryFindUserCache, type UserCachePlace } from "../../lib/adapters/user-cache";
import { temporaryFolder } from "../support/folders";

const root = temporaryFolder();
let count = 0;

function tryReadCacheKey(place: UserCachePlace): Uint8Array | undefined {
  return tryFindUserCache(place)?.key;
}

/** A home and a repository of a test's own. */
function machine() {
  count += 1;
  const [home, repository] = [join(root, `home-${count}`), join(root, `repository-${count}`)];
  for (const folder of [home, repository]) mkdirSync(folder);
  return { home, repository, key: join(home, ".cache/leasehold/key"), environment: { HOME: home } };
}

test("a key is made once, is random, and only its owner can read it", () => {
  const one = machine();
  const first = tryReadCacheKey(one);
  expect(first).toHaveLength(32);
  expect(tryReadCacheKey(one)).toEqual(first);
  expect(readFileSync(one.key)).toEqual(first);
  expect(statSync(one.key).mode & 0o777).toBe(0o600);
  expect(tryReadCacheKey(machine())).not.toEqual(first);
});

test("XDG_CACHE_HOME goes before HOME", () => {
  const { repository, environment, home } = machine();
  const cache = join(home, "elsewhere");
  expect(tryReadCacheKey({ repository, environment: { ...environment, XDG_CACHE_HOME: cache } })).toEqual(
    Uint8Array.from(readFileSync(join(cache, "leasehold/key"))),
  );
});

test("without a home, with a relative one, or with one that cannot be written there is no key", () => {
  const { repository } = machine();
  for (const environment of [{}, { HOME: "" }, { HOME: "relative" }, { HOME: "/dev/null" }]) {
    expect(tryReadCacheKey({ repository, environment })).toBeUndefined();
  }
});

test("a key within the repository is none, also behind a link", () => {
  const { repository, home } = machine();
  expect(tryReadCacheKey({ repository, environment: { HOME: repository } })).toBeUndefined();
  expect(tryReadCacheKey({ repository, environment: { HOME: join(repository, "home") } })).toBeUndefined();
  symlinkSync(repository, join(home, ".cache"));
  expect(tryReadCacheKey({ repository, environment: { HOME: home } })).toBeUndefined();
});

test("a key that others can read, that is cut, or that is a link is none, and is not replaced", () => {
  const readable = machine();
  tryReadCacheKey(readable);
  chmodSync(readable.key, 0o644);
  expect(tryReadCacheKey(readable)).toBeUndefined();
  const cut = machine();
  tryReadCacheKey(cut);
  writeFileSync(cut.key, "short");
  expect(tryReadCacheKey(cut)).toBeUndefined();
  expect(readFileSync(cut.key, "utf8")).toBe("short");
  const linked = machine();
  mkdirSync(join(linked.home, ".cache/leasehold"), { recursive: true });
  writeFileSync(join(linked.home, "other"), Buffer.alloc(32), { mode: 0o600 });
  symlinkSync(join(linked.home, "other"), linked.key);
  expect(tryReadCacheKey(linked)).toBeUndefined();
});

test("each repository has a file of its own, by where it really is", () => {
  const { repository, environment, home } = machine();
  const path = tryFindUserCache({ repository, environment })?.path;
  expect(path).toMatch(/\/\.cache\/leasehold\/requests-[0-9a-f]{32}$/);
  symlinkSync(repository, join(home, "link"));
  expect(tryFindUserCache({ repository: join(home, "link"), environment })?.path).toBe(path);
  expect(tryFindUserCache({ repository: machine().repository, environment })?.path).not.toBe(path);
});
