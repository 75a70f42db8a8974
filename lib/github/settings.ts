import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { RepositorySettings } from "./settings-types";
import type { RepositoryName } from "./types";

/** Reads what doctor judges. */
export async function readSettings(_github: GitHub, _repository: RepositoryName): Promise<RepositorySettings> {
  throw failure("E900", { fix: "wait for the next commit" });
}
