/**
 * Small Snapshots for tests of Decisions about commits: a head of one pull request by alice that asks for
 * something, a policy that takes approvals from GitHub, everybody pinned. Everything can be replaced by field.
 */
import { digestOfText } from "../../../lib/model/canonical";
import { manifestDigest, manifestText, type Manifest } from "../../../lib/model/manifest";
import { requestDigest, type AccessRequest } from "../../../lib/model/request";
import type {
  AcceptedPolicy,
  CommitContent,
  FileChange,
  GitHubAccount,
  PinnedAccount,
  PullCommit,
  PullFacts,
  PullReview,
  RequestChange,
  Snapshot,
  SnapshotLog,
} from "../../../lib/model/snapshot";
import { writeRequest } from "../../../lib/request";
import { hours, installation, manifest, now, request } from "../../support/core";

const numbers: Readonly<Record<string, number>> = { alice: 1, bob: 2, carol: 3, dave: 4, erin: 5, frank: 6 };

/** `alice` to `frank` are Users with ids 1 to 6; any other login has an id of its own, from 1000 on. */
export function account(login: string, more: Partial<GitHubAccount> = {}): GitHubAccount {
  const id = numbers[login] ?? 1000 + (Number.parseInt(digestOfText(login).slice(0, 6), 16) % 1_000_000);
  return { id, login, kind: "user", ...more };
}

/** The e-mail of one of the six. */
export function email(login: string): string {
  return `${login}@example.com`;
}

/**
 * The Manifest of test/support/core.ts (alice and bob in backend, carol and dave in leads, erin in
 * security, frank nowhere) with approvals from GitHub, logins, and an edit of the rules approved by 1 of security.
 */
export function rules(more: Partial<Manifest> = {}): Manifest {
  return manifest({
    users: manifest().users.map((user) => ({ ...user, github: { login: user.email.split("@")[0] ?? "" } })),
    approvals: "github",
    policyApproval: [{ approvals: 1, from: { kind: "groups", groups: ["security"] } }],
    ...more,
  });
}

/** A name as a commit's id: always the same 40 digits. */
export function sha(name: string): string {
  return digestOfText(name).slice(0, 40);
}

/** The digest that stands for a tree of governed files called by a name. */
export function tree(name: string): string {
  return digestOfText(`governed files of ${name}`);
}

/** `requests/<name>.yaml`. */
export function pathOf(asked: AccessRequest): string {
  return `requests/${asked.name}.yaml`;
}

/** A file that asks for something new. */
export function added(asked: AccessRequest, path = pathOf(asked)): RequestChange {
  return { path, before: null, after: writeRequest(asked) };
}

/** A file that was taken away. */
export function removed(asked: AccessRequest, path = pathOf(asked)): RequestChange {
  return { path, before: writeRequest(asked), after: null };
}

/** A file that says something else than before. */
export function edited(before: AccessRequest, after: AccessRequest, path = pathOf(before)): RequestChange {
  return { path, before: writeRequest(before), after: writeRequest(after) };
}

/** A commit's content, counted from the base called `base`, whose governed files are those of the policy in force. */
export function content(name: string, more: Partial<CommitContent> = {}): CommitContent {
  const changes = { governedChanges: [], requestChanges: [], ...more };
  return {
    sha: sha(name),
    base: sha("base"),
    governed: tree("base"),
    baseGoverned: tree("base"),
    changedFiles: changes.requestChanges.length + changes.governedChanges.length,
    ...changes,
  };
}

/** What an edit of the rules changes: the program, and the Manifest that comes with it. */
export function ruleEdit(name: string, edit: Manifest): Partial<CommitContent> {
  const text = manifestText(edit);
  return {
    governed: tree(name),
    governedChanges: [
      changed("access.ts", name),
      { path: "leasehold.out/manifest.json", before: sha("manifest"), after: sha(text) },
    ],
    manifest: text,
  };
}

/** A governed file with other bytes. */
export function changed(path: string, name: string): FileChange {
  return { path, before: sha(`${path} before`), after: sha(`${path} of ${name}`) };
}

/** A verified commit by alice. */
export function commit(name: string, more: Partial<PullCommit> = {}): PullCommit {
  return {
    sha: sha(name),
    parents: [sha("base")],
    author: account("alice"),
    committer: account("alice"),
    coAuthors: [],
    unknownPeople: 0,
    verified: true,
    ...more,
  };
}

let reviews = 0;

/** An approval on the commit called `on`, by default the head, by somebody who may push. */
export function review(login: string, more: Omit<Partial<PullReview>, "commit"> & { on?: string } = {}): PullReview {
  const { on = "head", ...rest } = more;
  reviews += 1;
  return { id: reviews, by: account(login), state: "approved", commit: sha(on), at: hours(-1), mayPush: true, ...rest };
}

/** What a Snapshot's builder takes: any part, and parts of its parts. */
export interface SnapshotParts extends Partial<Omit<Snapshot, "pull" | "log" | "policy" | "subject">> {
  readonly subject?: Partial<CommitContent>;
  /** `null`: a direct push. */
  readonly pull?: Partial<PullFacts> | null;
  readonly log?: Partial<SnapshotLog>;
  /** The policy in force; `null`: none. */
  readonly rules?: Manifest | null;
  readonly pinned?: readonly PinnedAccount[];
}

/** The head of a pull request by alice, by default one that asks for an hour on orders-db/read for alice. */
export function snapshot(parts: SnapshotParts = {}): Snapshot {
  const { subject, pull, log, rules: given, pinned, ...rest } = parts;
  const house = given === undefined ? rules() : given;
  return {
    snapshotVersion: 1,
    asOf: now,
    installation,
    repository: "github.test/acme/access",
    app: "access.ts",
    requestsGlob: "requests/**/*.yaml",
    kind: "head",
    subject: content("head", { requestChanges: [added(request("r1"))], ...subject }),
    ...(pull === null ? {} : { pull: { ...pullFacts(), ...pull } }),
    reviewed: [],
    teams: [],
    base: { branch: "main", sha: sha("base"), governed: tree("base") },
    lastPushApproved: false,
    ...(house === null ? {} : { policy: { ...accepted("base", house), pinned: pinned ?? pins(house) } }),
    earlierPolicies: [],
    log: {
      isRecovering: false,
      isFrozen: false,
      merged: [],
      names: {},
      grants: [],
      usage: [],
      optOuts: [],
      activeGrants: 0,
      ...log,
    },
    ...rest,
  };
}

/** The same as a merge on the base branch whose content is the subject's, its pull request's head `head` reviewed. */
export function merge(parts: SnapshotParts = {}): Snapshot {
  const built = snapshot({ ...parts, subject: { sha: sha("merge"), ...parts.subject } });
  const reviewed = parts.reviewed ?? [{ ...built.subject, sha: sha("head") }];
  return {
    ...built,
    kind: "merge",
    reviewed,
    ...(built.pull === undefined
      ? {}
      : { pull: { ...built.pull, state: "merged", mergedAs: built.subject.sha, ...parts.pull } }),
  };
}

/** A policy accepted with the governed files of a commit called by a name. */
export function accepted(name: string, house: Manifest): AcceptedPolicy {
  return { digest: manifestDigest(house), manifest: house, governed: tree(name), commit: sha(name) };
}

/** Every User with a login, pinned to the id of the account with this login. */
export function pins(house: Manifest): readonly PinnedAccount[] {
  return house.users.flatMap(({ email: person, github }) =>
    github === undefined ? [] : [{ person, login: github.login, id: account(github.login).id }],
  );
}

/** The part of the Log that knows requests as merged an hour ago. */
export function mergedLog(...requests: readonly AccessRequest[]): Pick<SnapshotLog, "merged" | "names"> {
  return {
    merged: requests,
    names: Object.fromEntries(
      requests.map((one) => [one.name, { digest: requestDigest(one), mergedAt: hours(-1), spent: false }]),
    ),
  };
}

function pullFacts(): PullFacts {
  return {
    number: 7,
    state: "open",
    isDraft: false,
    isFork: false,
    author: account("alice"),
    head: sha("head"),
    targetsDefault: true,
    commits: [commit("head")],
    reviews: [],
  };
}
