import assert from "node:assert/strict";
import * as fc from "fast-check";
import { loadFile, parseRequest, writeRequest } from "../../lib/request";
import { parseConfig } from "../../lib/config";
import { renderDiagnostics } from "../../lib/render/diagnostics";
import { hasHiddenCharacter } from "../../lib/model/characters";
import type { Diagnostic } from "../../lib/errors";
import { requestText } from "../support/request-text";
import { schemaProblems } from "../support/schemas";

/** Bodies in all; 1,000,000 with LEASEHOLD_FUZZ=1000000. fast-check prints the seed of a failure. */
const bodies = Number(process.env["LEASEHOLD_FUZZ"] ?? "20000");
const timeout = 60_000 + bodies * 5;

const configText = `apiVersion: leasehold/v1
kind: Config
installation: 6f0c1a2b
gateways:
  main: { provider: embedded, directory: .leasehold/gateway }
  prod: { provider: hoop, url: https://hoop.example.com, keys: { write: "\${env:HOOP_WRITE}" } }
log: { store: file, path: .leasehold/log }
limits: { maxDuration: 12h }
protected: [admin@example.com]
`;

const pieces = [
  ["---", "...", "- ", "? ", ": ", ", ", "[", "]", "{", "}", "|", ">", "|-", ">+2", "#", " ", "  ", "\n", "\r\n", "\t"],
  ["&a ", "*a", "!t ", "!!str ", "%YAML 1.1", "<<", "'", '"', "''", "\\", "\\u0000", "\\x1b", "\\n", "~", "null"],
  ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "toJSON", "then", "length"],
  ["apiVersion", "kind", "metadata", "name", "spec", "for", "access", "duration", "startBefore", "reason", "gateways"],
  ["leasehold/v1", "AccessRequest", "2h", "1h30", "0o7", "1e999", "-0", ".nan", "true", "no", "2026-11-25T18:00:00Z"],
  ["\u0000", "\u001f", "\u0002", "\u0018", "\ufeff", "\u202e", "\u200b", "\u2028", "\ud800", "é", "😀", "日"],
].flat();

/** Pieces of YAML in any order. */
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(""));

/** A correct file with some stretches replaced by pieces, repeated or cut. */
const mutated = fc
  .tuple(
    fc.constantFrom(
      requestText(),
      requestText({ rule: "a", ticket: "b", startAfter: "2026-11-25T16:00:00Z" }),
      configText,
    ),
    fc.array(
      fc.record({
        at: fc.nat(400),
        cut: fc.nat(12),
        piece: fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 4 })),
        repeat: fc.constantFrom(1, 1, 1, 2, 50),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, edits]) => {
    let edited = text;
    for (const { at, cut, piece, repeat } of edits) {
      edited = `${edited.slice(0, at)}${piece.repeat(repeat)}${edited.slice(at + cut)}`;
    }
    return edited;
  });

const anyText = fc.oneof(
  { weight: 3, arbitrary: mutated },
  { weight: 2, arbitrary: soup },
  fc.string({ unit: "binary", maxLength: 200 }),
);

function isUntouched(): boolean {
  const probe: Record<string, unknown> = {};
  const inherited: string[] = [];
  for (const key in probe) inherited.push(key);
  return (
    inherited.length === 0 && ownNames.every(([target, names]) => Object.getOwnPropertyNames(target).join() === names)
  );
}

const ownNames = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype].map(
  (target): [object, string] => [target, Object.getOwnPropertyNames(target).join()],
);

/** Plain checks: jest's matchers would take most of the time of the fuzz. */
function checkDiagnostics(diagnostics: readonly Diagnostic[], text: string): void {
  const lines = text.split("\n");
  assert.ok(diagnostics.length > 0);
  for (const { where, fix } of diagnostics) {
    assert.ok(fix !== "" && where !== undefined);
    assert.ok(where.line <= lines.length && where.length >= 1);
    assert.ok(where.column <= (lines[where.line - 1] ?? "").length + 1);
  }
}

test(
  `${bodies} fuzzed request files: no crash, no prototype written, every problem has its place, what is accepted is sound`,
  () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const parsing = parseRequest({ file: "requests/a.yaml", text });
        if (parsing.kind === "problems") checkDiagnostics(parsing.diagnostics, text);
        else {
          accepted += 1;
          assert.ok(!hasHiddenCharacter(JSON.stringify(parsing.request)));
          assert.deepEqual(parseRequest({ file: "requests/a.yaml", text: writeRequest(parsing.request) }), parsing);
        }
      }),
      { numRuns: bodies },
    );
    expect(isUntouched()).toBe(true);
    // The fuzz reaches past the first check.
    expect(accepted).toBeGreaterThan(bodies / 1_000);
  },
  timeout,
);

test(
  `${bodies / 10} fuzzed configs: no crash, no prototype written, every problem has its place`,
  () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsing = parseConfig({ file: "leasehold.yaml", text });
        if (parsing.kind === "problems") checkDiagnostics(parsing.diagnostics, text);
      }),
      { numRuns: bodies / 10 },
    );
    expect(isUntouched()).toBe(true);
  },
  timeout,
);

test(
  `${bodies / 10} files of random bytes: each is told what it is, in every format`,
  () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const loaded = loadFile("requests/a.yaml", bytes);
        if (loaded.kind === "loaded") return;
        for (const format of ["text", "json", "sarif", "github"] as const) {
          assert.ok(!hasHiddenCharacter(renderDiagnostics(loaded.diagnostics, { format })));
        }
        const json: unknown = JSON.parse(renderDiagnostics(loaded.diagnostics, { format: "json" }));
        assert.deepEqual(schemaProblems("diagnostics.v1", json), []);
      }),
      { numRuns: bodies / 10 },
    );
    expect(isUntouched()).toBe(true);
  },
  timeout,
);
