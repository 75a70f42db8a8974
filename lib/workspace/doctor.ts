import { exitCodes, isFailure, LeaseholdError } from "../errors";
import type { RepositorySettings } from "../github";
import { verifyLog } from "../log";
import { durationWords } from "../model/duration";
import type { ProviderDescription } from "../model/gateway";
import { secondsBetween } from "../model/instant";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { ObservedState } from "../model/observed";
import type { Finding } from "../model/report";
import { lint } from "../policy";
import { clockToleranceMs } from "../reconcile";
import { readRules } from "./declared";
import { lookAtSettings, lookAtWorkflows, type ChooseRepository } from "./doctor-repository";
import { lookAtAnchors, noAnchors, lookAtLastPass, lookAtMachine } from "./doctor-store";
import type { Workspace } from "./workspace";

/** What `doctor` found, and the exit code of the worst of it. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly exitCode: number;
}

/**
 * Looks at everything that can be weak: rules, Log, anchors, this machine, gateways, clocks, overdue endings, and
 * with approvals on GitHub the repository there. Reads only; never throws for what it looks at.
 */
export async function diagnose(workspace: Workspace, repository: ChooseRepository): Promise<Diagnosis> {
  const findings: Finding[] = [];
  const codes: number[] = [];
  const look = async (name: string, work: () => Promise<readonly Finding[]>): Promise<void> => {
    try {
      findings.push(...(await work()));
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      findings.push(failed(name, thrown));
      codes.push(thrown.exitCode);
    }
  };
  await look("rules", () => lookAtRules(workspace));
  await look("log", () => lookAtLog(workspace));
  if (workspace.anchorPlaces.length === 0) findings.push(noAnchors);
  for (const place of workspace.anchorPlaces) await look("anchors", () => lookAtAnchors(workspace, place));
  await look("last pass", () => lookAtLastPass(workspace));
  await look("machine", () => lookAtMachine(workspace));
  await look("grants", async () => lookAtGrants(workspace, (await workspace.log()).state));
  for (const name of workspace.gateways.names) await look(`gateway ${name}`, () => lookAtGateway(workspace, name));
  if (workspace.repository.config.approvals === "github") {
    let settings: RepositorySettings | undefined;
    await look("repository", async () => {
      const seen = await lookAtSettings(workspace, repository);
      settings = seen.settings;
      return seen.findings;
    });
    await look("workflows", () => lookAtWorkflows(workspace, settings));
  }
  const bad = findings.filter((one) => one.verdict === "bad");
  if (bad.some((one) => one.name === "overdue endings")) codes.push(exitCodes.overdue);
  if (bad.some((one) => one.name === "log" || one.name === "anchors")) codes.push(exitCodes.log);
  if (bad.length > 0 && codes.length === 0) codes.push(exitCodes.refused);
  return { findings, exitCode: worst(codes) };
}

const precedence: readonly number[] = [
  exitCodes.log,
  exitCodes.overdue,
  exitCodes.bug,
  exitCodes.credential,
  exitCodes.unreachable,
];

function worst(codes: readonly number[]): number {
  return precedence.find((code) => codes.includes(code)) ?? codes[0] ?? 0;
}

function failed(name: string, thrown: LeaseholdError): Finding {
  const [first] = thrown.diagnostics;
  return { name, verdict: "bad", sentence: thrown.message, ...(first === undefined ? {} : { fix: first.fix }) };
}

async function lookAtRules(workspace: Workspace): Promise<readonly Finding[]> {
  const { rules, diagnostics } = await readRules(workspace.ports, workspace.repository);
  if (rules === undefined) throw new LeaseholdError(diagnostics);
  const policy = await workspace.tryPolicyInForce();
  return [
    policy?.digest === rules.digest
      ? { name: "policy", verdict: "good", sentence: "The rules of the working tree are the policy in force." }
      : {
          name: "policy",
          verdict: "weak",
          sentence:
            policy === undefined
              ? "No policy is in force: nothing can be granted."
              : "The rules of the working tree are not the policy in force: nothing new is granted.",
          fix: "leasehold policy accept",
        },
    ...lookAtApprovals(rules.manifest),
    ...lint(rules.manifest).map((note): Finding => ({
      name: "rules",
      verdict: "weak",
      sentence: note.sentence,
      fix: "look at the rule",
    })),
  ];
}

function lookAtApprovals(manifest: Manifest): readonly Finding[] {
  const real = Object.entries(manifest.gateways).filter(
    ([, one]) => one.provider !== "embedded" && one.provider !== "memory",
  );
  if (manifest.approvals !== "local")
    return [{ name: "approvals", verdict: "good", sentence: "Approvals are given on GitHub." }];
  const sentence = "Approvals are local: whoever has this machine can approve as anybody.";
  const fix = "set `approvals: github` in leasehold.yaml";
  return [{ name: "approvals", verdict: real.length > 0 ? "bad" : "weak", sentence, fix }];
}

async function lookAtLog(workspace: Workspace): Promise<readonly Finding[]> {
  const verdict = await verifyLog(workspace.store);
  if (!verdict.ok) {
    const { sequence, detail } = verdict.fault;
    return [
      {
        name: "log",
        verdict: "bad",
        sentence: `Record ${sequence}: ${detail}`,
        fix: "put the Log back from a copy, then `leasehold log rebuild`",
      },
    ];
  }
  const { state } = await workspace.log();
  const now = workspace.ports.clock.now();
  const found: Finding[] = [{ name: "log", verdict: "good", sentence: logWords(workspace, verdict.records, state) }];
  if (state.recovering !== undefined) {
    found.push({
      name: "log",
      verdict: "bad",
      sentence: `Recovering: ${state.recovering.why}`,
      fix: "leasehold log rebuild",
    });
  }
  if (state.lastTime !== undefined && state.lastTime > now) {
    const ahead = durationWords(secondsBetween(now, state.lastTime));
    found.push({
      name: "clock",
      verdict: "bad",
      sentence: `This machine's clock stands ${ahead} before the last record.`,
      fix: "set the clock (NTP)",
    });
  }
  if (verdict.clockWentBack.count > 0) {
    found.push({
      name: "clock",
      verdict: "weak",
      sentence: `${verdict.clockWentBack.count} records have an earlier time than one before.`,
      fix: "keep the clock with NTP",
    });
  }
  return found;
}

/** How long the Log is, where it is, and how old its last record. */
function logWords(workspace: Workspace, records: number, { lastTime }: LogState): string {
  const { log } = workspace.repository.config;
  const now = workspace.ports.clock.now();
  const place = log.store === "git" ? ` in ${log.ref} of the remote ${log.remote}` : "";
  const age =
    log.store === "git" && lastTime !== undefined && lastTime <= now
      ? ` The last one is ${durationWords(secondsBetween(lastTime, now))} old.`
      : "";
  return `${records} records${place}, verified.${age}`;
}

function lookAtGrants(workspace: Workspace, state: LogState): readonly Finding[] {
  const now = workspace.ports.clock.now();
  const overdue = [...state.grants.values()].filter(
    (grant) =>
      grant.phase === "active" && (grant.ending !== undefined || (grant.end !== undefined && grant.end <= now)),
  );
  const oldest = overdue.map((grant) => grant.ending?.since ?? grant.end ?? now).toSorted()[0];
  const found: Finding[] =
    oldest === undefined
      ? [
          {
            name: "overdue endings",
            verdict: "good",
            sentence: "Nothing that should have ended is still recorded as active.",
          },
        ]
      : [
          {
            name: "overdue endings",
            verdict: "bad",
            sentence: `${overdue.length} should have ended, the oldest ${durationWords(secondsBetween(oldest, now))} ago.`,
            fix: "leasehold reconcile",
          },
        ];
  if (state.frozen !== undefined) {
    found.push({
      name: "freeze",
      verdict: "weak",
      sentence: `Frozen since ${state.frozen.at} by ${state.frozen.by.id}.`,
      fix: "leasehold thaw",
    });
  }
  return found;
}

async function lookAtGateway(workspace: Workspace, name: string): Promise<readonly Finding[]> {
  const { provider } = await workspace.gateways.open(name, "observe");
  const described = await provider.describe();
  const seen = await provider.observe();
  return [...judgeDescription(name, described), ...lookAtGate(name, seen)];
}

/** What a gateway says of itself: that it answers, what it holds without us, how far its clock is from ours. */
export function judgeDescription(name: string, described: ProviderDescription): readonly Finding[] {
  const skew = Math.abs(described.skewMs);
  const apart = `Its clock is ${Math.round(described.skewMs / 1000)} s from ours.`;
  const holds = described.holds.sessions
    ? "It cuts sessions at their end by itself."
    : `It cuts sessions only while Leasehold runs; without us one can last ${described.holds.overrun} more.`;
  return [
    {
      name: `gateway ${name}`,
      verdict: "good",
      sentence: `${described.provider} ${described.version} answers. ${holds}${wholeWords(described)}`,
    },
    skew <= 5_000
      ? { name: `gateway ${name} clock`, verdict: "good", sentence: apart }
      : {
          name: `gateway ${name} clock`,
          verdict: skew > clockToleranceMs ? "bad" : "weak",
          sentence: `${apart}${skew > clockToleranceMs ? " Nothing new starts." : ""}`,
          fix: "keep both clocks with NTP",
        },
  ];
}

/** What `doctor` sees is read anew; this is of a reconciler that goes on. */
function wholeWords({ wholeEverySeconds }: ProviderDescription): string {
  if (wholeEverySeconds === undefined) return "";
  return ` With \`--every\` its hidden settings are read anew every ${durationWords(wholeEverySeconds)}.`;
}

function lookAtGate(name: string, seen: ObservedState): readonly Finding[] {
  const open = seen.openWays.map((way): Finding => ({
    name: `gateway ${name} gate`,
    verdict: way.managed ? "bad" : "weak",
    sentence: `${way.connection} is open: ${way.why}`,
    fix: way.managed ? "leasehold apply closes it" : "declare it in the rules, or close it at the gateway",
  }));
  const weak = seen.weaknesses.map((sentence): Finding => ({
    name: `gateway ${name} gate`,
    verdict: "weak",
    sentence,
    fix: "mend it at the gateway",
  }));
  const all = [...open, ...weak];
  return all.length > 0 ? all : [{ name: `gateway ${name} gate`, verdict: "good", sentence: "Every way in is gated." }];
}
