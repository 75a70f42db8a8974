/** A route of the API, independent of the HTTP library. */
import type { Gateway } from "../gateway";
import type { Caller } from "../identity/caller";
import type { Reply } from "./reply";

/** Who may call a route: nobody in particular, anybody known, admins and auditors, admins, or API keys only. */
export type Audience = "anyone" | "caller" | "auditor" | "admin" | "key";

/** One call. */
export interface Call {
  readonly gateway: Gateway;
  readonly caller: Caller;
  /** A part of the path; empty when the route has no such part. */
  param(name: string): string;
  query(name: string): string | undefined;
  /** The body as text; empty without one. */
  readonly body: string;
  readonly clientIp: string;
}

/** How a write is named in the audit log. */
export interface Audited {
  readonly resource: string;
  readonly action: "create" | "update" | "delete" | "revoke";
}

/** One route. `path` is below `/api`, with `:name` for its parts. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly who: Audience;
  readonly audit?: Audited;
  /** Not in hoop's audit log, but in the embedded gateway's. */
  readonly auditedByUsOnly?: true;
  /** Whether this call only takes access away: it is taken also while the journal cannot be written. */
  endsAccess?(call: Call): boolean;
  run(call: Call): Reply | Promise<Reply>;
}
