/** QUALITY.md, bar 11 for the embedded gateway: fuzzed HTTP bodies on every route that writes. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { ApiRefusal } from "../../providers/embedded/api/reply";
import type { Route } from "../../providers/embedded/api/route";
import { allRoutes } from "../../providers/embedded/api/routes";
import { builtInPlugins } from "../../providers/embedded/api/plugins";
import { embeddedBehaviour, type Behaviour } from "../../providers/embedded";
import type { Gateway } from "../../providers/embedded/gateway";
import { GrantEnds } from "../../providers/embedded/proxy/ends";
import { LiveSessions } from "../../providers/embedded/proxy/live";
import type { Change } from "../../providers/embedded/store/rows";
import type { Store } from "../../providers/embedded/store/store";
import { MemoryTables } from "../../providers/embedded/store/tables";
import { timeOf } from "../../providers/embedded/time";
import { hoopBehaviour } from "../doubles/hoop";

/** Bodies in all; 1,000,000 with LEASEHOLD_FUZZ=1000000. fast-check prints the seed of a failure. */
const bodies = Number(process.env["LEASEHOLD_FUZZ"] ?? "20000");

const ids = [
  "alice@example.com",
  "orders-read",
  "__proto__",
  "../..",
  "\u0000",
  "11111111-2222-4333-8444-555555555555",
];

/** One body per shape that is taken, to be cut, spliced and repeated. */
const good = [
  { email: "alice@example.com", name: "Alice", status: "active", groups: ["engineering"] },
  { user_email: "alice@example.com", connection: "orders-read", access_duration_sec: 60, metadata: { a: { b: [1] } } },
  { status: "REVOKED", rejection_reason: "x", force_review: false },
  {
    name: "orders-read",
    type: "custom",
    subtype: "tcp",
    agent_id: "11111111-2222-4333-8444-555555555555",
    secret: { "envvar:HOST": "aA==" },
    connection_tags: { env: "prod" },
    access_mode_connect: "enabled",
    access_mode_exec: "disabled",
    access_mode_runbooks: "disabled",
    access_schema: "disabled",
    guardrail_rules: [],
  },
  { name: "access_control", connections: [{ id: "x", config: ["dba"] }], config: ["dba", null] },
  {
    name: "gate",
    access_type: "jit",
    connection_names: ["orders-read"],
    approval_required_groups: [],
    reviewers_groups: ["dba"],
    all_groups_must_approve: true,
    force_approval_groups: [],
  },
  { name: "g", input: { rules: [{ type: "pattern_match", pattern_regex: "(", words: [""] }] }, connection_ids: ["x"] },
  { name: "m", supported_entity_types: [{ name: "PII", entity_types: ["EMAIL"] }], score_threshold: 0.5 },
].map((body) => JSON.stringify(body));

const pieces = [
  "{",
  "}",
  "[",
  "]",
  '"',
  ":",
  ",",
  "\\",
  "null",
  "true",
  "-1",
  "1e999",
  "1.5",
  "9007199254740993",
  '""',
];
const names = [
  '"__proto__":{"polluted":1},',
  '"constructor":{"prototype":{"polluted":1}},',
  '"toString":1,',
  '"\\u0000":1,',
];
const hostile = ["\u0000", "\ud800", "\u202e", "[".repeat(500), "x".repeat(5000), ...pieces, ...names];

const edit = fc.record({ at: fc.nat(300), cut: fc.nat(20), piece: fc.constantFrom(...hostile) });
const body = fc.tuple(fc.constantFrom(...good), fc.array(edit, { maxLength: 3 })).map(([text, edits]) => {
  let edited = text;
  for (const { at, cut, piece } of edits) edited = `${edited.slice(0, at)}${piece}${edited.slice(at + cut)}`;
  return edited;
});

/** Routes that answer without waiting for anything: passwords are derived elsewhere. */
const writes = allRoutes.filter((route) => route.method !== "GET" && !route.path.startsWith("/localauth"));

describe.each([
  ["embedded", embeddedBehaviour],
  ["hoop", hoopBehaviour],
])("the %s gateway", (_name, behaviour) => {
  test(
    `takes or refuses ${bodies} fuzzed bodies in words: no crash, no prototype written`,
    async () => {
      const gateway = gatewayOf(behaviour);
      const prototype = Object.getOwnPropertyNames(Object.prototype);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...writes), fc.constantFrom(...ids), body, async (route, id, text) => {
          const message = await runOn(gateway, route, id, text);
          assert.ok(message === undefined || message.length > 0);
        }),
        { numRuns: Math.ceil(bodies / 2) },
      );
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototype);
      expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
      for (const change of (gateway.store.view as MemoryTables).snapshot())
        expect(Object.keys(change)).toEqual(["table", "put"]);
    },
    60_000 + bodies * 5,
  );
});

/** Runs a route; gives the words of a refusal. Anything else that is thrown fails the test. */
async function runOn(gateway: Gateway, route: Route, id: string, text: string): Promise<string | undefined> {
  const caller = { kind: "key", id: "k", name: "key", email: "key", groups: ["admin"], role: "admin" } as const;
  try {
    const call = { gateway, caller, param: () => id, query: () => undefined, body: text, clientIp: "127.0.0.1" };
    const { json, status } = await route.run(call);
    assert.ok(status < 500);
    JSON.stringify(json);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ApiRefusal, error as Error);
    return error.message;
  }
}

/** A gateway without disk and network: the same routes over the same rows. */
function gatewayOf(behaviour: Behaviour): Gateway {
  const tables = new MemoryTables();
  const store = storeOf(tables);
  const random = { bytes: (count: number) => randomBytes(count) };
  const time = timeOf({ now: () => new Date().toISOString() });
  store.commit(builtInPlugins({ random }));
  const ends = new GrantEnds(store, time, behaviour);
  ends.close();
  return {
    store,
    time,
    random,
    behaviour,
    accidents: {},
    live: new LiveSessions(store, time, behaviour, {}),
    ends,
    signingKey: random.bytes(32),
    keyByHash: () => undefined,
    organisation: "o",
    url: () => "http://127.0.0.1:1",
    note: () => undefined,
    lastUsed: new Map(),
  };
}

function storeOf(view: MemoryTables): Store {
  const listeners: ((changes: readonly Change[]) => void)[] = [];
  return {
    view,
    failing: false,
    commit: (changes) => {
      for (const change of changes) view.apply(JSON.parse(JSON.stringify(change)) as Change);
      for (const listener of listeners) listener(changes);
    },
    durable: () => Promise.resolve(),
    onCommit: (listener) => listeners.push(listener),
    close: () => Promise.resolve(),
  };
}
