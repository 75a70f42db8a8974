import { catalogue, type Diagnostic, type ErrorCode } from "../errors";
import { escapeUrlPart, jsonText } from "./escape";

/**
 * Diagnostics as SARIF 2.1.0 (OASIS), one run: each code that occurs is a rule, each diagnostic a
 * result whose message says what was seen and how to fix it. Files are relative to `%SRCROOT%`.
 */
export function diagnosticsAsSarif(diagnostics: readonly Diagnostic[], version: string): string {
  const codes = [...new Set(diagnostics.map((one) => one.code))].toSorted();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "leasehold", semanticVersion: version, rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The directory of leasehold.yaml." } } },
        results: diagnostics.map((one) => resultOf(one, codes)),
      },
    ],
  };
  return `${jsonText(log)}\n`;
}

function ruleOf(code: ErrorCode): object {
  return { id: code, shortDescription: { text: catalogue[code].summary }, defaultConfiguration: { level: "error" } };
}

function resultOf(one: Diagnostic, codes: readonly ErrorCode[]): object {
  const text = [one.summary, ...(one.detail === undefined ? [] : [one.detail]), `fix: ${one.fix}`].join("\n");
  return {
    ruleId: one.code,
    ruleIndex: codes.indexOf(one.code),
    level: one.severity,
    message: { text },
    ...(one.where === undefined ? {} : { locations: [locationOf(one.where)] }),
  };
}

const mostSnippet = 1_000;

function locationOf(where: NonNullable<Diagnostic["where"]>): object {
  const uri = where.file
    .split("/")
    .map((name) => (name === "" || name === "." || name === ".." ? name : escapeUrlPart(name)))
    .join("/");
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
      region: {
        startLine: where.line,
        startColumn: where.column,
        endColumn: where.column + where.length,
        ...(where.source === undefined ? {} : { snippet: { text: where.source.slice(0, mostSnippet) } }),
      },
    },
  };
}
