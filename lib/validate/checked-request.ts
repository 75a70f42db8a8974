import type { AccessRequest } from "../model/request";

/** A request and, where it comes from a file, that file. */
export interface CheckedRequest {
  readonly request: AccessRequest;
  readonly file?: string;
  readonly text?: string;
}
