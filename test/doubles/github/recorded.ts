/** Answers and events that GitHub really gave, and how ours differ from them in shape. */
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { projectRoot } from "../../support/folders";

/** What may differ, as JSON pointers: all below one is left alone too. */
export interface Leave {
  /** Fields of ours that came after the recording. */
  readonly later?: readonly string[];
  /** Fields of the recording that GitHub does not give any more, or that we do not model. */
  readonly older?: readonly string[];
}

/** The answer of one call of a scenario of @octokit/fixtures. */
export function recorded(scenario: string, index: number): readonly unknown[] {
  const folder = "node_modules/@octokit/fixtures/scenarios/api.github.com";
  const path = join(projectRoot, folder, scenario, "normalized-fixture.json");
  const calls = JSON.parse(readFileSync(path, "utf8")) as readonly { readonly response: unknown }[];
  const call = calls[index];
  if (call === undefined) throw new Error(`No call ${index} in ${scenario}.`);
  return [call.response];
}

/** The payloads of an event, of one action or ("") of all, in @octokit/webhooks-examples. */
export function examplesOf(name: string, action: string): readonly unknown[] {
  const path = join(projectRoot, "node_modules/@octokit/webhooks-examples/api.github.com/index.json");
  const events = JSON.parse(readFileSync(path, "utf8")) as readonly Event[];
  const examples = events.find((event) => event.name === name)?.examples ?? [];
  return examples.filter((one) => action === "" || one.action === action);
}

interface Event {
  readonly name: string;
  readonly examples: readonly { readonly action?: string }[];
}

/**
 * How a value of ours differs from recorded ones: a field that none of them has, one that all of them have and ours has not,
 * and one of another type. `null` and an empty list fit every type.
 */
export function differences(ours: unknown, theirs: readonly unknown[], leave: Leave = {}): readonly string[] {
  const later = leave.later ?? [];
  const older = leave.older ?? [];
  const found: string[] = [];
  compare(ours, theirs, "");
  return found;

  function compare(own: unknown, real: readonly unknown[], at: string): void {
    const known = real.filter((one) => one !== null);
    if (own === null || known.length === 0) return;
    if (!known.some((one) => typeOf(one) === typeOf(own))) {
      if (!isLeft(later, at)) found.push(`${at}: ${typeOf(own)} instead of ${typeOf(known[0])}`);
      return;
    }
    if (Array.isArray(own)) return compareLists(own, known.filter(Array.isArray).flat(), at);
    if (typeof own !== "object") return;
    const objects = known.filter((one) => typeOf(one) === "object") as Readonly<Record<string, unknown>>[];
    const mine = own as Readonly<Record<string, unknown>>;
    for (const key of new Set([...Object.keys(mine), ...objects.flatMap(Object.keys)])) {
      const pointer = `${at}/${key}`;
      const having = objects.filter((one) => key in one);
      if (!(key in mine) || mine[key] === undefined) {
        if (having.length === objects.length && !isLeft(older, pointer)) found.push(`${pointer}: missing`);
      } else if (having.length === 0) {
        if (!isLeft(later, pointer)) found.push(`${pointer}: not on GitHub`);
      } else
        compare(
          mine[key],
          having.map((one) => one[key]),
          pointer,
        );
    }
  }

  function compareLists(own: readonly unknown[], real: readonly unknown[], at: string): void {
    if (real.length > 0 && own.length > 0) compare(own[0], real, `${at}/0`);
  }
}

function isLeft(leave: readonly string[], pointer: string): boolean {
  return leave.some(
    (one) =>
      pointer === one ||
      pointer.startsWith(`${one}/`) ||
      (pointer.endsWith(one.replace(/^\*/, "")) && one.startsWith("*")),
  );
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}
