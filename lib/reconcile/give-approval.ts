import { whoCouldApprove, type DecisionInput } from "../approval";
import { failure, type LeaseholdError } from "../errors";
import { usageOf } from "../log";
import type { Actor } from "../model/actor";
import type { ApprovalGiven } from "../model/approval";
import type { DesiredGrant } from "../model/desired";
import type { Manifest } from "../model/manifest";
import type { PersonId } from "../model/names";
import type { RequestSet } from "../model/request";
import { desiredState, grantItem, isIncluded } from "../policy";
import type { Journal } from "./journal";
import { readRequests, tryReadPolicy } from "./stored";
import { refuseClockBehind, underEpoch, type LogWorld } from "./under-epoch";

/** An approval that somebody gives on this machine. */
export interface GiveApprovalInput extends LogWorld {
  /** The request's name. */
  readonly request: string;
  /** The approver as the rules know them, and how we know that it is they. */
  readonly person: PersonId;
  readonly by: Actor;
  /** The requests as they stand, where they are not merged yet. Default: the merged ones. */
  readonly requests?: RequestSet;
}

/** What an approval came to. */
export interface GivenApproval {
  readonly approval: ApprovalGiven;
  /** False: the same person had approved as much before. */
  readonly changed: boolean;
  /** The Grants that it was given for. */
  readonly grants: readonly DesiredGrant[];
}

/**
 * Records a local approval. Refused with E305 without a policy, E402 where the policy takes approvals
 * from elsewhere or a gateway concerned is a real one, E107 for an unknown request, and E401 (naming who
 * could) for whom nobody asks, who gains access, and who is not known.
 */
export async function giveApproval(input: GiveApprovalInput): Promise<GivenApproval> {
  return underEpoch(input, async (journal) => {
    refuseClockBehind(journal);
    const policy = await tryReadPolicy(input.store, journal.state);
    if (policy === undefined) {
      throw failure("E305", { fix: "`leasehold policy accept` makes the rules of the working tree the policy" });
    }
    const { manifest, digest } = policy;
    const grants = await asked(input, journal, manifest);
    refuseWhereReal(manifest, grants);
    refuseWhoMayNot(input, journal, { manifest, grants });
    const approval: ApprovalGiven = {
      request: input.request,
      person: input.person,
      by: input.by,
      at: journal.times().record,
      source: "local",
      items: grants.map(grantItem),
      policy: digest,
    };
    const before = journal.state.approvals.get(input.request) ?? [];
    const isGiven = before.some(
      (one) =>
        one.person === approval.person && one.policy === approval.policy && isIncluded(approval.items, one.items),
    );
    if (!isGiven) await journal.mustRecord([{ type: "approval.given", approval }]);
    return { approval, changed: !isGiven, grants };
  });
}

async function asked(input: GiveApprovalInput, journal: Journal, manifest: Manifest): Promise<readonly DesiredGrant[]> {
  const { installation, store, request } = input;
  const { state } = journal;
  const merged = await readRequests(store, state);
  const requests = input.requests ?? merged;
  const only: RequestSet = { requests: requests.requests.filter((one) => one.name === request) };
  if (only.requests.length === 0) {
    throw failure("E107", { detail: `there is no request ${request}`, fix: "`leasehold plan` lists what is asked" });
  }
  const asOf = journal.times().record;
  const desired = desiredState({ installation, manifest, requests: only, asOf, state, merged });
  const grants = desired.grants.filter(({ id }) => {
    const known = state.grants.get(id);
    return known === undefined || known.phase === "pending";
  });
  const [refusal] = desired.refusals;
  if (grants.length > 0) return grants;
  if (refusal !== undefined) throw failure("E300", { detail: refusal.sentence, fix: refusal.fix });
  throw failure("E400", {
    summary: "nothing of this request waits for approval",
    detail: `${request}: what it asks for has started, ended, or can no longer start`,
    fix: "`leasehold status` shows it",
  });
}

/** Local approvals prove nothing about who typed them: they are for gateways that guard nothing real. */
function refuseWhereReal(manifest: Manifest, grants: readonly DesiredGrant[]): void {
  if (manifest.approvals !== "local") {
    throw failure("E402", {
      detail: `the policy takes approvals from ${manifest.approvals}`,
      fix: "approve the pull request in a review",
    });
  }
  const real = grants.find(({ gateway }) => {
    const provider = manifest.gateways[gateway]?.provider;
    return provider !== "embedded" && provider !== "memory";
  });
  if (real === undefined) return;
  throw failure("E402", {
    detail: `${real.connection} stands behind gateway ${real.gateway}, which is not embedded`,
    fix: "set `approvals: github` in leasehold.yaml, and approve in a review",
  });
}

function refuseWhoMayNot(
  input: GiveApprovalInput,
  journal: Journal,
  facts: { readonly manifest: Manifest; readonly grants: readonly DesiredGrant[] },
): void {
  const { manifest, grants } = facts;
  const { state } = journal;
  const asOf = journal.times().record;
  const beneficiaries = [...new Set(grants.map(({ person }) => person))];
  const usage = usageOf(state, asOf);
  const possible = new Set<PersonId>();
  let why: string | undefined;
  for (const desired of grants) {
    const decision: DecisionInput = { desired, manifest, approvals: [], usage, asOf, beneficiaries };
    for (const step of whoCouldApprove(decision)) {
      for (const person of step.people) possible.add(person);
      why ??= step.excluded.find(({ person }) => person === input.person)?.why;
    }
  }
  if (!possible.has(input.person)) throw mayNot(input, [...possible].toSorted(), why);
}

function mayNot(input: GiveApprovalInput, possible: readonly PersonId[], why: string | undefined): LeaseholdError {
  const reason = why ?? "is in no group that is asked";
  const shown = possible.slice(0, 5).join(", ");
  const more = possible.length > 5 ? ` and ${possible.length - 5} more` : "";
  const who =
    possible.length === 0 ? "nobody can approve it: its rule asks nobody, or nobody is left" : `${shown}${more} could`;
  return failure("E401", {
    detail: `${input.person} ${reason}; ${who}`,
    fix: possible.length === 0 ? "look at the rule's approval" : `ask ${possible[0] ?? ""} to approve ${input.request}`,
  });
}
