/** A history of the reference in the words of Leasehold: a Snapshot with real YAML, Manifests and digests. */
import { createHash } from "node:crypto";
import { digestOfText, type Digest } from "../../../lib/model/canonical";
import { instantOf, type Instant } from "../../../lib/model/instant";
import { grantId } from "../../../lib/model/grant";
import type { GrantState, RequestState } from "../../../lib/model/log-state";
import { manifestDigest, manifestText, type Manifest } from "../../../lib/model/manifest";
import { requestDigest, type AccessRequest } from "../../../lib/model/request";
import { ruleDigest, type ApprovalStep } from "../../../lib/model/rule";
import type {
  CommitContent,
  FileChange,
  GitHubAccount,
  PullFacts,
  RequestChange,
  Snapshot,
} from "../../../lib/model/snapshot";
import { governedDigest, governedFiles } from "../../../lib/request/governed";
import { requestFilesDigest } from "../../../lib/request/request-files";
import { tryParseGlob } from "../../../lib/request/glob";
import { writeRequest } from "../../../lib/request/write";
import { governed } from "../../support/governed";
import { pairsOf } from "./widening";
import { changedPaths, mergeBase } from "./world";
import type { Account, Ask, Commit, History, KnownName, Policy, RequestFile, Step, Tree } from "./world";

/** The Snapshot that lib/github would take of a history. */
export function snapshotOf(h: History): Snapshot {
  const subject = contentOf(h, h.subject, h.kind === "head" ? mergeBase(h, h.subject) : h.base);
  const reviewed = new Set((h.pull?.reviews ?? []).flatMap(({ commit }) => (commit === undefined ? [] : [commit])));
  const known = [...reviewed].filter((sha) => sha !== h.subject && !h.gone.includes(sha));
  const accepted = h.accepted.map(({ policy, commit }) => ({
    digest: once(policyDigests, policy, (one) => manifestDigest(manifestOf(one))),
    manifest: manifestOf(policy),
    ...(commit === undefined ? {} : { governed: governedOf(treeOf(h, commit)), commit: shaOf(commit) }),
  }));
  const last = accepted.at(-1);
  return {
    snapshotVersion: 1,
    asOf: at(h.asOf),
    installation: h.installation,
    repository: "github.example/acme/access",
    app: "access/app.ts",
    requestsGlob: "requests/**/*.yaml",
    kind: h.kind,
    subject,
    ...(h.pull === undefined ? {} : { pull: pullOf(h, h.pull) }),
    reviewed: known.map((sha) => contentOf(h, sha, mergeBase(h, sha))),
    teams: Object.entries(h.teams).map(([team, members]) => ({ team, members: members?.map(accountOf) ?? null })),
    base: { branch: "main", sha: shaOf(h.base), ...digestsOf(treeOf(h, h.base)) },
    lastPushApproved: h.lastPushApproved,
    ...(last === undefined ? {} : { policy: { ...last, pinned: h.pins } }),
    earlierPolicies: accepted.slice(0, -1),
    log: logOf(h, subject),
  };
}

/** A policy of the reference as the Manifest that `leasehold synth` would make. */
export function manifestOf(p: Policy): Manifest {
  return once(manifests, p, makeManifest);
}

const policyDigests = new WeakMap<Policy, Digest>();
const manifests = new WeakMap<Policy, Manifest>();
const glob = tryParseGlob("requests/**/*.yaml");
const manifestPath = "leasehold.out/manifest.json";

function makeManifest(p: Policy): Manifest {
  const resources = new Map(p.ways.map((way) => [way.id.split("/")[0] ?? "", way.class]));
  const named = (prefix: string, of: readonly string[]): string[] =>
    of.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  return {
    manifestVersion: 1,
    users: p.users
      .map(({ email, login, manager }) => ({
        email,
        ...(login === undefined ? {} : { github: { login } }),
        ...(manager === undefined ? {} : { manager }),
      }))
      .toSorted((a, b) => (a.email < b.email ? -1 : 1)),
    groups: p.groups.map(({ team, ...group }) => ({ ...group, ...(team === undefined ? {} : { githubTeam: team }) })),
    serviceAccounts: p.services,
    resources: [...resources].map(([name, level]) => ({
      name,
      path: `prod/${name}`,
      kind: "postgresql",
      class: level as "low",
      labels: {},
      gateway: "main",
    })),
    connections: p.ways.map(({ id, safeguards }) => ({
      id,
      path: `prod/${id}`,
      resource: id.split("/")[0] ?? "",
      level: id.split("/")[1] ?? "",
      gatewayName: id.replace("/", "-"),
      settings: {},
      secrets: {},
      command: [],
      guardrails: named("guardrail:", safeguards),
      maskingRules: named("masking:", safeguards),
    })),
    guardrails: [{ name: "no-drop", input: [{ type: "denyWords", words: ["drop"] }], output: [] }],
    maskingRules: [{ name: "pan", entityTypes: ["CREDIT_CARD"] }],
    rules: p.rules.map(({ name, who, may, defaultHours, maxHours, ticket, automatic, steps }) => ({
      name,
      path: `prod/${name}`,
      who,
      may,
      defaultDurationSeconds: defaultHours * 3600,
      maxDurationSeconds: maxHours * 3600,
      windows: [],
      approval: {
        ...(automatic === undefined
          ? {}
          : {
              automatic: {
                when: { kind: "memberOf", groups: [automatic.memberOf] },
                never: automatic.never as "low"[],
                ...(automatic.budget === undefined
                  ? {}
                  : { budget: { grants: automatic.budget.grants, perSeconds: automatic.budget.hours * 3600 } }),
              },
            }),
        steps: steps.map(stepOf),
      },
      mayRevoke: [],
      ticketRequired: ticket,
    })),
    policyApproval: p.policyApproval.map(stepOf),
    ...governed,
    approvals: "github",
    limits: {
      ...governed.limits,
      maxDurationSeconds: p.maxHours * 3600,
      startWithinSeconds: p.startWithinHours * 3600,
      approvalValidForSeconds: p.approvalValidHours * 3600,
    },
  };
}

function stepOf({ count, from, longerThan }: Step): ApprovalStep {
  return {
    approvals: count,
    from: from === "manager" ? { kind: "managerOfBeneficiary" } : { kind: "groups", groups: from },
    ...(longerThan === undefined ? {} : { when: { kind: "longerThan", seconds: longerThan * 3600 } }),
  };
}

function contentOf(h: History, sha: string, from: string): CommitContent {
  const [tree, before] = [treeOf(h, sha), treeOf(h, from)];
  const governedChanges = fileChanges(tree, before);
  const requestChanges = changedPaths(tree.requests, before.requests).map((path) => requestChange(path, tree, before));
  const claim = claimText(tree);
  return {
    sha: shaOf(sha),
    base: shaOf(from),
    governed: governedOf(tree),
    baseGoverned: governedOf(before),
    baseRequests: digestsOf(before).requests,
    governedChanges,
    requestChanges,
    ...(governedChanges.length === 0 || claim === undefined ? {} : { manifest: claim }),
    changedFiles: governedChanges.length + requestChanges.length,
  };
}

function claimText({ claim }: Tree): string | undefined {
  if (claim === undefined) return undefined;
  if ("garbage" in claim) return claim.garbage;
  return once(manifestTexts, claim.policy, (policy) => manifestText(manifestOf(policy)));
}

const manifestTexts = new WeakMap<Policy, string>();
const governedDigests = new WeakMap<Tree, Digest>();

/** Commits of a history share policies and trees: each is turned into digests once. */
function once<K extends object, V>(memory: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  memory.set(key, made);
  return made;
}

/** Governed files with their contents, the committed Manifest among them. */
function governedContents(tree: Tree): Readonly<Record<string, string>> {
  const claim = claimText(tree);
  return { ...tree.governed, ...(claim === undefined ? {} : { [manifestPath]: claim }) };
}

function governedOf(tree: Tree): Digest {
  return once(governedDigests, tree, digestOfTree);
}

function digestsOf(tree: Tree): { readonly governed: Digest; readonly requests: Digest } {
  return { governed: governedOf(tree), requests: once(requestDigests, tree, digestOfRequests) };
}

const requestDigests = new WeakMap<Tree, Digest>();

function digestOfRequests(tree: Tree): Digest {
  if (glob === undefined) throw new Error("the glob is none");
  const files = Object.entries(tree.requests).map(([path, request]) => ({
    path,
    mode: "100644",
    blob: blobOf("broken" in request ? request.broken : textOfFile(request)),
  }));
  return requestFilesDigest([...files, { path: "README.md", mode: "100644", blob: blobOf("readme") }], glob);
}

function digestOfTree(tree: Tree): Digest {
  if (glob === undefined) throw new Error("the glob is none");
  const files = Object.entries(governedContents(tree)).map(([path, text]) => ({
    path,
    mode: "100644",
    blob: blobOf(text),
  }));
  return governedDigest(governedFiles([...files, { path: "README.md", mode: "100644", blob: blobOf("readme") }], glob));
}

function fileChanges(tree: Tree, before: Tree): readonly FileChange[] {
  const [now, was] = [governedContents(tree), governedContents(before)];
  const blob = (text: string | undefined): string | null => (text === undefined ? null : blobOf(text));
  return changedPaths(now, was)
    .toSorted()
    .map((path) => ({ path, before: blob(was[path]), after: blob(now[path]) }));
}

function requestChange(path: string, tree: Tree, before: Tree): RequestChange {
  const broken = tree.requests[path];
  const how = broken !== undefined && "broken" in broken ? unreadable(broken.broken) : undefined;
  return {
    path,
    before: textOf(before.requests[path]),
    after: how === undefined ? textOf(broken) : null,
    ...(how === undefined ? {} : { unreadable: how }),
  };
}

function unreadable(how: string): RequestChange["unreadable"] {
  return how === "link" || how === "submodule" || how === "not UTF-8" || how === "too large" ? how : undefined;
}

function textOf(file: RequestFile | undefined): string | null {
  return file === undefined ? null : once(fileTexts, file, textOfFile);
}

const fileTexts = new WeakMap<RequestFile, string>();

function textOfFile(file: RequestFile): string {
  if ("broken" in file) return brokenText(file.broken);
  const text = writeRequest(requestOf(file.ask));
  return file.layout === 0 ? text : `# laid out another way\n${text}`;
}

function brokenText(how: string): string {
  const text = writeRequest({
    name: "broken",
    for: ["ann@example.com"],
    access: ["orders-db/read"],
    startBefore: at(100),
    reason: "INC-1",
  });
  switch (how) {
    case "duplicate key":
      return `${text}  reason: another\n`;
    case "alias":
      return text.replace("INC-1", "*anchor").replaceAll('"*anchor"', "*anchor");
    case "two documents":
      return `${text}---\n${text}`;
    default:
      return "{ no yaml";
  }
}

function requestOf(ask: Ask): AccessRequest {
  const { name, reason, ticket, rule } = ask;
  return {
    name,
    for: ask.for,
    access: ask.access,
    ...(ask.hours === undefined ? {} : { durationSeconds: ask.hours * 3600 }),
    startBefore: at(ask.startBefore),
    ...(ask.startAfter === undefined ? {} : { startAfter: at(ask.startAfter) }),
    reason,
    ...(ticket === undefined ? {} : { ticket }),
    ...(rule === undefined ? {} : { rule }),
  };
}

function pullOf(h: History, pull: NonNullable<History["pull"]>): PullFacts {
  const isMerged = h.kind === "merge";
  return {
    number: 7,
    state: isMerged ? "merged" : "open",
    isDraft: pull.isDraft,
    isFork: pull.isFork,
    ...(pull.author === undefined ? {} : { author: accountOf(pull.author) }),
    head: shaOf(pull.commits.at(-1) ?? h.subject),
    targetsDefault: pull.targetsDefault,
    ...(isMerged ? { mergedAs: shaOf(h.subject) } : {}),
    commits: pull.commits.map((sha) => commitOf(h, sha)),
    reviews: pull.reviews.map(({ by, state, commit, at: hour, mayPush }, index) => ({
      id: index + 1,
      ...(by === undefined ? {} : { by: accountOf(by) }),
      state,
      ...(commit === undefined ? {} : { commit: shaOf(commit) }),
      at: at(hour),
      mayPush,
    })),
  };
}

function commitOf(h: History, sha: string): PullFacts["commits"][number] {
  const { parents, author, committer, coAuthors, unknownPeople, verified } = findCommit(h, sha);
  return {
    sha: shaOf(sha),
    parents: parents.map(shaOf),
    ...(author === undefined ? {} : { author: accountOf(author) }),
    ...(committer === undefined ? {} : { committer: accountOf(committer) }),
    coAuthors: coAuthors.map(accountOf),
    unknownPeople,
    verified,
  };
}

/** What the Log says of the names that the subject touches; of all merged requests where it edits governed files. */
function logOf(h: History, subject: CommitContent): Snapshot["log"] {
  const { names, usage, optOuts, recovering, frozen } = h.log;
  const touched = touchedNames(h);
  const known = Object.entries(names).filter(([name]) => touched.has(name));
  const merged = Object.entries(names).filter(([name]) => subject.governedChanges.length > 0 || touched.has(name));
  return {
    isRecovering: recovering,
    isFrozen: frozen,
    merged: merged
      .flatMap(([, { ask, state }]) => (state === "merged" ? [requestOf(ask)] : []))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    names: Object.fromEntries(known.map(([name, one]) => [name, nameState(one)])),
    grants: merged.flatMap(([, name]) => grantsOf(h, name)),
    usage: usage.map(({ rule, person, at: hour }) => ({ rule, person, at: at(hour) })),
    optOuts: optOuts.map(({ person, rule }, index) => ({
      id: `opt-out-${index}`,
      person,
      from: { kind: "rule", rule },
      by: { id: person, authenticatedBy: "unauthenticated" },
      at: at(-100),
    })),
    activeGrants: 0,
  };
}

/** The Grants of a merged request that has started: one per pair under the rules in force. */
function grantsOf(h: History, { ask, grants }: KnownName): readonly GrantState[] {
  const policy = h.accepted.at(-1)?.policy;
  if (grants === undefined || policy === undefined) return [];
  const pairs = pairsOf(h, ask, policy);
  return pairs.map(({ person, way, rule }) => {
    const [resource = "", level = ""] = way.split("/");
    const { name, reason } = ask;
    const ruleOfManifest = manifestOf(policy).rules.find((one) => one.name === rule);
    return {
      facts: {
        grant: grantId({ installation: h.installation, request: name, person, connection: way }),
        request: name,
        person,
        connection: way,
        gateway: "main",
        gatewayName: way.replace("/", "-"),
        level,
        resource,
        class: "high",
        rule,
        ruleDigest: ruleOfManifest === undefined ? "" : ruleDigest(ruleOfManifest),
        reason,
        ...(ask.ticket === undefined ? {} : { ticket: ask.ticket }),
      },
      phase: grants,
      generation: 0,
      intendedAt: at(-60),
      activatedAt: at(-60),
      end: at(grants === "active" ? h.asOf + 1 : -50),
      ...(grants === "ended" ? { endedAt: at(-50), endReason: "expired" } : {}),
      approvedBy: "people",
      firstSequence: 1,
      lastSequence: 2,
    };
  });
}

function touchedNames(h: History): ReadonlySet<string> {
  const [tree, before] = [treeOf(h, h.subject), treeOf(h, h.kind === "head" ? mergeBase(h, h.subject) : h.base)];
  const paths = changedPaths(tree.requests, before.requests);
  const files = paths.flatMap((path) => [tree.requests[path], before.requests[path]]);
  return new Set(files.flatMap((file) => (file !== undefined && "ask" in file ? [file.ask.name] : [])));
}

function nameState({ ask, state }: History["log"]["names"][string]): RequestState {
  return {
    digest: requestDigest(requestOf(ask)),
    mergedAt: at(-200),
    ...(state === "removed" ? { removedAt: at(-100) } : {}),
    spent: state === "spent",
  };
}

function findCommit(h: History, sha: string): Commit {
  const commit = h.commits[sha];
  if (commit === undefined) throw new Error(`no commit ${sha}`);
  return commit;
}

const accountOf = ({ id, login, kind }: Account): GitHubAccount => ({ id, login, kind });
const treeOf = (h: History, sha: string): Tree => findCommit(h, sha).tree;
const shaOf = (sha: string): string => digestOfText(sha).slice(0, 40);
const blobs = new Map<string, string>();

/** Git's id of a text. A Manifest's is long and asked for many times. */
function blobOf(text: string): string {
  const known = blobs.get(text);
  if (known !== undefined) return known;
  const blob = createHash("sha1")
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest("hex");
  if (blobs.size > 100) blobs.clear();
  blobs.set(text, blob);
  return blob;
}
const at = (hour: number): Instant => instantOf(Date.parse("2026-11-23T12:00:00Z") + hour * 3_600_000);
