import * as fc from "fast-check";
import { readWayIn, storeWayIn, type WayIn } from "../../../../providers/hoop/objects/way-in";
import { resourceKinds } from "../../../../lib/model/resource";

const names = fc.constantFrom(
  "user",
  "database",
  "password",
  "sslmode",
  "sslMode",
  "ssl-cert",
  "authMechanism",
  "HTTP_HEADER",
  "remote-url",
  "a.b",
);
const way = fc.record<WayIn>(
  {
    host: fc.domain(),
    port: fc.integer({ min: 1, max: 65_535 }),
    settings: fc.dictionary(names, fc.string({ unit: "binary", maxLength: 40 }), { noNullPrototype: true, maxKeys: 5 }),
    secrets: fc.dictionary(fc.constantFrom("password", "token", "private-key"), fc.constant("${env:X}"), {
      noNullPrototype: true,
    }),
  },
  { requiredKeys: ["settings", "secrets"] },
);

function namesOnly(secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(secrets).map((name) => [name, ""]));
}

describe("where a connection leads, as hoop stores it", () => {
  it.each([true, false])("reads back as it was stored, with names of secrets only (stores secrets: %s)", (stores) => {
    fc.assert(
      fc.property(way, fc.constantFrom(...resourceKinds), (value, kind) => {
        const stored = storeWayIn(value, kind, stores);
        if (typeof stored === "string") return;
        const secrets = Object.entries(stored.secretKeys).map(([, key]) => [key, "c2VjcmV0"]);
        const secret = { ...stored.plain, ...(stores ? Object.fromEntries(secrets) : {}) };
        const { host: _host, ...rest } = value;
        // A port without a host leads nowhere and is not stored.
        const { port: _port, ...nowhere } = rest;
        const expected = value.host === undefined && stores ? nowhere : value;
        const read = readWayIn({ secret, tags: stored.tags }, kind, stores);
        expect(read).toEqual({ ...expected, secrets: namesOnly(value.secrets) });
      }),
    );
  });

  it("shows what somebody else put there", () => {
    const stored = storeWayIn({ host: "db", settings: {}, secrets: {} }, "tcp", true);
    if (typeof stored === "string") throw new Error(stored);
    const secret = { ...stored.plain, "envvar:EVIL": "eA==", "filesystem:KEY": "eA==" };
    const read = readWayIn({ secret, tags: stored.tags }, "tcp", true);
    expect(Object.keys(read.settings)).toEqual(["envvar:EVIL", "filesystem:KEY"]);
  });

  it("keeps every tag within what hoop takes", () => {
    const settings = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`name-${at}`, "ünicode ".repeat(5)]));
    const stored = storeWayIn({ host: "db", settings, secrets: { password: "${env:X}" } }, "tcp", false);
    if (typeof stored === "string") throw new Error(stored);
    for (const [tag, text] of Object.entries(stored.tags)) {
      expect(tag).toMatch(/^[a-z0-9-]{1,64}$/);
      expect(text).toMatch(/^[A-Za-z0-9_/+@:=.-]{1,256}$/);
    }
  });

  it.each([
    ["two names that hoop would confuse", { "ssl-mode": "a", ssl_mode: "b" }],
    ["a name that is hoop's own address", { host: "elsewhere" }],
    ["a name that no variable can have", { "9lives": "a" }],
    ["settings beyond what tags hold", { user: "x".repeat(5_000) }],
  ])("refuses %s, in words", (_, settings) => {
    expect(typeof storeWayIn({ settings, secrets: {} }, "tcp", false)).toBe("string");
  });

  it.each(["not base64!", "W10", "bnVsbA", "eyJzZXR0aW5ncyI6bnVsbH0"])("reads the edited tag %j as nothing", (text) => {
    const read = readWayIn({ secret: {}, tags: { "leasehold-settings": text } }, "tcp", false);
    expect(read).toEqual({ settings: {}, secrets: {} });
  });
});
