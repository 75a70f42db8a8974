import { diagnostic, type Diagnostic } from "../../errors";
import type { Manifest } from "../../model/manifest";
import type { AccessRequest } from "../../model/request";
import type { SnapshotLog } from "../../model/snapshot";
import { isSameRequest, tryFindEditFault } from "../../policy";
import { locate } from "../../request";
import type { JudgedFile } from "./pull-decision";
import type { ReadChange } from "./read-changes";

/** What a commit's request files come to against the merged requests. */
export interface RequestsJudged {
  /** Requests that the Log does not know. */
  readonly fresh: readonly AccessRequest[];
  /** The merged ones that stay, as they will stand. */
  readonly kept: readonly AccessRequest[];
  readonly removed: readonly AccessRequest[];
  readonly narrowed: readonly { readonly before: AccessRequest; readonly after: AccessRequest }[];
  readonly files: readonly JudgedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether a file cannot be read or uses a name of another file: then nobody can say what the commit means. */
  readonly isInvalid: boolean;
}

/**
 * Holds changed request files against the merged requests. A request is its name, not its path: a file that
 * moves changes nothing. A merged request that is still in a file, readable or not, stays as it was merged
 * unless it is narrowed; only one whose file is gone is removed.
 */
export function judgeRequests(
  changes: readonly ReadChange[],
  log: SnapshotLog,
  manifest: Manifest | undefined,
): RequestsJudged {
  const board = new Board(changes, log, manifest);
  for (const change of changes) board.judge(change);
  return board.result();
}

/** All changed files of one commit by the names of their requests, and what has been found so far. */
class Board {
  private readonly merged: ReadonlyMap<string, AccessRequest>;
  private readonly befores: ReadonlyMap<string, ReadChange>;
  private readonly afters = new Map<string, ReadChange[]>();
  private readonly fresh: AccessRequest[] = [];
  private readonly narrowed = new Map<string, AccessRequest>();
  private readonly removed = new Set<string>();
  private readonly files: JudgedFile[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private isInvalid = false;

  constructor(
    changes: readonly ReadChange[],
    private readonly log: SnapshotLog,
    private readonly manifest: Manifest | undefined,
  ) {
    this.merged = new Map(log.merged.map((request) => [request.name, request]));
    this.befores = new Map(changes.flatMap((one) => (one.before === undefined ? [] : [[one.before.name, one]])));
    for (const one of changes) {
      if (one.after === undefined) continue;
      const there = this.afters.get(one.after.name);
      if (there === undefined) this.afters.set(one.after.name, [one]);
      else there.push(one);
    }
  }

  judge(one: ReadChange): void {
    if (one.problems.length > 0) this.unclear(one, one.problems, "it cannot be read as a request");
    else if (one.after === undefined) this.judgeGone(one);
    else this.judgeThere(one, one.after);
  }

  result(): RequestsJudged {
    const kept = this.log.merged.filter(({ name }) => !this.removed.has(name));
    return {
      fresh: this.fresh.toSorted(byName),
      kept: kept.map((request) => this.narrowed.get(request.name) ?? request),
      removed: this.log.merged.filter(({ name }) => this.removed.has(name)),
      narrowed: kept.flatMap((before) => {
        const after = this.narrowed.get(before.name);
        return after === undefined ? [] : [{ before, after }];
      }),
      files: this.files,
      diagnostics: this.diagnostics,
      isInvalid: this.isInvalid,
    };
  }

  private judgeGone(one: ReadChange): void {
    const { before } = one;
    if (before === undefined) {
      const outcome = one.change.before === null ? "nothing" : "removed";
      return this.row(one, outcome, "It held no request that could be read.");
    }
    const { name } = before;
    const [other] = this.afters.get(name) ?? [];
    if (other !== undefined) return this.row(one, "moved", `Request ${name} is now in ${other.change.path}.`, name);
    if (this.merged.has(name)) this.removed.add(name);
    this.row(one, "removed", `Request ${name} is removed.`, name);
  }

  private judgeThere(one: ReadChange, after: AccessRequest): void {
    const { name } = after;
    const others = (this.afters.get(name) ?? []).filter((other) => other !== one);
    const [other] = others;
    if (other !== undefined) return this.twice(one, name, other.change.path);
    const before = this.merged.get(name);
    if (this.isSpent(name)) return this.judgeSpent(one, after);
    if (before === undefined) {
      this.fresh.push(after);
      return this.row(one, "new", `Request ${name} is new.`, name);
    }
    if (!this.befores.has(name)) return this.twice(one, name, "a file that this commit does not change");
    this.judgeMerged(one, before, after);
  }

  private judgeMerged(one: ReadChange, before: AccessRequest, after: AccessRequest): void {
    const { name } = after;
    if (isSameRequest(before, after)) {
      const wasThere = one.before?.name === name;
      return this.row(one, wasThere ? "unchanged" : "moved", `Request ${name} says the same as before.`, name);
    }
    const fault = tryFindEditFault(before, after, this.manifest);
    if (fault === undefined) {
      this.narrowed.set(name, after);
      return this.row(one, "narrowed", `Request ${name} is narrowed.`, name);
    }
    const problem = diagnostic("E112", {
      detail: `${name} is merged, but ${fault.words}`,
      fix: "undo the edit, and write a new request",
      where: this.place(one, ["spec", fault.field]),
    });
    this.refuse(one, [problem], `${name} is merged and may only be narrowed, but ${fault.words}`, name);
  }

  /** A name that is used up may lie where it lay, since nothing comes of it; nobody can use it again. */
  private judgeSpent(one: ReadChange, after: AccessRequest): void {
    const { name } = after;
    const before = this.befores.get(name)?.before;
    if (before !== undefined && isSameRequest(before, after)) {
      return this.row(one, "unchanged", `The name ${name} is spent: nothing comes of it.`, name);
    }
    const problem = diagnostic("E113", {
      detail: `\`${name}\` was used before`,
      fix: "write a new request under another name",
      where: this.place(one, ["metadata", "name"]),
    });
    this.refuse(one, [problem], `the name ${name} is spent`, name);
  }

  private twice(one: ReadChange, name: string, elsewhere: string): void {
    const problem = diagnostic("E106", {
      detail: `\`${name}\` is also the name in ${elsewhere}`,
      fix: "give one of them a name of its own; a name is used once and never again",
      where: this.place(one, ["metadata", "name"]),
    });
    this.unclear(one, [problem], `the name ${name} is used twice`, name);
  }

  /** Removed, refused for ever, or known to the Log and not merged: whatever it was, the name is used up. */
  private isSpent(name: string): boolean {
    const known = Object.hasOwn(this.log.names, name) ? this.log.names[name] : undefined;
    if (known === undefined) return false;
    return known.spent || known.removedAt !== undefined || !this.merged.has(name);
  }

  private unclear(one: ReadChange, problems: readonly Diagnostic[], why: string, name?: string): void {
    this.isInvalid = true;
    this.refuse(one, problems, why, name);
  }

  private refuse(one: ReadChange, problems: readonly Diagnostic[], why: string, name?: string): void {
    this.diagnostics.push(...problems);
    this.row(one, "invalid", `It is not taken over: ${why}.`, name);
  }

  private row(one: ReadChange, outcome: JudgedFile["outcome"], sentence: string, request?: string): void {
    const { path } = one.change;
    this.files.push({ path, ...(request === undefined ? {} : { request }), outcome, sentence });
  }

  private place(one: ReadChange, path: readonly string[]): Diagnostic["where"] {
    return locate({ file: one.change.path, text: one.change.after ?? "" }, path);
  }
}

function byName(a: AccessRequest, b: AccessRequest): number {
  return a.name < b.name ? -1 : 1;
}
