import type { ImportedDatabase, LoginDebt, Unsaid } from "../import";
import { count } from "./counts";
import { escapeTerminal } from "./escape";
import { canonicalJsonText } from "./json";

/** What an import found besides what it wrote: roles that are no levels, standing logins, what to do next; the summary last. */
export function renderImported(database: ImportedDatabase, written: { readonly file: string | undefined }): string {
  const { levels, unsaid, debts, resource } = database;
  const left = new Set(unsaid.filter(({ isWhole }) => isWhole).map(({ role }) => role));
  const counts = [
    count(levels.length, "level"),
    `${count(left.size, "role")} left out`,
    count(debts.length, "standing login"),
  ];
  const lines = [
    ...(unsaid.length === 0
      ? []
      : ["Left as it is in the database, and not said in the rules:", ...unsaid.map(unsaidLine)]),
    ...(debts.length === 0 ? [] : ["Standing logins, each a debt:", ...debts.flatMap(debtLines)]),
    ...(levels.length === 0 ? [] : nextLines(resource, written.file)),
    `Import: ${counts.join(", ")}. Nothing was written to the database.`,
  ];
  return lines.map(escapeTerminal).join("\n");
}

/** An import as a JSON document. */
export interface ImportDocument {
  readonly importVersion: 1;
  /** The name of the Resource. */
  readonly resource: string;
  readonly database: string;
  readonly serverVersion: string;
  /** The TypeScript. */
  readonly program: string;
  readonly levels: readonly { readonly level: string; readonly role: string }[];
  /** What the rules do not say; without a role it is about everybody. */
  readonly unsaid: readonly Unsaid[];
  /** The standing logins. */
  readonly debts: readonly LoginDebt[];
}

/** The same for programs, with the TypeScript. */
export function renderImportedJson(imported: ImportedDatabase, program: string): string {
  const { resource, database, version, levels, unsaid, debts } = imported;
  const document: ImportDocument = {
    importVersion: 1,
    resource,
    database,
    serverVersion: version,
    program,
    levels: levels.map(({ level, privileges }) => ({ level, role: privileges.role })),
    unsaid,
    debts,
  };
  return canonicalJsonText(document);
}

function unsaidLine({ role, isWhole, sentence }: Unsaid): string {
  const who = role === undefined ? "PUBLIC" : JSON.stringify(role);
  return `! ${who}${isWhole ? " is no level" : ""}: ${sentence}.`;
}

function debtLines({ login, of, has, pullRequest }: LoginDebt): readonly string[] {
  return [
    `! ${JSON.stringify(login)} (${of === "person" ? "a person's, unless you name it with --service" : "a program's"})`,
    ...has.map((sentence) => `    ${sentence}.`),
    ...(pullRequest === undefined
      ? ["    No rule replaces it."]
      : [
          `    Pull request: ${pullRequest.title}`,
          ...pullRequest.rule.split("\n").map((line) => `      ${line}`),
          `    Once it is merged: ${pullRequest.request}`,
          `    Once a lease was used, in the database: ${pullRequest.afterwards}`,
        ]),
  ];
}

function nextLines(resource: string, file: string | undefined): readonly string[] {
  return [
    `Next: call declareImported(app) of ${file ?? "this file"} in the rules program, and run \`leasehold synth --terraform --adopt\`. Then, in`,
    `  cdktf.out/stacks/${resource}: terraform init, terraform state push adopt.tfstate, terraform plan. It says "No changes." as long as`,
    "  the database is as it was; see docs/import.md for what it looks at.",
  ];
}
