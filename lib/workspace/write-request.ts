import { join } from "node:path";
import { whoCouldApprove } from "../approval";
import { failure, LeaseholdError } from "../errors";
import { findGrants } from "../log";
import type { Instant } from "../model/instant";
import { instantOf, epochMsOf, plusSeconds } from "../model/instant";
import { requestDigest, type AccessRequest } from "../model/request";
import { desiredState } from "../policy";
import { parseRequest, writeRequest } from "../request";
import { readRules } from "./declared";
import { decideOne } from "./read-status";
import type { Workspace } from "./workspace";

/** What somebody asks for, as typed. */
export interface RequestParts {
  readonly for?: readonly string[];
  readonly access?: readonly string[];
  readonly duration: string;
  readonly startBefore?: string;
  readonly startAfter?: string;
  readonly reason: string;
  readonly ticket?: string;
  readonly rule?: string;
  readonly name?: string;
  /** A grant or request to extend: who and what come from it. */
  readonly extend?: string;
}

/** A request that is ready to be written. */
export interface RequestDraft {
  readonly request: AccessRequest;
  readonly text: string;
  /** Who will have to approve, a sentence each. */
  readonly approvals: readonly string[];
}

/**
 * Makes a request file's text out of its parts. Throws what is wrong with the parts as the diagnostics
 * of the file that they would make, E608 for an unknown grant to extend.
 */
export async function draftRequest(workspace: Workspace, parts: RequestParts): Promise<RequestDraft> {
  const now = workspace.ports.clock.now();
  const text = fileText(parts.extend === undefined ? parts : await extension(workspace, parts, now), now);
  const parsing = parseRequest({ file: "request", text });
  if (parsing.kind === "problems") throw new LeaseholdError(parsing.diagnostics);
  const { request } = parsing;
  return { request, text: writeRequest(request), approvals: await approvalsOf(workspace, request, now) };
}

/** Where a request of that name is written: in the directory that the config's glob begins with. */
export function requestFile(workspace: Workspace, name: string): string {
  const { config, root } = workspace.repository;
  const fixed: string[] = [];
  for (const part of config.requests.split("/").slice(0, -1)) {
    if (part.includes("*")) break;
    fixed.push(part);
  }
  return join(root, ...fixed, `${name}.yaml`);
}

/** A request for the same pairs that may start until the old one ends. */
async function extension(workspace: Workspace, parts: RequestParts, now: Instant): Promise<RequestParts> {
  const { state } = await workspace.log();
  const grants = findGrants(state, parts.extend ?? "").filter((grant) => grant.phase === "active");
  const [first] = grants;
  const ends = grants.flatMap((grant) => grant.end ?? []).toSorted();
  if (first === undefined || ends[0] === undefined || ends[0] <= now) {
    throw failure("E608", {
      summary: "there is nothing active to extend",
      detail: `\`${parts.extend ?? ""}\` has no grant that is active now`,
      fix: "write a new request without --extend",
    });
  }
  const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();
  return {
    for: unique(grants.map(({ facts }) => facts.person)),
    access: unique(grants.map(({ facts }) => facts.connection)),
    startBefore: ends[0],
    name: `${first.facts.request.slice(0, 50)}-more-${requestDigest({ ...asked(parts), startBefore: ends[0] }).slice(0, 6)}`,
    ...(first.facts.ticket === undefined ? {} : { ticket: first.facts.ticket }),
    ...parts,
  };
}

function asked(parts: RequestParts): AccessRequest {
  return { name: parts.extend ?? "", for: [], access: [], startBefore: "", reason: parts.reason };
}

/** Quoted throughout, so that whatever was typed is one value; the file is then written in the usual layout. */
function fileText(parts: RequestParts, now: Instant): string {
  const quoted = (texts: readonly string[] | undefined): string =>
    `[${(texts ?? []).map((one) => JSON.stringify(one)).join(", ")}]`;
  const optional = (key: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [`  ${key}: ${JSON.stringify(value)}`];
  return [
    "apiVersion: leasehold/v1",
    "kind: AccessRequest",
    "metadata:",
    `  name: ${JSON.stringify(parts.name ?? defaultName(parts, now))}`,
    "spec:",
    `  for: ${quoted(parts.for)}`,
    `  access: ${quoted(parts.access)}`,
    `  duration: ${JSON.stringify(parts.duration)}`,
    `  startBefore: ${JSON.stringify(parts.startBefore ?? tomorrow(now))}`,
    ...optional("startAfter", parts.startAfter),
    `  reason: ${JSON.stringify(parts.reason)}`,
    ...optional("ticket", parts.ticket),
    ...optional("rule", parts.rule),
    ...optional("extends", parts.extend),
    "",
  ].join("\n");
}

/** The resource, the ticket where there is one, and the minute: names can't be used again. */
function defaultName(parts: RequestParts, now: Instant): string {
  const resource = (parts.access?.[0] ?? "access").split("/")[0] ?? "access";
  const minute = now.slice(0, 16).replace(/[-:]/g, "").toLowerCase().replace("t", "-");
  return [resource, parts.ticket, minute]
    .filter((part) => part !== undefined)
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .slice(0, 63)
    .replace(/[^a-z0-9]+$/, "");
}

function tomorrow(now: Instant): Instant {
  const minuteMs = 60_000;
  return instantOf(Math.floor(epochMsOf(plusSeconds(now, 86_400)) / minuteMs) * minuteMs);
}

/** Who would have to approve it by the rules of the working tree; nothing where these are not valid. */
async function approvalsOf(workspace: Workspace, request: AccessRequest, now: Instant): Promise<readonly string[]> {
  const { rules } = await readRules(workspace.ports, workspace.repository, { useLastSynthesis: true });
  if (rules === undefined) return [];
  const { manifest } = rules;
  const { state } = await workspace.log();
  const desired = desiredState({
    installation: workspace.installation,
    manifest,
    requests: { requests: [request] },
    asOf: now,
    state,
  });
  const lines = desired.grants.flatMap((grant) => {
    const { verdict, by } = decideOne({ policy: rules, state, desired: grant, at: now });
    if (verdict === "approved" && by === "automatic") {
      return [`needs nobody as things are now: rule ${grant.rule} approves it automatically`];
    }
    return whoCouldApprove({ desired: grant, manifest, approvals: [], usage: [], asOf: now }).map(
      ({ words, people, teams }) => `needs ${words}: ${[...people.slice(0, 5), ...teams].join(", ")}`,
    );
  });
  return [...new Set(lines)];
}
