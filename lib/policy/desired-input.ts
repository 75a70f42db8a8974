import type { Instant } from "../model/instant";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { RequestSet } from "../model/request";

/** What a desired state is made of. */
export interface DesiredInput {
  readonly installation: string;
  /** The Manifest that decides. */
  readonly manifest: Manifest;
  readonly requests: RequestSet;
  readonly asOf: Instant;
  readonly state: LogState;
  /** The request set last merged: given, an edit that is more than a narrowing is refused. */
  readonly merged?: RequestSet;
}
