import * as fc from "fast-check";
import { governedConfig, parseConfig } from "../../lib/config";
import { canonicalJson } from "../../lib/model/canonical";
import { renderDiagnostics } from "../../lib/render/diagnostics";

const head = "apiVersion: leasehold/v1\nkind: Config\ninstallation: 6f0c1a2b\n";
const small = `${head}gateways:\n  main: { provider: embedded }\n`;

const whole = `${head}app: rules/access.ts
requests: teams/**/requests/*.yaml
gateways:
  main: { provider: embedded, directory: .gateway, url: http://127.0.0.1:8009/, users: existing }
  prod:
    provider: hoop
    url: https://hoop.internal/api/
    keys: { write: "\${env:HOOP_WRITE}", observe: "\${file:/run/secrets/hoop}" }
    agent: 7F3C9E0A-1B2C-4D5E-8F90-123456789ABC
    users: declared
  test: { provider: memory }
log: { store: git }
approvals: github
limits: { maxDuration: 12h, startWithin: 14d, approvalValidFor: 7d, bulkRemovals: { count: 3, percent: 0 } }
protected: [root@example.com, admin@example.com, "group:platform"]
`;

function config(text: string) {
  const parsing = parseConfig({ file: "leasehold.yaml", text });
  if (parsing.kind === "problems") throw new Error(renderDiagnostics(parsing.diagnostics, { format: "text" }));
  return parsing.config;
}

/** `line:column code detail` */
function problems(text: string): readonly string[] {
  const parsing = parseConfig({ file: "leasehold.yaml", text });
  if (parsing.kind === "config") return [];
  return parsing.diagnostics.map((one) => `${one.where?.line}:${one.where?.column} ${one.code} ${one.detail}`);
}

test("a small config has every default", () => {
  expect(config(small)).toEqual({
    installation: "6f0c1a2b",
    app: "access.ts",
    requests: "requests/**/*.yaml",
    gateways: { main: { provider: "embedded", directory: ".leasehold/gateway", users: "declared" } },
    log: {
      store: "file",
      path: ".leasehold/log",
      anchors: { file: ".leasehold/anchors.jsonl", publicKeys: [] },
    },
    approvals: "local",
    limits: {
      maxDurationSeconds: 7 * 86_400,
      startWithinSeconds: 30 * 86_400,
      approvalValidForSeconds: 30 * 86_400,
      bulkRemovals: { count: 5, percent: 10 },
    },
    protected: [],
  });
});

test("a whole config says what it says", () => {
  expect(config(whole)).toEqual({
    installation: "6f0c1a2b",
    app: "rules/access.ts",
    requests: "teams/**/requests/*.yaml",
    gateways: {
      main: { provider: "embedded", directory: ".gateway", url: "http://127.0.0.1:8009", users: "existing" },
      prod: {
        provider: "hoop",
        url: "https://hoop.internal/api",
        keys: { write: "${env:HOOP_WRITE}", observe: "${file:/run/secrets/hoop}" },
        agent: "7f3c9e0a-1b2c-4d5e-8f90-123456789abc",
        users: "declared",
      },
      test: { provider: "memory", users: "declared" },
    },
    log: { store: "git", remote: "origin", ref: "refs/leasehold/log" },
    approvals: "github",
    limits: {
      maxDurationSeconds: 43_200,
      startWithinSeconds: 14 * 86_400,
      approvalValidForSeconds: 7 * 86_400,
      bulkRemovals: { count: 3, percent: 0 },
    },
    protected: ["admin@example.com", "group:platform", "root@example.com"],
  });
  expect(config(`${small}log: { store: postgres, url: "\${env:LOG_URL}" }\n`).log).toEqual({
    store: "postgres",
    url: "${env:LOG_URL}",
  });
  expect(config(`${small}log: { store: file, path: data/log }\n`).log.anchors?.file).toBe("data/anchors.jsonl");
  expect(config(`${small}log: { store: file, path: log }\n`).log.anchors?.file).toBe("anchors.jsonl");
  const anchors = `anchors: { file: /mnt/notary/a.jsonl, key: "\${env:KEY}", publicKeys: [${"A".repeat(43)}=] }`;
  expect(config(`${small}log: { store: git, ${anchors} }\n`).log).toEqual({
    store: "git",
    remote: "origin",
    ref: "refs/leasehold/log",
    anchors: { file: "/mnt/notary/a.jsonl", key: "${env:KEY}", publicKeys: [`${"A".repeat(43)}=`] },
  });
});

test("the governed part is all but what only this machine knows, with references in the place of keys", () => {
  const governed = governedConfig(config(whole));
  expect(Object.keys(governed).toSorted()).toEqual(["approvals", "gateways", "limits", "protected"]);
  expect(governed.gateways["prod"]).toMatchObject({
    url: "https://hoop.internal/api",
    keys: { write: "${env:HOOP_WRITE}" },
  });
  expect(canonicalJson(governed)).not.toContain("6f0c1a2b");
});

test("the order of gateways and of protected principals changes nothing", () => {
  const a = `${head}gateways:\n  a: { provider: memory }\n  b: { provider: embedded }\nprotected: [x@e.com, y@e.com]\n`;
  const b = `${head}protected: [y@e.com, x@e.com]\ngateways:\n  b: { provider: embedded }\n  a: { provider: memory }\n`;
  expect(JSON.stringify(config(a))).toBe(JSON.stringify(config(b)));
});

test.each([
  [
    "an unknown key",
    small.replace("gateways:", "apps: x\ngateways:"),
    "4:1 E701 `apps` is not a key that the file may have, did you mean app?",
  ],
  ["a key of another map", `${small}maxDuration: 2h\n`, "6:1 E701 `maxDuration` is not a key"],
  [
    "an unknown key of a gateway",
    small.replace("embedded", "embedded, token: x"),
    "5:31 E701 `token` is not a key that gateways.main may have",
  ],
  [
    "an unknown provider",
    small.replace("embedded", "embeded"),
    "5:21 E701 `embeded` seen as gateways.main.provider, embedded or hoop or postgresql or memory expected, did you mean embedded?",
  ],
  [
    "a gateway without a provider",
    small.replace("provider: embedded", ""),
    "5:3 E701 gateways.main.provider is missing",
  ],
  ["a hoop gateway without a url", small.replace("embedded", "hoop"), "5:3 E701 gateways.main.url is missing"],
  ["a database without a url", small.replace("embedded", "postgresql"), "5:3 E701 gateways.main.url is missing"],
  [
    "the url of a database itself",
    small.replace("embedded", 'postgresql, url: "postgres://postgres@localhost/orders"'),
    "5:38 E701 a secret may not stand in the file",
  ],
  [
    "the url of an observer itself",
    small.replace("embedded", 'postgresql, url: "${env:A}", observeUrl: "postgres://a:b@localhost/orders"'),
    "5:62 E701 a secret may not stand in the file",
  ],
  [
    "keys of a database",
    small.replace("embedded", 'postgresql, url: "${env:A}", keys: {}'),
    "5:50 E701 `keys` is not a key",
  ],
  ["a gateway of another case", small.replace("main:", "Main:"), "5:3 E701 `Main` seen"],
  ["no gateway", `${head}gateways: {}\n`, "4:11 E701 an empty map seen as gateways"],
  ["no installation", small.replace("installation: 6f0c1a2b\n", ""), "1:1 E701 installation is missing"],
  ["another kind", small.replace("Config", "AccessRequest"), "2:7 E701 `AccessRequest` seen as kind, Config expected"],
  ["a path upwards", `${small}app: ../access.ts\n`, "6:6 E703 `../access.ts` leads upwards"],
  ["a path upwards in the middle", `${small}app: a/../../b.ts\n`, "6:6 E703"],
  ["an absolute path", `${small}log: { store: file, path: /var/log }\n`, "6:27 E703 `/var/log` is not relative"],
  [
    "anchors that lead upwards",
    `${small}log: { store: git, anchors: { file: ../a } }\n`,
    "6:37 E703 `../a` leads upwards",
  ],
  ["anchors nowhere", `${small}log: { store: git, anchors: { file: / } }\n`, "6:37 E703"],
  ["a home directory", `${small}app: ~/access.ts\n`, "6:6 E703"],
  ["a drive", `${small}app: C:/access.ts\n`, "6:6 E703"],
  ["a backslash", `${small}app: a\\b.ts\n`, "6:6 E703 `a\\b.ts` has a backslash"],
  ["a pattern upwards", `${small}requests: ../*.yaml\n`, "6:11 E701 a path below leasehold.yaml expected"],
  ["a pattern of another kind", `${small}requests: "*.{yaml,yml}"\n`, "6:11 E701"],
  [
    "a duration without a unit",
    `${small}limits: { maxDuration: 12 }\n`,
    "6:24 E701 a number seen as limits.maxDuration",
  ],
  ["a duration that is none", `${small}limits: { startWithin: 1h30 }\n`, "6:24 E701 `1h30` has no unit after 30"],
  ["a cap over what can be", `${small}limits: { maxDuration: 100d }\n`, "6:24 E701 100 d asked, at most 90 d"],
  ["a percentage over 100", `${small}limits: { bulkRemovals: { percent: 101 } }\n`, "6:36 E701 the number 101"],
  [
    "plain http to another machine",
    small.replace("embedded", "hoop, url: http://hoop.internal"),
    "5:32 E701 plain http to hoop.internal",
  ],
  ["a query in the url", small.replace("embedded", 'hoop, url: "https://h/?a=b"'), "5:32 E701 the URL has a query"],
  [
    "another scheme",
    small.replace("embedded", 'hoop, url: "file:///etc/passwd"'),
    "5:32 E701 a URL that begins with https://",
  ],
  [
    "a secret by a path upwards",
    small.replace("embedded", 'hoop, url: "https://h", keys: { write: "${file:../k}" }'),
    "5:60 E701 the path of the secret leads upwards",
  ],
  ["a byte that is no text", `${small}# h\ufffdngt\n`, "6:4 E701 a byte that is not UTF-8"],
  ["a byte order mark", `\ufeff${small}`, "1:1 E110 U+FEFF (byte order mark) seen"],
  ["an anchor", small.replace("embedded", "&p embedded"), "5:21 E108 an anchor"],
])("%s is told at its place", (_what, text, expected) => {
  expect(problems(text)).toEqual([expect.stringContaining(expected)]);
});

test("the URLs of a database are what keys are elsewhere, and governed by their references", () => {
  const urls = 'postgresql, url: "${env:ORDERS_URL}", observeUrl: "${file:/run/secrets/observer}"';
  const { gateways } = config(small.replace("embedded", urls));
  const keys = { write: "${env:ORDERS_URL}", observe: "${file:/run/secrets/observer}" };
  expect(gateways["main"]).toEqual({ provider: "postgresql", keys, users: "existing" });
  const source = small.replace("embedded", 'postgresql, url: "postgres://a:hunter2@localhost/orders"');
  expect(JSON.stringify(problems(source))).not.toContain("hunter2");
});

test("no gateway is there that nobody declared, whatever its name", () => {
  expect(config(small).gateways["constructor"]).toBeUndefined();
  expect(config(small.replace("main", "constructor")).gateways["constructor"]).toMatchObject({ provider: "embedded" });
});

test("plain http is fine on this machine", () => {
  for (const host of ["localhost", "127.0.0.1", "127.8.9.10", "[::1]"]) {
    expect(problems(small.replace("embedded", `hoop, url: "http://${host}:8009"`))).toEqual([]);
  }
  for (const host of ["localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0", "[::]"]) {
    expect(problems(small.replace("embedded", `hoop, url: "http://${host}:8009"`))).not.toEqual([]);
  }
});

describe("a secret in the file", () => {
  const canary = "c4n4ry-s3cr3t";

  test.each([
    ["as a key", small.replace("embedded", `hoop, url: "https://h", keys: { write: ${canary} }`)],
    ["as keys", small.replace("embedded", `hoop, url: "https://h", keys: ${canary}`)],
    ["as a list of keys", small.replace("embedded", `hoop, url: "https://h", keys: [${canary}]`)],
    ["beside a reference", small.replace("embedded", `hoop, url: "https://h", keys: { write: "\${env:A}${canary}" }`)],
    ["in the url", small.replace("embedded", `hoop, url: "https://admin:${canary}@h"`)],
    ["in the query of the url", small.replace("embedded", `hoop, url: "https://h/?key=${canary}"`)],
    ["in a url that is none", small.replace("embedded", `hoop, url: "https://h:${canary}/"`)],
    ["under an unknown key", small.replace("embedded", `hoop, url: "https://h", token: ${canary}`)],
    ["under an unknown key over several lines", `${small}token:\n  deep:\n    - >-\n      ${canary}\n      more\n`],
    ["as the url of the Log", `${small}log: { store: postgres, url: "postgres://u:${canary}@db/log" }\n`],
    ["as the key of anchors", `${small}log: { store: file, anchors: { key: "${canary}" } }\n`],
    [
      "glued to its key",
      small.replace("embedded", `hoop, url: "https://h", keys: { write:" "${canary}", observe: "\${env:A}" }`),
    ],
    ["as the Log", `${small}log: "postgres://u:${canary}@db/log"\n`],
    ["as a gateway", `${head}gateways: { main: "${canary}" }\n`],
    [
      "beside another mistake on its line",
      small.replace("embedded", `hopp, url: "https://h", keys: { write: ${canary} }`),
    ],
    ["in a file whose YAML is broken", `${small}log: { store: postgres, url: "${canary}\n`],
    ["where a sign is missing", `${small}keys: {${canary} x: y}: z\n`],
    ["in a file with a hidden character", `${small}# ${canary} \u202e\n`],
  ])("%s is refused and never repeated, in no format", (_what, text) => {
    const parsing = parseConfig({ file: "leasehold.yaml", text });
    if (parsing.kind === "config") throw new Error("accepted");
    for (const format of ["text", "json", "sarif", "github"] as const) {
      expect(renderDiagnostics(parsing.diagnostics, { format })).not.toContain(canary);
    }
  });

  test("wherever it lands in a broken file, it is not repeated", () => {
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.constantFrom(`"`, ": ", "}", "\n", "\t", "[", "&a ", "\u202e"),
        (at, piece) => {
          const text = whole.replace('"${env:HOOP_WRITE}"', `"${canary}"`);
          const parsing = parseConfig({
            file: "leasehold.yaml",
            text: `${text.slice(0, at)}${piece}${text.slice(at)}`,
          });
          expect(parsing.kind).toBe("problems");
          if (parsing.kind === "problems")
            expect(renderDiagnostics(parsing.diagnostics, { format: "text" })).not.toContain(canary);
        },
      ),
      { numRuns: 300 },
    );
  });
});
