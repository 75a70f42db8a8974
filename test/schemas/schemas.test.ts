import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import type { ConfigFile } from "../../lib/config/defaults";
import { durationProblem } from "../../lib/request/duration-words";
import { instantProblem } from "../../lib/request/instant-words";
import { limits } from "../../lib/model/limits";
import { tryParseDuration } from "../../lib/model/duration";
import { isIdentifier, tryParseConnectionId, tryParsePrincipal } from "../../lib/model/names";
import type { PlanDocument } from "../../lib/model/plan";
import type { LogRecord } from "../../lib/model/record";
import type { AccessReport } from "../../lib/model/report";
import { parseRequest, writeRequest, type RequestFile } from "../../lib/request";
import { readYaml } from "../../lib/request/yaml";
import { projectRoot } from "../support/folders";
import { accessRequest, connection, identifier, principal } from "../support/arbitraries";
import { schemaNamed, schemaProblems } from "../support/schemas";

const names = readdirSync(join(projectRoot, "schemas")).map((file) => file.replace(/\.json$/, ""));

test.each(names)("%s is a valid schema of 2020-12 with its own $id", (name) => {
  const schema = schemaNamed(name);
  expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
  expect(schema["$id"]).toBe(`https://leasehold.dev/schemas/${name}.json`);
  schemaProblems(name, {});
});

test.each(["request.v1", "config.v1", "plan.v1", "log-record.v1", "diagnostics.v1", "status.v1"])(
  "%s refuses keys that it does not know",
  (name) => {
    expect(schemaProblems(name, { surprise: 1 })).toContainEqual(expect.stringContaining("additional properties"));
  },
);

describe("request.v1", () => {
  test("takes what is written for any request", () => {
    fc.assert(
      fc.property(accessRequest, (request) => {
        const reading = readYaml({ file: "a.yaml", text: writeRequest(request) }, { depth: 16, nodes: 5_000 });
        expect(reading.kind === "value" ? schemaProblems("request.v1", reading.value) : reading).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  const spec = { for: "dev@example.com", access: ["a/b"], startBefore: "2026-11-25T18:00:00Z", reason: "x" };
  const sample = {
    apiVersion: "leasehold/v1",
    kind: "AccessRequest",
    metadata: { name: "a" },
    spec,
  } satisfies RequestFile;

  test("has the bounds of lib/model/limits.ts", () => {
    const withSpec = (more: object) => schemaProblems("request.v1", { ...sample, spec: { ...spec, ...more } });
    const many = (count: number, make: (at: number) => string) => Array.from({ length: count }, (_, at) => make(at));
    expect(withSpec({ reason: "x".repeat(limits.reasonCharacters) })).toEqual([]);
    expect(withSpec({ reason: "x".repeat(limits.reasonCharacters + 1) })).not.toEqual([]);
    expect(withSpec({ ticket: "x".repeat(limits.ticketCharacters) })).toEqual([]);
    expect(withSpec({ ticket: "x".repeat(limits.ticketCharacters + 1) })).not.toEqual([]);
    expect(withSpec({ access: many(limits.requestConnections, (at) => `a${at}/b`) })).toEqual([]);
    expect(withSpec({ access: many(limits.requestConnections + 1, (at) => `a${at}/b`) })).not.toEqual([]);
    expect(withSpec({ for: many(limits.requestPrincipals, (at) => `group:g${at}`) })).toEqual([]);
    expect(withSpec({ for: many(limits.requestPrincipals + 1, (at) => `group:g${at}`) })).not.toEqual([]);
  });

  const text = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(..."aA1.-_/:@PTDHMS dhms+Z"), maxLength: 24 }),
    identifier,
    principal,
    connection,
  );

  test("has the grammar of names of lib/model/names.ts", () => {
    const takes = (more: object) =>
      schemaProblems("request.v1", { ...sample, spec: { ...spec, ...more } }).length === 0;
    fc.assert(
      fc.property(text, (one) => {
        expect(takes({ rule: one })).toBe(isIdentifier(one));
        expect(takes({ for: one })).toBe(tryParsePrincipal(one) !== undefined);
        expect(takes({ access: [one] })).toBe(tryParseConnectionId(one) !== undefined);
      }),
      { numRuns: 2_000 },
    );
  });

  test("takes every duration and instant that is read", () => {
    const takes = (more: object) =>
      schemaProblems("request.v1", { ...sample, spec: { ...spec, ...more } }).length === 0;
    const duration = fc.oneof(
      fc.stringMatching(/^(\d{1,4}d)?(\d{1,4}h)?(\d{1,4}m)?(\d{1,4}s)?$/),
      fc.stringMatching(/^P(\d{1,3}D)?(T(\d{1,3}H)?(\d{1,3}M)?(\d{1,3}S)?)?$/),
      text,
    );
    fc.assert(
      fc.property(duration, (one) => {
        if (tryParseDuration(one) !== undefined) expect(takes({ duration: one })).toBe(true);
        if (!takes({ duration: one })) expect(durationProblem(one, limits.durationSeconds)).toBeDefined();
      }),
      { numRuns: 2_000 },
    );
    const instant = fc.stringMatching(
      /^20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,3})?(Z|[+-][01]\d:[0-5]\d)$/,
    );
    fc.assert(
      fc.property(fc.oneof(instant, text), (one) => {
        if (instantProblem(one) === undefined) expect(takes({ startBefore: one })).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("is no laxer than what is read: a file that fits it fails only for what a schema cannot say", () => {
    const parsing = parseRequest({ file: "a", text: JSON.stringify(sample) });
    expect(parsing.kind).toBe("request");
  });
});

test("config.v1 takes what the type says", () => {
  const sample = {
    apiVersion: "leasehold/v1",
    kind: "Config",
    installation: "6f0c1a2b",
    app: "access.ts",
    requests: "requests/**/*.yaml",
    gateways: {
      main: {
        provider: "embedded",
        directory: "x",
        url: "http://127.0.0.1",
        keys: { write: "${env:A}" },
        users: "declared",
      },
      prod: { provider: "hoop", url: "https://h", agent: "7f3c9e0a-1b2c-4d5e-8f90-123456789abc", users: "existing" },
      test: { provider: "memory" },
    },
    log: { store: "postgres", url: "${env:LOG}" },
    approvals: "github",
    limits: { maxDuration: "1h", startWithin: "1d", approvalValidFor: "1d", bulkRemovals: { count: 1, percent: 1 } },
    protected: ["a@example.com"],
  } satisfies ConfigFile;
  expect(schemaProblems("config.v1", sample)).toEqual([]);
});

const instant = "2026-11-25T18:00:00.000Z";
const digest = "0".repeat(64);
const grant = "a".repeat(26);

test("plan.v1 takes what the type says, and nothing that is a little else", () => {
  const plan = {
    digest,
    planVersion: 1,
    installation: "6f0c1a2b",
    base: { policy: null, manifest: digest, requests: digest, grants: digest, observed: "log" },
    actions: [
      {
        family: "configuration",
        kind: "create",
        gateway: "main",
        subject: { kind: "user", name: "a@example.com" },
        before: null,
        after: { kind: "user", name: "a@example.com", displayName: "A", active: true },
        reason: "declared",
        direction: "neutral",
        observed: null,
        waitsForPolicy: false,
      },
      {
        family: "lease",
        kind: "activate",
        gateway: "main",
        subject: {
          grant,
          request: "r",
          person: "a@example.com",
          connection: "a/b",
          gatewayName: "a-b",
          resource: "a",
          level: "b",
        },
        before: null,
        after: { durationSeconds: 60 },
        reason: "requested",
        class: "critical",
        direction: "widens",
        observed: digest,
        waitsForPolicy: true,
        guardrails: [],
        maskingRules: [],
        effective: { before: "none", after: "read" },
      },
    ],
    waiting: [{ grant, request: "r", person: "p", connection: "a/b", why: "starts later", startBefore: instant }],
    refusals: [{ request: "r", reason: "no rule", sentence: "s", fix: "f" }],
    approvals: [{ request: "r", grants: [grant], rule: "x", steps: ["s"] }],
    drift: [{ kind: "open way", gateway: "main", subject: "x", sentence: "s" }],
    notes: [{ kind: "lapsed", subject: "r", sentence: "s" }],
    heldRemovals: 0,
  } satisfies PlanDocument;
  expect(schemaProblems("plan.v1", plan)).toEqual([]);
  expect(schemaProblems("plan.v1", { ...plan, heldRemovals: 1.5 })).not.toEqual([]);
  expect(schemaProblems("plan.v1", { ...plan, planVersion: 2 })).not.toEqual([]);
  expect(schemaProblems("plan.v1", { ...plan, waiting: [{ ...plan.waiting[0], grant: "A" }] })).not.toEqual([]);
  expect(schemaProblems("plan.v1", { ...plan, base: { ...plan.base, policy: "x" } })).not.toEqual([]);
});

test("log-record.v1 takes what the type says, and nothing that is a little else", () => {
  const record = {
    sequence: 1,
    epoch: 1,
    time: instant,
    previous: digest,
    body: {
      type: "grant.rejected",
      reason: "too late",
      detail: "d",
      facts: {
        grant,
        request: "r",
        person: "a@example.com",
        connection: "a/b",
        gateway: "main",
        gatewayName: "a-b",
        level: "b",
        resource: "a",
        class: "low",
        rule: "x",
        ruleDigest: digest,
        reason: "why",
      },
    },
  } satisfies LogRecord;
  expect(schemaProblems("log-record.v1", record)).toEqual([]);
  expect(schemaProblems("log-record.v1", { ...record, body: { ...record.body, reason: "because" } })).not.toEqual([]);
  expect(schemaProblems("log-record.v1", { ...record, body: { type: "unheard-of" } })).not.toEqual([]);
  expect(schemaProblems("log-record.v1", { ...record, time: "2026-11-25" })).not.toEqual([]);
});

test("status.v1 takes what the type says", () => {
  const report = {
    reportVersion: 1,
    at: instant,
    installation: "6f0c1a2b",
    head: { sequence: 3, hash: digest, epoch: 1 },
    verified: true,
    rows: [
      {
        grant,
        request: "r",
        person: "a@example.com",
        connection: "a/b",
        resource: "a",
        level: "b",
        class: "low",
        gateway: "main",
        phase: "active",
        end: instant,
        reason: "why",
        rule: "x",
        approvers: [],
      },
    ],
    optOuts: [],
  } satisfies AccessReport;
  expect(schemaProblems("status.v1", report)).toEqual([]);
  expect(schemaProblems("status.v1", { ...report, verified: "yes" })).not.toEqual([]);
});
