import type { AccessRequest } from "../model/request";

/** A request and the file that it comes from. */
export interface LoadedRequest {
  readonly request: AccessRequest;
  /** Path relative to the root, with `/`. */
  readonly file: string;
  /** What the file says: where the places of its values are found. */
  readonly text: string;
}
