/** What people do in a simulation: each act is a program of its own, by the same functions that the CLI calls. */
import { LeaseholdError } from "../../../lib/errors";
import type { Actor } from "../../../lib/model/actor";
import { instantOf } from "../../../lib/model/instant";
import type { AccessRequest } from "../../../lib/model/request";
import {
  acceptPolicy,
  endGrants,
  freeze,
  giveApproval,
  liftOptOut,
  optOut,
  recordMergedRequests,
  runPass,
  thaw,
  type World as Reached,
} from "../../../lib/reconcile";
import type { Checks } from "../checks/checks";
import { Ledger, type Asked, type Fact, type RequestFacts } from "../oracle/ledger";
import { manifestOf, type PolicyKind, ruleOf } from "../oracle/rules";
import type { World } from "../world/world";

const operator: Actor = { id: "olga@x.test", authenticatedBy: "unauthenticated" };

/** What became of a program. */
export type Outcome<T> =
  { readonly kind: "done"; readonly value: T } | { readonly kind: "failed" } | { readonly kind: "died" };

/** The people of one run. */
export class People {
  /** What stands in the access repository now; a merge puts it into the Log. */
  private readonly files = new Map<string, AccessRequest>();
  private policy: PolicyKind = "usual";
  private isMerging = false;
  /** Endings and merges that are still being tried. */
  busy = 0;

  constructor(
    private readonly world: World,
    private readonly checks: Checks,
    private readonly ledger: Ledger,
  ) {}

  /** Runs a program to its end, whatever that is. */
  run<T>(
    name: string,
    work: (reached: Reached, program: Parameters<Checks["passBegins"]>[0]) => Promise<T>,
    machine = 0,
  ): Promise<Outcome<T>> {
    const { program, reached } = this.world.start(name, machine);
    return new Promise((resolve) => {
      program.onEnd(() => resolve({ kind: "died" }));
      this.checks.meddled();
      const over = (outcome: Outcome<T>): void => {
        resolve(outcome);
        this.checks.meddled();
        program.kill();
      };
      work(reached, program).then(
        (value) => over({ kind: "done", value }),
        (error: unknown) => {
          this.checks.heard(error);
          this.world.trace.add(this.world.turns.nowMs, program.name, `fails: ${String(error).slice(0, 160)}`);
          over({ kind: "failed" });
        },
      );
    });
  }

  /** Tries again until it is done, as somebody does whom it matters to. */
  async insist(
    name: string,
    work: (reached: Reached, program: Parameters<Checks["passBegins"]>[0]) => Promise<boolean>,
  ): Promise<void> {
    this.busy += 1;
    for (;;) {
      const outcome = await this.run(name, work);
      if (outcome.kind === "done" && outcome.value) break;
      await new Promise<void>((resolve) => this.world.turns.after(45_000, resolve));
    }
    this.busy -= 1;
  }

  accept(kind: PolicyKind): Promise<void> {
    this.policy = kind;
    const fact = { ...Ledger.begun(this.world.turns.nowMs), kind };
    this.ledger.policies.push(fact);
    return this.insist("policy accept", async (reached) => {
      // Somebody else's later acceptance stands.
      if (this.policy !== kind) return true;
      await acceptPolicy({ ...reached, manifest: manifestOf(kind), by: operator });
      this.sure(fact);
      return true;
    });
  }

  /** Somebody asks, and it is merged. */
  async ask(asked: Asked): Promise<void> {
    this.ledger.ask(asked, this.world.turns.nowMs);
    this.files.set(asked.name, requestOf(asked));
    await this.merge();
  }

  /** One file goes and another comes with the same merge: somebody who has the first asks for the second. */
  async swap(name: string, next: string, durationMs: number): Promise<void> {
    const old = this.ledger.requests.get(name);
    const { nowMs } = this.world.turns;
    if (old === undefined || old.removed !== undefined) return;
    const fact = Ledger.begun(nowMs);
    old.removed = fact;
    this.files.delete(name);
    const connection = old.asked.connection === "cache/read" ? "orders/read" : "cache/read";
    const asked = {
      name: next,
      for: old.asked.for,
      connection,
      durationMs,
      startAfterMs: 0,
      startBeforeMs: nowMs + 3_600_000,
    };
    await this.ask(asked);
    this.sure(fact);
  }

  async narrow(name: string, durationMs: number): Promise<void> {
    const facts = this.ledger.requests.get(name);
    const file = this.files.get(name);
    if (facts === undefined || file === undefined || durationMs >= (file.durationSeconds ?? 0) * 1000) return;
    const fact = { ...Ledger.begun(this.world.turns.nowMs), durationMs };
    facts.narrowed.push(fact);
    this.files.set(name, { ...file, durationSeconds: durationMs / 1000 });
    await this.merge();
    this.sure(fact);
  }

  async remove(name: string): Promise<void> {
    const facts = this.ledger.requests.get(name);
    if (facts === undefined || facts.removed !== undefined) return;
    const fact = Ledger.begun(this.world.turns.nowMs);
    facts.removed = fact;
    this.files.delete(name);
    await this.merge();
    this.sure(fact);
  }

  approve(name: string, by: string): Promise<void> {
    const facts = this.ledger.requests.get(name);
    if (facts === undefined || ruleOf(facts.asked.connection) !== "writing") return Promise.resolve();
    const fact = Ledger.begun(this.world.turns.nowMs);
    facts.approvals.push(fact);
    let tries = 0;
    return this.insist("approve", async (reached) => {
      tries += 1;
      // It may be refused for good: removed, too late, not allowed any more.
      if (tries > 3 || facts.merged.sureMs === Number.POSITIVE_INFINITY) return tries > 3;
      const actor: Actor = { id: by, authenticatedBy: "unauthenticated" };
      await giveApproval({ ...reached, request: name, person: by, by: actor });
      this.sure(fact);
      return true;
    });
  }

  /** Somebody gives back what they hold, or an operator revokes it: the fast lane. */
  async giveBack(grant: string, reason: "given back" | "revoked"): Promise<void> {
    const fact = Ledger.begun(this.world.turns.nowMs);
    this.ledger.endings.set(grant, [...(this.ledger.endings.get(grant) ?? []), fact]);
    await this.insist("revoke", async (reached, program) => {
      program.onSpooled = () => this.sure(fact);
      const select = { kind: "grants", grants: [grant] } as const;
      const beganMs = this.world.turns.nowMs;
      const report = await endGrants({ ...reached, select, by: operator, reason }).catch((error: unknown) => {
        if (error instanceof LeaseholdError && error.code === "E608") return undefined;
        throw error;
      });
      // Nothing of it is held or asked for: there is nothing to end.
      if (report === undefined) return true;
      if (report.exitCodes.length > 0 || !report.durable) return false;
      this.sure(fact);
      this.checks.saidToBeOut((one) => one.grant === grant, beganMs);
      return true;
    });
  }

  async optOut(person: string, rule: "reading" | "writing", liftAfterMs: number | undefined): Promise<void> {
    const fact: Ledger["waivers"][number] = { ...Ledger.begun(this.world.turns.nowMs), person, rule };
    this.ledger.waivers.push(fact);
    await this.insist("opt-out", async (reached, program) => {
      program.onSpooled = () => this.sure(fact);
      const beganMs = this.world.turns.nowMs;
      const { optOut: set, exitCodes } = await optOut({
        ...reached,
        person,
        from: { kind: "rule", rule },
        by: operator,
      });
      fact.id = set.id;
      this.sure(fact);
      if (exitCodes.length === 0)
        this.checks.saidToBeOut((one) => one.person === person && ruleOf(one.connection) === rule, beganMs);
      return true;
    });
    const { id } = fact;
    if (liftAfterMs === undefined || id === undefined) return;
    await new Promise<void>((resolve) => this.world.turns.after(liftAfterMs, resolve));
    const lifted = Ledger.begun(this.world.turns.nowMs);
    fact.lifted = lifted;
    await this.insist("lift opt-out", async (reached) => {
      await liftOptOut({ ...reached, id, by: operator });
      this.sure(lifted);
      return true;
    });
  }

  async freeze(forMs: number): Promise<void> {
    this.busy += 1;
    await this.insist("freeze", async (reached) => {
      await freeze({ ...reached, by: operator, note: "an incident" });
      return true;
    });
    await new Promise<void>((resolve) => this.world.turns.after(forMs, resolve));
    await this.insist("thaw", async (reached) => {
      await thaw({ ...reached, by: operator });
      return true;
    });
    this.busy -= 1;
  }

  /**
   * A pass that brings the gateway to what is declared, as after a merge. One file is there from the first day
   * to the last: removing all files at once would be a bulk removal, which waits for somebody to confirm it.
   */
  settleIn(): Promise<void> {
    const day = 86_400_000;
    const { nowMs } = this.world.turns;
    const later = { startAfterMs: nowMs + 20 * day, startBeforeMs: nowMs + 21 * day };
    return this.ask({ name: "standing", for: ["dora@x.test"], connection: "cache/read", durationMs: 60_000, ...later });
  }

  /** A merge: the Log hears of the files as they stand, and a pass applies them. One at a time, the last one says it all. */
  private async merge(): Promise<void> {
    while (this.isMerging) await new Promise<void>((resolve) => this.world.turns.after(5_000, resolve));
    this.isMerging = true;
    const stands = [...this.files.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const gone = [...this.ledger.requests.values()].flatMap(({ asked, removed }) =>
      removed === undefined || this.files.has(asked.name) ? [] : [removed],
    );
    const news = stands
      .map((one) => this.ledger.requests.get(one.name))
      .filter((one): one is RequestFacts => one !== undefined);
    await this.insist("apply", async (reached, program) => {
      await recordMergedRequests({ ...reached, requests: { requests: stands }, by: operator });
      for (const one of [...gone, ...news.map(({ merged }) => merged)]) this.sure(one);
      const over = this.checks.passBegins(program);
      over(await runPass({ ...reached, mode: "apply" }));
      return true;
    });
    for (const one of news) this.sure(one.merged);
    this.isMerging = false;
  }

  private sure(fact: Fact): void {
    fact.sureMs = Math.min(fact.sureMs, this.world.turns.nowMs);
  }
}

function requestOf(asked: Asked): AccessRequest {
  const { name, connection, durationMs, startAfterMs, startBeforeMs } = asked;
  return {
    name,
    for: asked.for,
    access: [connection],
    durationSeconds: durationMs / 1000,
    startBefore: instantOf(startBeforeMs),
    ...(startAfterMs === 0 ? {} : { startAfter: instantOf(startAfterMs) }),
    reason: "to see what a simulation says",
  };
}
