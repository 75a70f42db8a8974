import { join } from "node:path";
import { startThread } from "../adapters/thread";
import { tryFindUserCache } from "../adapters/user-cache";
import type { Files } from "../ports";
import { openParseCache, type LoadInput } from "../request";

/** What makes reading many request files fast; a port of `loadRequests`. */
export type Parsing = Required<Pick<LoadInput, "openCache" | "startThread">>;

/** Parsing with this user's cache and a second thread. */
export function fastParsing(input: {
  readonly files: Files;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The directory of leasehold.yaml, absolute. */
  readonly repository: string;
  readonly version: string;
}): Parsing {
  return {
    openCache: async () => {
      const place = tryFindUserCache(input);
      return place === undefined ? undefined : openParseCache({ ...place, files: input.files, version: input.version });
    },
    startThread: () => startThread(join(__dirname, "..", "request", "parse-worker.js")),
  };
}
