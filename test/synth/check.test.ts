import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isFailure } from "../../lib/errors";
import { synthesize } from "../../lib/index";
import { limits } from "../../lib/model/limits";
import type { Manifest } from "../../lib/model/manifest";
import * as names from "../../lib/model/names";
import { resourceClasses, resourceKinds } from "../../lib/model/resource";
import { checkManifest, checkSynthesis } from "../../lib/synth/check";
import { governed } from "../support/governed";
import { issueExample } from "./issue-example";

const sound = synthesize(issueExample(), governed);
const request = {
  name: "ask",
  for: ["sam@example.com"],
  access: ["orders-db/read"],
  startBefore: "2026-11-25T18:00:00.000Z",
  reason: "why",
};

function schemaOf(name: string): {
  readonly $defs: Readonly<Record<string, { pattern?: string; enum?: readonly string[] }>>;
} {
  return JSON.parse(readFileSync(join(__dirname, "../../schemas", name), "utf8"));
}

/** The error of checking a claim, or undefined when it passes. */
function refusalOf(manifest: unknown, requests: unknown = []): string | undefined {
  try {
    checkSynthesis({ manifest, requests, governed });
    return undefined;
  } catch (error) {
    if (isFailure(error, "input") && error.code === "E204") return error.message;
    throw error;
  }
}

const withRule = (change: object): unknown => ({
  ...sound.manifest,
  rules: sound.manifest.rules.map((rule) => ({ ...rule, ...change })),
});

describe("a claimed synthesis", () => {
  test("passes when it is what synth makes, also after it went through JSON", () => {
    const claim = JSON.parse(JSON.stringify(sound.manifest));
    expect(checkSynthesis({ manifest: claim, requests: [request], governed })).toEqual({
      manifest: sound.manifest,
      requests: [request],
    });
  });

  test("has the governed part that is given, whatever it claims", () => {
    const claim = {
      ...sound.manifest,
      approvals: "github",
      limits: undefined,
      protected: ["eve@example.com"],
      gateways: {},
    };
    expect(checkSynthesis({ manifest: claim, requests: [], governed }).manifest).toEqual(sound.manifest);
  });

  test.each<[string, unknown]>([
    ["no object", "x"],
    ["null", null],
    ["a list", []],
    ["an unknown key", { ...sound.manifest, extra: 1 }],
    ["another version", { ...sound.manifest, manifestVersion: 2 }],
    ["no rules", { ...sound.manifest, rules: undefined }],
    ["a policy that anybody may edit", { ...sound.manifest, policyApproval: [] }],
    [
      "a rule that asks for no approvals",
      withRule({ approval: { steps: [{ approvals: 0, from: { kind: "groups", groups: ["sre"] } }] } }),
    ],
    ["a fraction of a second", withRule({ maxDurationSeconds: 3600.5 })],
    ["a lease for ever", withRule({ maxDurationSeconds: limits.durationSeconds + 1 })],
    ["a person who is none", withRule({ who: ["*"] })],
    ["a connection that is not declared", withRule({ may: ["orders-db/admin"] })],
    ["a hidden way out of a path", withRule({ path: "a\u001b[2J" })],
    [
      "a secret in clear",
      {
        ...sound.manifest,
        connections: sound.manifest.connections.map((one) => ({ ...one, secrets: { password: "hunter2" } })),
      },
    ],
    [
      "a group in itself",
      { ...sound.manifest, groups: sound.manifest.groups.map((one) => ({ ...one, groups: [one.name] })) },
    ],
  ])("does not pass with %s", (_title, claim) => {
    expect(refusalOf(claim)).toContain("E204");
  });

  test.each<[string, unknown]>([
    ["no list", {}],
    ["an unknown person", [{ ...request, for: ["eve@example.com"] }]],
    ["a reason of two lines", [{ ...request, reason: "a\nb" }]],
    ["an instant in another form", [{ ...request, startBefore: "2026-11-25T18:00:00Z" }]],
    ["an unknown key", [{ ...request, approved: true }]],
    ["one name twice", [request, request]],
  ])("does not pass with requests that are %s", (_title, requests) => {
    expect(refusalOf(sound.manifest, requests)).toContain("E204");
  });

  test("does not pass with a condition that is too deep, however deep", () => {
    for (const depth of [limits.documentDepth + 1, 1_000, 100_000]) {
      let when: unknown = { kind: "level", levels: ["read"] };
      for (let level = 1; level < depth; level += 1) when = { kind: "not", of: when };
      expect(refusalOf(withRule({ approval: { automatic: { when, never: [] }, steps: [] } }))).toMatch(/deep/);
    }
  });

  test("does not pass with groups whose members would fill the memory, and says so at once", () => {
    const users = Array.from({ length: 19_000 }, (_, n) => ({ email: `u${n}@example.com` }));
    const all = { name: "all", members: users.map((user) => user.email), groups: [] };
    const groups = Array.from({ length: 19_000 }, (_, n) => ({ name: `g${n}`, members: [], groups: ["all"] }));
    const refusal = refusalOf({
      ...sound.manifest,
      users,
      groups: [all, ...groups],
      rules: [],
      policyApproval: sound.manifest.policyApproval,
    });
    expect(refusal).toContain("the groups have more than 3000000 members together");
  });

  test("either passes or is refused by the catalogued error, wherever something strange stands in it", () => {
    const text = JSON.stringify(sound.manifest);
    const strange = fc.oneof(
      fc.constantFrom<unknown>(null, -1, 1e300, "", "__proto__", [], {}, true),
      fc.string(),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.nat(), strange, (where, value) => {
        let left = where % 200;
        const claim: Manifest = JSON.parse(text, (_key, seen: unknown) => (left-- === 0 ? value : seen));
        const refusal = refusalOf(claim);
        if (refusal === undefined) expect(() => checkManifest({ ...claim, ...governed })).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

test("the schema has the grammar and the closed lists of the model", () => {
  const { $defs } = schemaOf("manifest.v1.json");
  expect($defs["identifier"]?.pattern).toBe(names.identifierPattern);
  expect($defs["email"]?.pattern).toBe(names.emailPattern);
  expect($defs["label"]?.pattern).toBe(names.labelPattern);
  expect($defs["class"]?.enum).toEqual(resourceClasses);
  const text = readFileSync(join(__dirname, "../../schemas/manifest.v1.json"), "utf8");
  for (const pattern of [names.gatewayNamePattern, names.githubLoginPattern])
    expect(text).toContain(JSON.stringify(pattern));
  for (const kind of resourceKinds) expect(text).toContain(`"${kind}"`);
});

test("both schemas agree on what they share", () => {
  const manifest = schemaOf("manifest.v1.json").$defs;
  const { request: _own, ...shared } = schemaOf("request-set.v1.json").$defs;
  for (const [name, definition] of Object.entries(shared)) expect(manifest[name]).toEqual(definition);
});
