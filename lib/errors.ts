/**
 * Every error of Leasehold by code: what kind it is, its one-line summary, and the shape in which
 * it says what was seen, where, and what to do next. Imports nothing.
 */

/** Who has to act on an error; each class has one exit code (see `exitCodes`). */
export type ErrorClass =
  | "bug"
  | "input"
  | "credential"
  | "refused"
  | "stale"
  | "partial"
  | "overdue"
  | "log"
  | "unreachable"
  | "usage"
  | "interrupted";

/** The exit code of each class of error: the table of docs/exit-codes, and a contract. */
export const exitCodes: Readonly<Record<ErrorClass, number>> = {
  bug: 1,
  input: 3,
  credential: 4,
  refused: 5,
  stale: 6,
  partial: 7,
  overdue: 8,
  log: 9,
  unreachable: 10,
  usage: 64,
  interrupted: 130,
};

/** Where several codes hold in one run, the first of these is the exit code. */
export const exitCodePrecedence: readonly number[] = [130, 64, 9, 8, 1, 4, 10, 7, 6, 5, 3, 2, 0];

/** Picks the one exit code of a run out of all that apply; 0 when none does. */
export function strongestExitCode(codes: Iterable<number>): number {
  const seen = new Set(codes);
  return exitCodePrecedence.find((code) => seen.has(code)) ?? (seen.size === 0 ? 0 : 1);
}

interface CatalogueEntry {
  readonly class: ErrorClass;
  readonly summary: string;
}

/**
 * The catalogue. E1xx requests and YAML, E2xx rules and the model, E3xx policy and plan, E4xx
 * approval, E5xx gateways, E6xx the Log, E7xx the config and files, E8xx usage, E9xx our bugs.
 */
export const catalogue = {
  E100: { class: "input", summary: "the file is not valid YAML" },
  E101: { class: "input", summary: "the file cannot be read as a request" },
  E102: { class: "input", summary: "the request does not have the required shape" },
  E103: { class: "input", summary: "duration is longer than the rule allows" },
  E104: { class: "input", summary: "the duration is not valid" },
  E105: { class: "input", summary: "the start window is not valid" },
  E106: { class: "input", summary: "two requests have one name" },
  E107: { class: "input", summary: "a name is unknown" },
  E108: { class: "input", summary: "the file uses a YAML feature that requests may not use" },
  E109: { class: "input", summary: "the file is too large, too deep or too long" },
  E110: { class: "input", summary: "the text has characters that a request may not hold" },
  E111: { class: "input", summary: "no request file was found" },
  E112: { class: "input", summary: "a merged request may only be narrowed" },
  E113: { class: "input", summary: "a spent request name cannot be used again" },
  E114: { class: "input", summary: "no rule lets this person ask for this connection" },

  E200: { class: "input", summary: "the rules program failed" },
  E201: { class: "input", summary: "the rules program was stopped at a limit" },
  E202: { class: "input", summary: "the rules are not consistent" },
  E203: { class: "input", summary: "a construct was used wrongly" },
  E204: { class: "input", summary: "the manifest does not have the required shape" },

  E205: { class: "input", summary: "the committed manifest is not what the rules say" },
  E206: { class: "input", summary: "the levels cannot be written for Terraform" },

  E300: { class: "refused", summary: "a rule refuses this access" },
  E301: { class: "refused", summary: "the policy in force is not the one of the working tree" },
  E302: { class: "stale", summary: "the plan is stale" },
  E303: { class: "input", summary: "the plan file is not valid" },
  E304: { class: "refused", summary: "too many active grants would end through removed files" },
  E305: { class: "refused", summary: "no policy is in force" },
  E306: { class: "refused", summary: "new access is frozen" },
  E307: { class: "refused", summary: "the gateway cannot hold this" },
  E308: { class: "refused", summary: "a protected principal would lose its configuration" },
  E309: { class: "input", summary: "there is nothing to plan" },
  E310: { class: "refused", summary: "the request name is spent" },

  E400: { class: "refused", summary: "not approved" },
  E401: { class: "refused", summary: "this person cannot approve" },
  E402: { class: "refused", summary: "local approvals are not possible here" },
  E403: { class: "refused", summary: "this person may not do this" },

  E404: { class: "refused", summary: "a merge was not approved" },
  E405: { class: "refused", summary: "the history of the base branch was rewritten" },
  E406: { class: "refused", summary: "this cannot be done here with approvals on GitHub" },
  E407: { class: "input", summary: "the file is no snapshot of a pull request" },

  E500: { class: "unreachable", summary: "the gateway cannot be reached" },
  E501: { class: "credential", summary: "the gateway refused the credential" },
  E502: { class: "unreachable", summary: "the gateway gave an answer that makes no sense" },
  E503: { class: "partial", summary: "the gateway refused a change" },
  E504: { class: "refused", summary: "the gateway belongs to another installation" },
  E505: { class: "overdue", summary: "access that should have ended is still open" },
  E506: { class: "partial", summary: "not everything could be applied" },
  E507: { class: "refused", summary: "there is no live lease for this connection" },
  E508: { class: "input", summary: "the gateway cannot be started like this" },
  E509: { class: "partial", summary: "ended, but not yet recorded" },
  E510: { class: "input", summary: "the database is not prepared for direct leases" },

  E520: { class: "unreachable", summary: "GitHub cannot be reached" },
  E521: { class: "credential", summary: "GitHub refused the credential" },
  E522: { class: "unreachable", summary: "GitHub gave an answer that makes no sense" },
  E523: { class: "credential", summary: "the token may not do or see this on GitHub" },
  E524: { class: "input", summary: "GitHub has no such pull request, repository or commit" },
  E525: { class: "partial", summary: "not everything could be published on GitHub" },

  E600: { class: "log", summary: "the Log does not verify" },
  E601: { class: "log", summary: "the Log belongs to another installation" },
  E602: { class: "log", summary: "the Log is recovering" },
  E603: { class: "unreachable", summary: "the Log cannot be written" },
  E604: { class: "stale", summary: "another writer has taken over" },
  E605: { class: "unreachable", summary: "another writer holds the Log" },
  E606: { class: "unreachable", summary: "the Log cannot be read" },
  E607: { class: "log", summary: "something stored beside the Log is missing or altered" },
  E608: { class: "input", summary: "there is no such grant" },
  E609: { class: "log", summary: "the Log has a format this version does not know" },
  E610: { class: "log", summary: "an anchor cannot be trusted" },
  E611: { class: "partial", summary: "the Head could not be anchored" },
  E612: { class: "credential", summary: "the Log's database refused the credential" },
  E613: { class: "log", summary: "the Log's database is not of this version" },

  E700: { class: "input", summary: "there is no leasehold.yaml" },
  E701: { class: "input", summary: "leasehold.yaml is not valid" },
  E702: { class: "input", summary: "a secret is missing" },
  E703: { class: "input", summary: "a path leads out of the repository" },
  E704: { class: "bug", summary: "a file cannot be read or written" },
  E705: { class: "input", summary: "the directory is not empty" },

  E710: { class: "input", summary: "the database cannot be imported" },
  E711: { class: "unreachable", summary: "the database to import cannot be reached" },
  E712: { class: "credential", summary: "the database to import refused the credential" },

  E800: { class: "usage", summary: "wrong usage" },
  E801: { class: "interrupted", summary: "interrupted" },
  E802: { class: "usage", summary: "an answer is needed and there is nobody to ask" },

  E900: { class: "bug", summary: "a bug in Leasehold" },
} as const satisfies Record<string, CatalogueEntry>;

/** The code of a catalogued error. */
export type ErrorCode = keyof typeof catalogue;

/** How loud a diagnostic is; only `error` decides an exit code. */
export type Severity = "error" | "warning" | "note";

/** A place in a file; line and column count from 1, length in UTF-16 code units. */
export interface SourceRange {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The text of that line, without its line break, when known. */
  readonly source?: string;
}

/** One problem as people and machines are told it; see UX.md, "Diagnostics". */
export interface Diagnostic {
  readonly code: ErrorCode;
  readonly severity: Severity;
  /** One line without a full stop: what is wrong. */
  readonly summary: string;
  /** What was seen against what was expected, e.g. `9 h asked, at most 4 h (access.ts, rule orders-readonly)`. */
  readonly detail?: string;
  /** The command or edit that mends it. */
  readonly fix: string;
  readonly where?: SourceRange;
}

/** What a caller adds to the catalogue's entry to make a diagnostic. */
export interface DiagnosticParts {
  readonly severity?: Severity;
  readonly summary?: string;
  readonly detail?: string;
  readonly fix: string;
  readonly where?: SourceRange | undefined;
}

/** Makes a diagnostic from its catalogue entry and what was seen. */
export function diagnostic(code: ErrorCode, parts: DiagnosticParts): Diagnostic {
  return {
    code,
    severity: parts.severity ?? "error",
    summary: parts.summary ?? catalogue[code].summary,
    ...(parts.detail === undefined ? {} : { detail: parts.detail }),
    fix: parts.fix,
    ...(parts.where === undefined ? {} : { where: parts.where }),
  };
}

/** An error of the catalogue: one or more diagnostics, the first one leading. */
export class LeaseholdError extends Error {
  override readonly name = "LeaseholdError";
  readonly code: ErrorCode;
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[], options?: { readonly cause?: unknown }) {
    const first = diagnostics[0] ?? diagnostic("E900", { fix: "please report this" });
    super(messageOf(first), options);
    this.code = first.code;
    this.diagnostics = diagnostics.length === 0 ? [first] : diagnostics;
  }

  /** The class of the leading diagnostic. */
  get class(): ErrorClass {
    return catalogue[this.code].class;
  }

  /** The exit code of all the errors it carries together. */
  get exitCode(): number {
    return exitCodeOf(this.diagnostics);
  }
}

/** Makes the error to throw for one problem. */
export function failure(code: ErrorCode, parts: DiagnosticParts & { readonly cause?: unknown }): LeaseholdError {
  const { cause, ...rest } = parts;
  return new LeaseholdError([diagnostic(code, rest)], cause === undefined ? {} : { cause });
}

/** The exit code that a run with these diagnostics has: 0 when none is an error. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): number {
  const errors = diagnostics.filter((one) => one.severity === "error");
  return strongestExitCode(errors.map((one) => exitCodes[catalogue[one.code].class]));
}

/** Whether something thrown is an error of the catalogue of the given class. */
export function isFailure(thrown: unknown, ofClass?: ErrorClass): thrown is LeaseholdError {
  return thrown instanceof LeaseholdError && (ofClass === undefined || thrown.class === ofClass);
}

/** What something thrown says; what is no error of the catalogue is a bug of ours. */
export function asDiagnostics(thrown: unknown): readonly Diagnostic[] {
  if (isFailure(thrown)) return thrown.diagnostics;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return [diagnostic("E900", { detail, fix: "please report this with the command you ran" })];
}

function messageOf(first: Diagnostic): string {
  const detail = first.detail === undefined ? "" : `: ${first.detail}`;
  return `${first.code} ${first.summary}${detail}`;
}
