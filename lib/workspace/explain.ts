import { relative, resolve } from "node:path";
import { LeaseholdError } from "../errors";
import { findGrants } from "../log";
import { durationWords } from "../model/duration";
import type { Decision } from "../model/decision";
import type { DesiredGrant, Refusal } from "../model/desired";
import type { Instant } from "../model/instant";
import type { LogState } from "../model/log-state";
import { isIdentifier, tryParseConnectionId, tryParsePrincipal } from "../model/names";
import type { AccessReport, Explanation } from "../model/report";
import type { AccessRequest } from "../model/request";
import { desiredState, matchingRules, stepWords } from "../policy";
import { recordSentence } from "../render/record-sentence";
import { plainVoice } from "../render/voice";
import { loadFile } from "../request";
import { readDeclared, readRules } from "./declared";
import { decideOne, pendingOf } from "./read-status";
import { readRecords } from "./read-records";
import { accessReport } from "./status";
import type { PolicyInForce, Workspace } from "./workspace";

/** What an explanation is made against. */
interface Ground {
  readonly workspace: Workspace;
  readonly policy: PolicyInForce | undefined;
  readonly state: LogState;
  readonly at: Instant;
}

/** Explains a request file, a grant or request by its name, or `user@connection`; throws E608 for what is none of them. */
export async function explainSubject(workspace: Workspace, subject: string, directory: string): Promise<Explanation> {
  const ground: Ground = {
    workspace,
    policy: await policyOrTree(workspace),
    state: (await workspace.log()).state,
    at: workspace.ports.clock.now(),
  };
  if (/\.ya?ml$/i.test(subject)) return explainFile(ground, subject, directory);
  const pair = tryParsePair(subject);
  return pair === undefined ? explainGrant(ground, subject) : explainPair(ground, subject, pair);
}

/** The policy in force; before the first acceptance the rules of the working tree. */
async function policyOrTree(workspace: Workspace): Promise<PolicyInForce | undefined> {
  const inForce = await workspace.tryPolicyInForce();
  if (inForce !== undefined) return inForce;
  return (await readRules(workspace.ports, workspace.repository, { useLastSynthesis: true })).rules;
}

interface Pair {
  readonly person: string;
  readonly connection: string;
}

/** `user@connection` splits at the last `@`. */
function tryParsePair(text: string): Pair | undefined {
  const at = text.lastIndexOf("@");
  const person = text.slice(0, at);
  const connection = text.slice(at + 1);
  const isPair = at > 0 && tryParsePrincipal(person) !== undefined && tryParseConnectionId(connection) !== undefined;
  return isPair ? { person, connection } : undefined;
}

async function explainFile(ground: Ground, subject: string, directory: string): Promise<Explanation> {
  const { workspace } = ground;
  const { root } = workspace.repository;
  const file = relative(root, resolve(directory, subject)).split("\\").join("/");
  const loaded = loadFile(file, await workspace.ports.tree(root).tryRead(file, 1_048_576));
  if (loaded.kind === "problems") throw new LeaseholdError(loaded.diagnostics);
  return explainRequest(ground, subject, loaded.loaded.request);
}

async function explainRequest(ground: Ground, subject: string, request: AccessRequest): Promise<Explanation> {
  const { policy, workspace, state, at } = ground;
  const desired =
    policy === undefined
      ? undefined
      : desiredState({
          installation: workspace.installation,
          manifest: policy.manifest,
          requests: { requests: [request] },
          asOf: at,
          state,
        });
  const decisions = decisionsOf(ground, desired?.grants ?? []);
  const report = await reportOf(ground);
  const grants = report.rows.filter((row) => row.request === request.name);
  return {
    explanationVersion: 1,
    subject,
    answer: [
      ...(desired?.refusals ?? []).map((refusal) => refusal.sentence),
      ...(desired?.grants ?? []).map((grant) => grantSentence(grant)),
      ...decisions.map(verdictSentence),
    ],
    grants,
    decisions,
    history: await historyOf(ground, state.names.has(request.name) ? request.name : undefined),
    next: nextOf(
      decisions,
      desired?.refusals ?? [],
      grants.some((row) => row.phase === "active") ? request.name : undefined,
    ),
  };
}

async function explainGrant(ground: Ground, subject: string): Promise<Explanation> {
  const { state, workspace } = ground;
  if (![...state.grants.values()].some(({ facts }) => facts.request === subject)) {
    const request = await tryFindRequest(workspace, subject);
    if (request !== undefined) return explainRequest(ground, subject, request);
  }
  const found = new Set(findGrants(state, subject).map(({ facts }) => facts.grant));
  const report = await reportOf(ground);
  const grants = report.rows.filter((row) => found.has(row.grant));
  const active = grants.find((row) => row.phase === "active");
  return {
    explanationVersion: 1,
    subject,
    answer: grants.map((row) => {
      const what = `${row.person} on ${row.connection}`;
      if (row.phase === "active") return `${what} is active by rule ${row.rule} until ${row.end ?? "it is ended"}.`;
      if (row.phase === "ended") return `${what} ended ${row.endedAt ?? ""}: ${row.endReason ?? "ended"}.`;
      return row.phase === "rejected"
        ? `${what} will never start: ${row.rejectReason ?? "rejected"}.`
        : `${what} is ${row.phase}.`;
    }),
    grants,
    decisions: [],
    history: await historyOf(ground, subject),
    next:
      active === undefined ? [] : [`leasehold revoke ${active.grant}`, `leasehold request --extend ${active.grant}`],
  };
}

/** A request by its name: as it was merged, else as it stands in the working tree. */
async function tryFindRequest(workspace: Workspace, name: string): Promise<AccessRequest | undefined> {
  const merged = (await workspace.mergedRequests()).requests.find((one) => one.name === name);
  if (merged !== undefined || !isIdentifier(name)) return merged;
  const declared = await readDeclared(workspace.ports, workspace.repository, { useLastSynthesis: true });
  return declared.requests.requests.find((one) => one.name === name);
}

async function explainPair(ground: Ground, subject: string, pair: Pair): Promise<Explanation> {
  const rules = ground.policy === undefined ? [] : matchingRules(ground.policy.manifest, pair.person, pair.connection);
  const report = await reportOf(ground);
  const grants = report.rows.filter((row) => row.person === pair.person && row.connection === pair.connection);
  const active = grants.find((row) => row.phase === "active");
  const [first, ...others] = rules;
  return {
    explanationVersion: 1,
    subject,
    answer: [
      active === undefined
        ? `${pair.person} has no access to ${pair.connection} now.`
        : `${pair.person} has ${pair.connection} by ${active.request} until ${active.end ?? "it is ended"}.`,
      first === undefined
        ? `No rule lets ${pair.person} ask for ${pair.connection}.`
        : `Rule ${first.name} decides: up to ${durationWords(first.maxDurationSeconds)}, ${approvalWords(first.approval)}.`,
      ...others.map(
        (rule) =>
          `By name also rule ${rule.name}: up to ${durationWords(rule.maxDurationSeconds)}, ${approvalWords(rule.approval)}.`,
      ),
    ],
    grants,
    decisions: [],
    history: [],
    next: first === undefined ? [] : [`leasehold request --for ${pair.person} --access ${pair.connection}`],
  };
}

function approvalWords(approval: DesiredGrant["approval"]): string {
  const steps = approval.steps.map((step) => stepWords(step)).join(", then ");
  if (approval.automatic === undefined) return `approved by ${steps}`;
  return steps === "" ? "approved automatically or not at all" : `approved automatically, else by ${steps}`;
}

function decisionsOf(ground: Ground, grants: readonly DesiredGrant[]): readonly Decision[] {
  const { policy, state, at } = ground;
  if (policy === undefined) return [];
  const open = grants.filter(({ id }) => (state.grants.get(id)?.phase ?? "pending") === "pending");
  return open.map((desired) => decideOne({ policy, state, desired, at }));
}

async function reportOf(ground: Ground): Promise<AccessReport> {
  const { workspace, state, at } = ground;
  const pending = await pendingOf(workspace, state, at);
  return accessReport({ installation: workspace.installation, at, verified: true, state, ...pending });
}

async function historyOf(ground: Ground, name: string | undefined): Promise<Explanation["history"]> {
  if (name === undefined) return [];
  const records = await readRecords(ground.workspace, { grant: name });
  return records.map(({ sequence, time, body }) => ({ sequence, time, sentence: recordSentence(body, plainVoice) }));
}

function grantSentence(grant: DesiredGrant): string {
  return `${grant.person} asks for ${grant.connection} for ${durationWords(grant.durationSeconds)} under rule ${grant.rule}.`;
}

function verdictSentence(decision: Decision): string {
  if (decision.verdict === "approved") return `It is approved (${decision.by}).`;
  return decision.verdict === "waiting" ? "It waits for approval." : "Its rule refuses it.";
}

function nextOf(
  decisions: readonly Decision[],
  refusals: readonly Refusal[],
  active: string | undefined,
): readonly string[] {
  const waiting = decisions.find((decision) => decision.verdict === "waiting");
  return [
    ...refusals.map((refusal) => refusal.fix),
    ...(waiting === undefined ? [] : [`leasehold approve ${waiting.request}`]),
    ...(active === undefined ? [] : [`leasehold revoke ${active}`]),
  ];
}
