import { readFileSync } from "node:fs";

interface Examples {
  readonly name: string;
  readonly examples: readonly Payload[];
}

/** A webhook's payload, as far as tests change it. */
export type Payload = Readonly<Record<string, unknown>>;

/** What GitHub really sent of one event (@octokit/webhooks-examples). */
export function examplesOf(event: string): readonly Payload[] {
  const file = require.resolve("@octokit/webhooks-examples");
  const all = JSON.parse(readFileSync(file, "utf8")) as readonly Examples[];
  return all.find((one) => one.name === event)?.examples ?? [];
}

/** The first example of an event with that action, with these members put over it, however deep. */
export function payloadOf(event: string, action: string | undefined, over: Payload = {}): Payload {
  const example = examplesOf(event).find((one) => action === undefined || one["action"] === action);
  if (example === undefined) throw new Error(`there is no example of ${event} ${action ?? ""}`);
  return merged(example, over) as Payload;
}

function merged(into: unknown, over: unknown): unknown {
  if (!isRecord(into) || !isRecord(over)) return over;
  return {
    ...into,
    ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, merged(into[key], value)])),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
