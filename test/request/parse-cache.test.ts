import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { directoryTree } from "../../lib/adapters/source-tree";
import { digestOfBytes } from "../../lib/model/canonical";
import type { Files } from "../../lib/ports";
import { loadFile, loadRequests, openParseCache, type ParseCacheInput } from "../../lib/request";
import { requestText } from "../support/request-text";
import { temporaryFolder, writeTree } from "../support/folders";

const root = temporaryFolder();
const path = join(root, "leasehold.out/cache/requests");
const key = Buffer.alloc(32, 7);

const files = {
  tryReadText: async (file: string) => {
    try {
      return readFileSync(file, "utf8");
    } catch {
      return undefined;
    }
  },
  writeText: async (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  },
} as unknown as Files;

const input: ParseCacheInput = { files, path, key, version: "1.0.0" };
const bytes = Buffer.from(requestText({}, "one"));
const digest = digestOfBytes(bytes);

beforeEach(async () => {
  const cache = await openParseCache(input);
  loadFile("requests/one.yaml", bytes, cache);
  await cache.save();
});

test("a file with the same bytes is not parsed again", async () => {
  const cache = await openParseCache(input);
  const known = cache.tryFind(digest);
  expect(known).toMatchObject({ name: "one", durationSeconds: 7_200 });
  const loaded = loadFile("requests/elsewhere.yaml", bytes, cache);
  expect(loaded.kind === "loaded" && loaded.loaded.request === known).toBe(true);
});

test("one byte more and the file is parsed again", async () => {
  const edited = Buffer.from(requestText({ duration: "3h" }, "one"));
  const loaded = loadFile("requests/one.yaml", edited, await openParseCache(input));
  expect(loaded).toMatchObject({ loaded: { request: { durationSeconds: 10_800 } } });
});

test("a file with errors is never in the cache", async () => {
  const cache = await openParseCache(input);
  loadFile("requests/one.yaml", Buffer.from(requestText({ duration: "1h30" }, "one")), cache);
  await cache.save();
  expect(readFileSync(path, "utf8")).not.toContain("orders-db");
});

test("what is no longer used is dropped", async () => {
  const cache = await openParseCache(input);
  loadFile("requests/one.yaml", Buffer.from(requestText({}, "two")), cache);
  await cache.save();
  expect((await openParseCache(input)).tryFind(digest)).toBeUndefined();
});

describe("a repository of many requests", () => {
  const many = temporaryFolder();
  const glob = "requests/*.yaml";
  const names = Array.from({ length: 400 }, (_, at) => `r-${at}`);
  writeTree(many, Object.fromEntries(names.map((name) => [`requests/${name}.yaml`, requestText({}, name)])));
  const tree = directoryTree(many);

  test("is read with the cache, and gives the same as without", async () => {
    const cold = await loadRequests({ tree, glob, openCache: () => openParseCache(input) });
    const warm = await openParseCache(input);
    const added = jest.spyOn(warm, "add");
    expect(await loadRequests({ tree, glob, openCache: async () => warm })).toEqual(cold);
    expect(added).not.toHaveBeenCalled();
    expect(await loadRequests({ tree, glob })).toEqual(cold);
    expect(cold.requests).toHaveLength(400);
  });

  test("a cache that cannot be written stops nothing", async () => {
    const full = { ...files, writeText: () => Promise.reject(new Error("disk full")) } as Files;
    const openCache = () => openParseCache({ ...input, files: full, version: "another" });
    expect((await loadRequests({ tree, glob, openCache })).requests).toHaveLength(400);
  });

  test("a repository of few requests never opens it", async () => {
    const openCache = jest.fn();
    await loadRequests({ tree, glob: "requests/r-1*.yaml", openCache });
    expect(openCache).not.toHaveBeenCalled();
  });
});

test("a forged cache is an empty one: an entry that says something else than its file never counts", async () => {
  const text = readFileSync(path, "utf8");
  const forgeries = [
    text.replace('"durationSeconds":7200', '"durationSeconds":7777777'),
    text.replace("orders-db/read", "orders-db/admin"),
    text.slice(0, -10),
    text.split("\n")[1] ?? "",
    `${"0".repeat(64)}\n{}\n`,
    "",
    "\0",
  ];
  for (const forgery of forgeries) {
    expect(forgery).not.toBe(text);
    writeFileSync(path, forgery);
    expect((await openParseCache(input)).tryFind(digest)).toBeUndefined();
  }
});

test("a cache of another key or another version is an empty one", async () => {
  expect((await openParseCache({ ...input, key: Buffer.alloc(32, 8) })).tryFind(digest)).toBeUndefined();
  expect((await openParseCache({ ...input, version: "1.0.1" })).tryFind(digest)).toBeUndefined();
});

test("a cache that cannot be read is an empty one", async () => {
  const broken = { ...files, tryReadText: () => Promise.reject(new Error("no permission")) } as Files;
  expect((await openParseCache({ ...input, files: broken })).tryFind(digest)).toBeUndefined();
});
