/** A history as it is told: the base branch, a branch with its pushes and reviews, and how it ends. */
import {
  accounts,
  anyReviewer,
  editPolicy,
  firstPolicy,
  narrowed,
  newAsk,
  policyEdits,
  widened,
  type PolicyEdit,
} from "./cast";
import type { Dice } from "./dice";
import { file, overlay, patched, pathOf, type Patch } from "./patch";
import type { Account, Ask, Commit, History, KnownName, Policy, RequestFile, Review, Tree } from "./world";

/** Tells one history, step by step. */
export class Story {
  readonly kinds = new Set<string>();
  private readonly commits: Record<string, Commit> = {};
  private readonly reviews: Review[] = [];
  private readonly gone: string[] = [];
  private readonly accepted: { policy: Policy; commit?: string }[] = [];
  private readonly names: Record<string, KnownName> = {};
  private readonly teams: Record<string, readonly Account[] | null> = {};
  private patch: Patch = { requests: {}, governed: {} };
  private pins: { person: string; login: string; id: number }[] = [];
  private main = "";
  private fork = "";
  private head = "";
  private pullCommits: string[] = [];
  private author: Account | undefined = accounts.ann;
  private count = 0;
  private at = -40;
  private asks = 0;

  constructor(private readonly dice: Dice) {}

  /** The base branch with a policy and some merged requests. */
  begin(): void {
    const { dice } = this;
    const policy = firstPolicy(dice);
    const merged = ["old-1", "old-2", "old-3"].slice(0, dice.int(1, 3)).map((name) => ({
      ...newAsk(dice, name, true),
    }));
    const requests: Record<string, RequestFile> = {};
    for (const ask of merged) {
      requests[pathOf(ask.name)] = file(ask);
      const grants = dice.chance(0.4) ? { grants: dice.pick(["active", "ended"] as const) } : {};
      this.names[ask.name] = { ask, state: "merged", ...grants };
      if (grants.grants !== undefined) this.kinds.add(`merged before: ${grants.grants}`);
    }
    const spent = newAsk(dice, "spent-1", true);
    this.names["spent-1"] = { ask: spent, state: dice.pick(["removed", "spent"]) };
    if (this.names["spent-1"].state === "spent") requests[pathOf("spent-1")] = file(spent);
    const tree: Tree = {
      governed: { "leasehold.yaml": "v1", "access/app.ts": "v1", ".github/workflows/plan.yml": "v1" },
      claim: { policy },
      requests,
    };
    this.main = this.commit({ parents: [], tree, author: accounts.cat });
    this.accepted.push({ policy, commit: this.main });
    this.pinAll(policy);
    this.teams["acme/sre"] = [accounts.tom, accounts.uma, accounts.eve].filter(() => dice.chance(0.85));
    if (dice.chance(0.1)) this.teams["acme/sre"] = [...(this.teams["acme/sre"] ?? []), accounts.impostor, accounts.fay];
    if (dice.chance(0.04)) {
      this.teams["acme/sre"] = null;
      this.kinds.add("unreadable team");
    }
  }

  private pinAll(policy: Policy): void {
    const { dice } = this;
    for (const { email, login } of policy.users) {
      const account = Object.values(accounts).find((one) => one.pinnedAs === email);
      if (login === undefined || account === undefined) continue;
      const isMissing = dice.chance(0.02);
      if (isMissing) this.kinds.add("pin missing");
      // Nobody ever pinned fay.
      if (email !== "fay@example.com" && !isMissing) this.pins.push({ person: email, login, id: account.id });
    }
  }

  /** Opens the branch with its first commits. */
  branch(): void {
    const { dice } = this;
    this.fork = this.main;
    this.head = this.main;
    this.author = dice.weighted(
      [accounts.ann, accounts.ben, accounts.cat, accounts.bot, accounts.tom, accounts.gil, accounts.impostor],
      [12, 3, 2, 1, 1, 1, 1],
    );
    for (let more = dice.weighted([1, 2, 3], [7, 3, 1]); more > 0; more--) this.change();
    if (dice.chance(0.3)) this.edit();
    this.push();
  }

  /** Another push: widens, narrows, keeps, updates the branch, or rewrites it. */
  later(): void {
    const { dice } = this;
    const kind = dice.weighted(
      ["widen", "narrow", "keep", "more", "edit", "drop edit", "undo", "update", "force"],
      [3, 3, 2, 2, 1, 1, 1, 3, 2],
    );
    const own = Object.entries(this.patch.requests).flatMap(([path, one]) =>
      one !== null && "ask" in one && this.names[one.ask.name] === undefined ? [{ path, ask: one.ask }] : [],
    );
    const some = own.length > 0 ? dice.pick(own) : undefined;
    if (kind === "widen" && some !== undefined) this.patch.requests[some.path] = file(widened(dice, some.ask));
    else if (kind === "narrow" && some !== undefined) this.patch.requests[some.path] = file(narrowed(dice, some.ask));
    else if (kind === "more") this.change();
    else if (kind === "edit") this.edit();
    else if (kind === "drop edit") this.patch = { requests: this.patch.requests, governed: {} };
    else if (kind === "undo" && some !== undefined) delete this.patch.requests[some.path];
    else if (kind === "update") this.update();
    else if (kind === "force") this.forcePush(some);
    if (kind !== "update") this.push();
    this.kinds.add(`push after review: ${kind}`);
  }

  private forcePush(some: { path: string; ask: Ask } | undefined): void {
    const { dice } = this;
    this.pullCommits = [];
    if (dice.chance(0.3)) this.gone.push(this.head);
    this.head = this.fork;
    const change = dice.pick(["same", "wider", "narrower"]);
    if (some !== undefined && change === "wider") this.patch.requests[some.path] = file(widened(dice, some.ask));
    if (some !== undefined && change === "narrower") this.patch.requests[some.path] = file(narrowed(dice, some.ask));
    this.kinds.add("force-push");
  }

  /** Merges the base branch into the branch, perhaps with something of one's own. */
  private update(): void {
    const { dice } = this;
    if (this.fork === this.main) this.moveBase();
    this.fork = this.main;
    if (dice.chance(0.2)) {
      this.change();
      this.kinds.add("update-merge smuggling");
    }
    this.push([this.head, this.main]);
    this.kinds.add("branch updated");
  }

  /** One change of request files. */
  private change(): void {
    const { dice } = this;
    const kind = dice.weighted(
      ["ask", "narrow", "widen", "remove", "broken", "spent", "twice", "layout", "move", "nobody", "readme"],
      [60, 6, 4, 8, 2, 2, 2, 1, 1, 1, 3],
    );
    const merged = Object.entries(this.names).flatMap(([name, one]) =>
      one.state === "merged" ? [{ name, ...one }] : [],
    );
    const old = merged.length > 0 ? dice.pick(merged) : undefined;
    const { requests } = this.patch;
    if (kind === "ask" || old === undefined) {
      this.asks += 1;
      requests[pathOf(`ask-${this.asks}`)] = file(newAsk(dice, `ask-${this.asks}`));
      return;
    }
    this.kinds.add(`request: ${kind}`);
    if (kind === "narrow") requests[pathOf(old.name)] = file(narrowed(dice, old.ask));
    else if (kind === "widen") requests[pathOf(old.name)] = file(widened(dice, old.ask));
    else if (kind === "remove") requests[pathOf(old.name)] = null;
    else if (kind === "layout") requests[pathOf(old.name)] = file(old.ask, 1);
    else if (kind === "broken") requests[`requests/broken.yaml`] = { broken: dice.pick(brokenKinds) };
    else if (kind === "spent") requests[pathOf("spent-1")] = file(newAsk(dice, "spent-1"));
    else if (kind === "nobody")
      requests[pathOf("for-nobody")] = file({ ...newAsk(dice, "for-nobody"), for: ["group:empty"] });
    else if (kind === "move") {
      requests[pathOf(old.name)] = null;
      requests[`requests/moved/${old.name}.yaml`] = file(old.ask);
    } else if (kind === "twice") {
      const name = dice.pick(["ask-1", old.name]);
      requests[`requests/twice/${name}.yaml`] = file(newAsk(dice, name));
    }
  }

  /** An edit of governed files with an honest, hostile, missing or broken Manifest. */
  private edit(): void {
    const { dice } = this;
    const tree = patched(this.treeOf(this.fork), this.patch);
    const kind = dice.weighted<PolicyEdit>(policyEdits, [2, 1, 3, 2, 2, 2, 2, 2, 4, 2, 2, 2]);
    this.kinds.add(`policy edit: ${kind}`);
    if (kind === "workflow") this.patch.governed[".github/workflows/plan.yml"] = `v${this.count + 2}`;
    else if (kind === "config") this.patch.governed["leasehold.yaml"] = `v${this.count + 2}`;
    else this.patch.governed["access/app.ts"] = `${kind} ${this.count}`;
    const known = tree.claim !== undefined && "policy" in tree.claim ? tree.claim.policy : this.accepted.at(-1)?.policy;
    const claimed = dice.weighted(["honest", "missing", "garbage"], [12, 1, 1]);
    if (claimed !== "honest") this.kinds.add(`manifest ${claimed}`);
    if (claimed === "missing") this.patch.claim = null;
    else if (claimed === "garbage") this.patch.claim = { garbage: dice.pick(garbage) };
    else if (known !== undefined) this.patch.claim = { policy: editPolicy(dice, known, kind) };
  }

  private push(parents: readonly string[] = [this.head]): void {
    const { dice } = this;
    const forged = dice.chance(0.1);
    const maker = dice.chance(0.85) ? this.author : anyReviewer(dice);
    if (forged) this.kinds.add("unverified commit");
    if (maker !== this.author) this.kinds.add("somebody else pushed");
    const helper = dice.chance(0.08) ? anyReviewer(dice) : undefined;
    if (helper !== undefined) this.kinds.add("another committer");
    const coAuthors = dice.chance(0.1) ? [anyReviewer(dice)] : [];
    if (coAuthors.length > 0) this.kinds.add("co-author");
    const unknown = dice.chance(0.05);
    if (unknown) this.kinds.add("unknown people");
    this.head = this.commit({
      parents,
      tree: patched(this.treeOf(this.fork), this.patch),
      ...(maker === undefined || unknown ? {} : { author: maker }),
      committer: helper ?? (dice.chance(0.8) || maker === undefined ? accounts.web : maker),
      coAuthors,
      unknownPeople: unknown ? 1 : 0,
      verified: !forged,
    });
    this.pullCommits.push(this.head);
    this.at += dice.int(1, 4);
  }

  /** Some reviews of the head, or of an older commit. */
  review(): void {
    const { dice } = this;
    const right = dice.chance(0.75) ? dice.shuffle([accounts.cat, accounts.dan, accounts.eve, accounts.tom]) : [];
    const people = [
      ...right.slice(0, dice.int(1, 4)),
      ...Array.from({ length: dice.int(0, 2) }, () => anyReviewer(dice)),
    ];
    for (const by of dice.shuffle(people)) {
      const on = dice.chance(0.9) || this.pullCommits.length === 0 ? this.head : dice.pick(this.pullCommits);
      const state = dice.weighted<Review["state"]>(
        ["approved", "changes requested", "commented", "dismissed"],
        [14, 1, 1, 1],
      );
      const isDeleted = dice.chance(0.01);
      const isUnknownCommit = dice.chance(0.01);
      this.reviews.push({
        ...(isDeleted ? {} : { by }),
        state,
        ...(isUnknownCommit ? {} : { commit: on }),
        at: this.at,
        mayPush: true,
      });
      this.at += dice.chance(0.3) ? 1 : 0;
      if (state !== "approved") this.kinds.add(`review ${state}`);
      if (on !== this.head) this.kinds.add("review on an older commit");
      if (isDeleted) this.kinds.add("review of a deleted account");
      if (by.kind !== "user") this.kinds.add(`review by a ${by.kind}`);
      if (by.id === accounts.impostor.id) this.kinds.add("login taken over");
      if (by.id === accounts.tom.id || by.id === accounts.uma.id) this.kinds.add("undeclared team member");
    }
  }

  /** Somebody else's commit on the base branch. */
  moveBase(): void {
    const { dice } = this;
    const kind = dice.weighted(["request", "rules", "rules unaccepted", "nothing"], [6, 8, 1, 2]);
    const before = this.treeOf(this.main);
    const policy = this.accepted.at(-1)?.policy;
    let tree = before;
    if (kind === "request") {
      const ask = newAsk(dice, `other-${this.count}`, true);
      tree = patched(before, { requests: { [pathOf(ask.name)]: file(ask) }, governed: {} });
      this.names[ask.name] = { ask, state: "merged" };
    } else if (kind !== "nothing" && policy !== undefined) {
      const edit = dice.pick(baseEdits);
      const edited = editPolicy(dice, policy, edit);
      tree = patched(before, {
        requests: {},
        governed: { "access/app.ts": `base ${this.count}` },
        claim: { policy: edited },
      });
      this.main = this.commit({ parents: [this.main], tree, author: accounts.dan });
      if (kind === "rules") this.accepted.push({ policy: edited, commit: this.main });
      this.kinds.add(kind === "rules" ? `base moved: ${edit}` : "rules pushed, not accepted");
      return;
    }
    this.main = this.commit({ parents: [this.main], tree, author: accounts.dan });
    this.kinds.add("base moved: other");
  }

  /** How it ends: an open head, a merge of some kind, a queue, or a push round it all. */
  end(): History {
    const { dice } = this;
    const ending = dice.weighted(["head", "squash", "merge", "rebase", "queue", "direct"], [10, 4, 4, 3, 3, 1]);
    this.kinds.add(`ending: ${ending}`);
    if (dice.chance(0.5) && ending !== "direct") this.finalReviews();
    if (ending === "rebase") this.landEarlier();
    const base = this.main;
    const subject = ending === "head" ? this.head : this.land(ending);
    const isFork = dice.chance(0.03);
    const targetsDefault = !dice.chance(0.02);
    if (isFork) this.kinds.add("fork");
    if (!targetsDefault) this.kinds.add("not the default branch");
    const late = this.lateFacts();
    const suspended = dice.chance(0.05) ? anyReviewer(dice) : undefined;
    if (suspended !== undefined) this.kinds.add("reviewer may not push");
    const pull = {
      ...(this.author === undefined || dice.chance(0.01) ? {} : { author: this.author }),
      isFork,
      isDraft: dice.chance(0.05),
      targetsDefault,
      commits: this.pullCommits,
      reviews: this.reviews.map((one) => ({ ...one, mayPush: one.by === undefined || one.by.id !== suspended?.id })),
    };
    return {
      asOf: Math.max(0, this.at + 1),
      installation: "inst-0000-0001",
      kind: ending === "head" || ending === "queue" ? ending : "merge",
      subject,
      base,
      commits: this.commits,
      ...(ending === "direct" ? {} : { pull }),
      gone: this.gone.filter((sha) => sha !== subject && !this.pullCommits.includes(sha)),
      accepted: late.accepted,
      pins: this.pins,
      teams: this.teams,
      lastPushApproved: dice.chance(0.3),
      log: late.log,
    };
  }

  private finalReviews(): void {
    const all = this.dice.shuffle([accounts.cat, accounts.dan, accounts.eve, accounts.tom]);
    for (const by of all) this.reviews.push({ by, state: "approved", commit: this.head, at: this.at, mayPush: true });
    if (this.teams["acme/sre"]?.some((one) => one.id === accounts.tom.id)) this.kinds.add("undeclared team member");
  }

  /** Rebased commits that came before the one decided, already in the Log. */
  private landEarlier(): void {
    const { dice } = this;
    if (this.pullCommits.length < 2 || dice.chance(0.5)) return;
    const first = this.pullCommits[0] ?? this.head;
    const tree = this.treeOf(first);
    const names = Object.values(tree.requests).flatMap((one) => ("ask" in one ? [one.ask.name] : []));
    // Nothing of a commit that uses a name twice is merged.
    if (new Set(names).size < names.length) return;
    const landed = overlay(this.treeOf(this.main).requests, tree.requests);
    const before = this.treeOf(this.main);
    for (const [path, one] of Object.entries(landed)) {
      if (path in before.requests || !("ask" in one) || one.ask.name in this.names) continue;
      this.names[one.ask.name] = { ask: one.ask, state: dice.pick(["merged", "merged", "spent"]) };
    }
    this.main = this.commit({ parents: [this.main], tree: { ...before, requests: landed }, author: accounts.ann });
    this.kinds.add("rebase of several commits");
  }

  /** The commit on the base branch that the branch becomes. */
  private land(ending: string): string {
    const { dice } = this;
    const patch: Patch = { ...this.patch, requests: { ...this.patch.requests }, governed: { ...this.patch.governed } };
    const extra = dice.chance(0.15) ? dice.pick(["ask", "wider", "rules"]) : undefined;
    if (extra === "ask") patch.requests[pathOf("smuggled")] = file(newAsk(dice, "smuggled"));
    if (extra === "rules") patch.governed[".github/workflows/plan.yml"] = "smuggled";
    const own = Object.entries(patch.requests).find(([path]) => path.startsWith("requests/ask-"));
    if (extra === "wider" && own?.[1] !== undefined && own[1] !== null && "ask" in own[1]) {
      patch.requests[own[0]] = file(widened(dice, own[1].ask));
    }
    if (extra !== undefined) this.kinds.add(`smuggled: ${extra}`);
    const second = ending === "merge" || (ending === "queue" && dice.chance(0.5)) ? [this.head] : [];
    return this.commit({
      parents: [this.main, ...second],
      tree: patched(this.treeOf(this.main), patch),
      author: accounts.ann,
    });
  }

  private lateFacts(): Pick<History, "accepted" | "log"> {
    const { dice } = this;
    const trouble = dice.weighted(["none", "no policy", "no commit", "recovering", "frozen"], [60, 1, 1, 1, 1]);
    if (trouble !== "none") this.kinds.add(`log: ${trouble}`);
    const accepted =
      trouble === "no policy"
        ? []
        : trouble === "no commit"
          ? this.accepted.map(({ policy }) => ({ policy }))
          : this.accepted;
    const people = ["ann@example.com", "ben@example.com"];
    const usage = Array.from({ length: dice.int(0, 2) }, () => ({
      rule: "logs",
      person: dice.pick(people),
      at: Math.max(0, this.at + 1) - dice.int(0, 30),
    }));
    const optOuts = dice.chance(0.03) ? [{ person: dice.pick(people), rule: dice.pick(["logs", "orders-read"]) }] : [];
    if (usage.length > 0) this.kinds.add("budget used");
    if (optOuts.length > 0) this.kinds.add("opted out");
    const log = {
      recovering: trouble === "recovering",
      frozen: trouble === "frozen",
      names: this.names,
      usage,
      optOuts,
    };
    return { accepted, log };
  }

  private commit(facts: Pick<Commit, "parents" | "tree"> & Partial<Omit<Commit, "parents" | "tree">>): string {
    this.count += 1;
    const sha = `c${this.count}`;
    this.commits[sha] = { coAuthors: [], unknownPeople: 0, verified: true, ...facts };
    return sha;
  }

  private treeOf(sha: string): Tree {
    const commit = this.commits[sha];
    if (commit === undefined) throw new Error(`no commit ${sha}`);
    return commit.tree;
  }
}

const baseEdits: readonly PolicyEdit[] = [
  "unrelated",
  "unrelated",
  "maximum",
  "approvers",
  "stronger",
  "add member",
  "class",
  "safeguard",
];
const brokenKinds = [
  "no YAML",
  "duplicate key",
  "alias",
  "two documents",
  "link",
  "submodule",
  "not UTF-8",
  "too large",
];
const garbage = ["{", "[]", "null", '{"manifestVersion":1}', '{"manifestVersion":2}', "not json"];
