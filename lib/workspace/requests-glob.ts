import { failure } from "../errors";
import type { Config } from "../model/config";
import { tryParseGlob, type Glob } from "../request";

/** The glob of a config's request files; leasehold.yaml is held to its grammar when it is read. */
export function requestsGlob({ requests }: Pick<Config, "requests">): Glob {
  const glob = tryParseGlob(requests);
  if (glob !== undefined) return glob;
  throw failure("E701", { detail: `requests: \`${requests}\` is no glob`, fix: "write requests: requests/**/*.yaml" });
}
