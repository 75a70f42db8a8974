import type { RecordType } from "../model/record";

/**
 * Whether the body of a record has the fields that its type needs, each of the right kind; undefined
 * when it has, else what is wrong. Hand-written, because a Log is read at hundreds of thousands of
 * records a second; schemas/log-record.v1.json says the same for others. Fields it does not know are let be.
 */
export function shapeFlaw(body: Readonly<Record<string, unknown>>): string | undefined {
  const type = body["type"] as string;
  const fields = checksByType.get(type);
  if (fields === undefined) return `\`${type.slice(0, 40)}\` is no type of record that this version knows`;
  for (const field of fields) {
    if (!field.check(body[field.name])) return `\`${field.name}\` of \`${type}\` is missing or wrong`;
  }
  return undefined;
}

/** What is wrong with the body of an entry of the spool; undefined when nothing is. */
export function spoolBodyFlaw(body: Readonly<Record<string, unknown>>): string | undefined {
  const fields = spoolShapes.get(body["kind"] as string);
  if (fields === undefined) return "its `kind` is unknown";
  return fields(body) ? undefined : "a field is missing or wrong";
}

/** Whether something is an object, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether something is a SHA-256 in 64 lower-case hexadecimal digits. */
export function isDigest(value: unknown): value is string {
  return typeof value === "string" && value.length === 64 && digestPattern.test(value);
}

/** Whether something is an instant in the one form that is written. */
export function isInstant(value: unknown): value is string {
  return typeof value === "string" && value.length === 24 && instantPattern.test(value);
}

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const digestPattern = /^[0-9a-f]{64}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const grantPattern = /^[a-z2-7]{26}$/;

const text: Check = (value) => typeof value === "string";
const flag: Check = (value) => typeof value === "boolean";
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const grant: Check = (value) => typeof value === "string" && value.length === 26 && grantPattern.test(value);
const list =
  (of: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(of);
const optional =
  (of: Check): Check =>
  (value) =>
    value === undefined || of(value);
const oneOf = (...values: readonly string[]): Check => {
  const set: ReadonlySet<unknown> = new Set(values);
  return (value) => set.has(value);
};
const object = (shape: Shape): Check => {
  const fields = Object.entries(shape);
  return (value) => isObject(value) && fields.every(([name, check]) => check(value[name]));
};
const orNull =
  (of: Check): Check =>
  (value) =>
    value === null || of(value);

const actor = object({
  id: text,
  githubId: optional(count),
  authenticatedBy: oneOf("gateway", "github", "unauthenticated", "self"),
});
const facts = object({
  grant,
  request: text,
  person: text,
  connection: text,
  gateway: text,
  gatewayName: text,
  level: text,
  resource: text,
  class: text,
  rule: text,
  ruleDigest: isDigest,
  reason: text,
  ticket: optional(text),
});
const endReason = oneOf(
  "expired",
  "revoked",
  "given back",
  "ended outside",
  "request removed",
  "no longer eligible",
  "opted out",
  "never confirmed",
);
const rejectReason = oneOf(
  "too late",
  "spent",
  "request removed",
  "refused by a rule",
  "opted out",
  "given back",
  "unapproved merge",
  "cannot be held",
);
const named = object({ name: text, digest: isDigest });
const subject = object({ kind: text, name: text });
const gatewayObject = orNull(subject);
const optOut = object({
  id: text,
  person: text,
  from: (value) =>
    isObject(value) &&
    ((value["kind"] === "rule" && text(value["rule"])) || (value["kind"] === "class" && text(value["class"]))),
  by: actor,
  at: isInstant,
});
const approval = object({
  request: text,
  person: text,
  by: actor,
  at: isInstant,
  source: oneOf("local", "github"),
  items: list(object({ kind: text })),
  policy: isDigest,
  commit: optional(text),
});
/** Depth 32: a Decision's tree is a handful of levels, a hostile one must not eat the stack. */
const node =
  (depth: number): Check =>
  (value) =>
    depth > 0 &&
    isObject(value) &&
    text(value["kind"]) &&
    text(value["verdict"]) &&
    text(value["sentence"]) &&
    list(node(depth - 1))(value["children"]);
const decision = object({
  grant,
  request: text,
  verdict: oneOf("approved", "waiting", "refused"),
  by: oneOf("automatic", "people", "nobody"),
  approvers: list(text),
  tree: node(32),
});

const mergeFacts = object({
  commit: text,
  pull: optional(count),
  authors: list(text),
  unverified: flag,
  noAutomatic: optional(flag),
  widening: isDigest,
  policy: isDigest,
  rosters: list(object({ group: text, people: list(text) })),
  requests: list(text),
  snapshot: optional(isDigest),
  refused: optional(
    object({ requests: list(text), edit: optional(oneOf("not accepted")), diagnostics: optional(isDigest) }),
  ),
  untold: optional((value) => value === true),
});

const shapes: Readonly<Record<RecordType, Shape>> = {
  "log.opened": { installation: text, format: count },
  "epoch.taken": { epoch: count, holder: text },
  "policy.accepted": {
    manifest: isDigest,
    by: actor,
    bootstrap: flag,
    commit: optional(text),
    spent: list(text),
    governed: optional(isDigest),
    pinned: optional(list(object({ person: text, login: text, id: count }))),
  },
  "merge.decided": { merge: mergeFacts, verdict: text },
  "merge.told": { commit: text },
  "requests.merged": {
    set: isDigest,
    by: actor,
    commit: optional(text),
    added: list(named),
    narrowed: list(named),
    removed: list(text),
  },
  "request.refused": { request: text, why: text, final: flag },
  "approval.given": { approval },
  "decision.made": { decision, policy: isDigest },
  "grant.rejected": { facts, reason: rejectReason, detail: text, spool: optional(text) },
  "activation.intended": { facts, end: isInstant, leaseEnd: isInstant },
  "activation.done": {
    grant,
    activatedAt: isInstant,
    observedEnd: isInstant,
    worstCaseEnd: isInstant,
    sealed: optional(text),
  },
  "activation.failed": { grant, detail: text, retry: flag },
  "change.intended": { grant, generation: count, leaseEnd: isInstant, end: optional(isInstant) },
  "change.done": { grant, generation: count, observedEnd: isInstant },
  "change.failed": { grant, generation: count, detail: text },
  "ending.intended": { grant, reason: endReason, by: actor, spool: optional(text) },
  "ending.done": { grant, reason: endReason, at: isInstant, by: actor, sessionsCut: count, leaseStays: flag },
  "ending.refused": { grant, day: text, detail: text },
  "stray.ended": { gateway: text, person: text, gatewayName: text, grant: optional(grant) },
  "configuration.intended": { gateway: text, subject, value: gatewayObject },
  "configuration.done": {
    gateway: text,
    subject,
    value: gatewayObject,
    ref: optional(text),
    secretsUpdatedAt: optional(text),
  },
  "configuration.failed": { gateway: text, subject, detail: text },
  "optout.set": { optOut, spool: optional(text) },
  "optout.lifted": { id: text, by: actor },
  "freeze.set": { by: actor, note: text, spool: optional(text) },
  "freeze.lifted": { by: actor },
  "removals.confirmed": { count, by: actor },
  "drift.seen": { gateway: text, sentences: list(text) },
  "recovery.started": { why: text },
  "recovery.adopted": { facts, end: isInstant, activatedAt: isInstant, generation: count },
  "recovery.completed": { by: actor, spent: list(text) },
};

const checksByType: ReadonlyMap<string, readonly { readonly name: string; readonly check: Check }[]> = new Map(
  Object.entries(shapes).map(([type, shape]) => [
    type,
    Object.entries(shape).map(([name, check]) => ({ name, check })),
  ]),
);

const spoolShapes: ReadonlyMap<string, Check> = new Map([
  [
    "end",
    object({
      grants: list(grant),
      reason: endReason,
      by: actor,
      note: optional(text),
      done: optional(list(object({ grant, at: isInstant, sessionsCut: count, heldSequence: optional(count) }))),
    }),
  ],
  ["opt-out", object({ optOut })],
  ["freeze", object({ by: actor, note: text })],
]);
