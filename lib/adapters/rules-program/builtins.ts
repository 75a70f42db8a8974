import assert from "node:assert";
import buffer from "node:buffer";
import { createHash, createHmac, hash, timingSafeEqual } from "node:crypto";
import { builtinModules } from "node:module";
import path from "node:path";
import querystring from "node:querystring";
import stringDecoder from "node:string_decoder";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import url from "node:url";
import util from "node:util";

/** What stands for the modules of Node in a rules program. */
export type Builtins = ReadonlyMap<string, unknown>;

/**
 * The modules of Node that a rules program may import: those that only compute. A list of what is
 * allowed, since a list of what is forbidden is never whole: `vm`, `module`, `v8` and even `events` (whose
 * prototype Node's own objects share) lead back to everything.
 */
export function allowedBuiltins(
  own: Readonly<Record<"fs" | "fs/promises" | "process" | "console", unknown>>,
): Builtins {
  const crypto = Object.freeze({ createHash, createHmac, hash, timingSafeEqual });
  return new Map<string, unknown>([
    ...Object.entries({ assert, buffer, crypto, path, querystring, timers, url, util }),
    ...Object.entries(own),
    ["assert/strict", assert.strict],
    ["path/posix", path.posix],
    ["string_decoder", stringDecoder],
    ["timers/promises", timersPromises],
    ["util/types", util.types],
  ]);
}

/** Whether a name is a module of Node, allowed or not. */
export function isBuiltin(name: string): boolean {
  return names.has(name);
}

const names = new Set(builtinModules);
