/** What a route answers, and how it refuses. */
import type { Behaviour } from "../behaviour";

/** An answer; without `json` and `text` it has no body. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  /** A body that is not JSON. */
  readonly text?: string;
  /** Left out: `application/json; charset=utf-8` with a body, none without. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** True of endings: they are told also while the journal cannot be written. */
  readonly survivesDisk?: true;
}

/** 200 with a JSON body. */
export function ok(json: unknown): Reply {
  return { status: 200, json };
}

/** 201 with a JSON body. */
export function created(json: unknown): Reply {
  return { status: 201, json };
}

/** 204. */
export const noContent: Reply = { status: 204 };

/** A refusal as hoop says it: a status and `{"message": …}`. */
export class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Refuses a call. */
export function refuse(status: number, message: string): never {
  throw new ApiRefusal(status, message);
}

/** Refuses an ordinary mistake: hoop calls some of them 500. */
export function refuseMistake(behaviour: Behaviour, status: number, message: string): never {
  throw new ApiRefusal(behaviour.mistakesAreServerErrors ? 500 : status, message);
}

/** Refuses what this gateway does not have, in words. */
export function refuseLacking(what: string): never {
  throw new ApiRefusal(501, `the embedded gateway does not have this: ${what}`);
}
