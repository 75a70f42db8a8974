/** Makes events happen. */
import { assertNever } from "../../../lib/model/exhaustive";
import { grantId } from "../../../lib/model/grant";
import { tryParseCorrelation } from "../../../lib/model/lease";
import type { Checks } from "../checks/checks";
import type { Chance } from "../world/chance";
import { ruleOf } from "../oracle/rules";
import type { WallClock } from "../world/clock";
import type { NetworkFault } from "../world/network";
import { installation, type World } from "../world/world";
import type { Hands } from "./hands";
import type { People } from "./people";
import type { SpoiltCall, What } from "./script";
import type { Services } from "./services";

/** Which network faults were drawn in a run, and which are left out of it: counted from 0. */
export interface FaultMask {
  drawn: number;
  readonly without: ReadonlySet<number>;
}

/** What stands in the path of each kind of call. */
const partOf: Readonly<Record<SpoiltCall, RegExp>> = {
  provision: /^POST \/sessions\/provision$/,
  review: /^PUT \/reviews\//,
  kill: /^POST .*\/kill$/,
  session: /^GET \/sessions\?/,
};

/** Where a script is played. */
export class Stage {
  /** Troubles that go on. */
  private readonly ongoing = new Set<object>();

  constructor(
    private readonly world: World,
    private readonly checks: Checks,
    private readonly people: People,
    private readonly hands: Hands,
    private readonly services: Services,
    private readonly mask: FaultMask,
  ) {}

  /** Whether nothing is wrong right now, and a reconciler runs. */
  get isWell(): boolean {
    const { world, services } = this;
    if (this.ongoing.size > 0 || services.running.size === 0 || this.people.busy > 0) return false;
    for (const program of world.programs) if (program.pausedUntilMs > world.turns.nowMs) return false;
    return true;
  }

  /** Ends all that is wrong. */
  mend(): void {
    this.ongoing.clear();
    this.world.network.mend();
    this.world.disk.spaceLeft = Number.POSITIVE_INFINITY;
    for (const clock of this.everyClock) clock.setRight();
    this.world.deathsOfPeople.length = 0;
    for (const program of this.world.programs) program.pausedUntilMs = 0;
  }

  /** Makes one event happen. */
  play(what: What, chance: Chance): void {
    const { world, people, hands, services } = this;
    world.trace.add(world.turns.nowMs, "script", JSON.stringify(what));
    switch (what.kind) {
      case "ask": {
        const { startAfterMs, startBeforeMs, ...asked } = what;
        const after = startAfterMs === 0 ? 0 : world.startMs + startAfterMs;
        return void people.ask({ ...asked, startAfterMs: after, startBeforeMs: world.startMs + startBeforeMs });
      }
      case "swap":
        return void people.swap(what.request, what.name, what.durationMs);
      case "approve":
        return void people.approve(what.request, what.by);
      case "narrow":
        return void people.narrow(what.request, what.durationMs);
      case "remove":
        return void people.remove(what.request);
      case "give back":
      case "revoke":
        return this.giveBack(what);
      case "opt out":
        return void people.optOut(what.person, what.rule, what.liftAfterMs);
      case "policy":
        return void people.accept(what.policy);
      case "freeze":
        return void people.freeze(what.forMs);
      case "connect":
        return hands.connect(what.person, what.connection, what.raceMs);
      case "hand revokes":
        return void hands.revoke(what.person, what.connection);
      case "hand approves again":
        return void hands.approveAgain(what.person, what.connection);
      case "hand grants":
        return void hands.grant(what.person, what.connection, what.seconds);
      case "hand opens the gate":
        return void hands.openGate();
      case "hand deletes":
        return void hands.deleteConnection(what.connection);
      case "hand makes":
        return void hands.makeConnection(what.name);
      case "kill": {
        const program = services.running.get(what.place);
        if (program !== undefined) program.dieAtCall = program.calls + 1 + what.afterCalls;
        return;
      }
      case "stop":
        return services.stop(what.place);
      case "pause":
        return this.pause(what);
      case "power":
        world.trace.add(world.turns.nowMs, "power", "fails");
        return world.powerFails();
      case "full disk":
        return this.during(
          what.forMs,
          () => (world.disk.spaceLeft = what.left),
          () => (world.disk.spaceLeft = Number.POSITIVE_INFINITY),
        );
      case "bad network":
        return this.badNetwork(what, chance);
      case "spoilt call":
        world.network.spoil(partOf[what.of], what.fault);
        return this.checks.meddled();
      case "no network":
        return this.during(
          what.forMs,
          () => (world.network.isDown = true),
          () => (world.network.isDown = false),
        );
      case "clock":
        return this.during(
          what.forMs,
          () => world.clocks[what.machine]?.jump(what.jumpMs),
          () => world.clocks[what.machine]?.setRight(),
        );
      case "drift":
        return this.during(
          what.forMs,
          () => world.clocks[what.machine]?.driftBy(what.rate),
          () => world.clocks[what.machine]?.setRight(),
        );
      case "gateway clock":
        return this.during(
          what.forMs,
          () => world.gateway.wall.jump(what.jumpMs),
          () => world.gateway.wall.setRight(),
        );
      case "gateway restarts":
        return world.gateway.restart();
      case "lost kill":
        for (const line of world.gateway.lines.values()) world.gateway.lostKills.add(line.session);
        return;
      case "connect beside a revoke":
        return world.network.when(/^PUT \/reviews\//, ({ path }) =>
          hands.connectBeside(path.slice("/reviews/".length), what.raceMs),
        );
      case "give back beside a grant":
        // While it is asked for, or right before.
        return chance.happens(0.5)
          ? world.network.when(/^POST \/sessions\/provision$/, ({ request }) => this.giveBackAsked(request.body ?? ""))
          : world.network.when(/^GET \/sessions\?correlation_id=/, ({ path }) =>
              this.giveBackAsked(decodeURIComponent(path)),
            );
      case "opt out beside a pass":
        return this.optOutBeside(what);
      case "give back before a refusal":
        return void this.giveBackBefore(what);
      case "all clocks":
        return this.during(
          what.forMs,
          () => this.everyClock.forEach((clock) => clock.jump(what.jumpMs)),
          () => this.everyClock.forEach((clock) => clock.setRight()),
        );
      case "kill of people":
        return void world.deathsOfPeople.push(what.afterCalls);
      case "overtaken revoke":
        for (const one of this.checks.ours.inForce()) world.gateway.overtaken.add(one.review.id);
        return;
      default:
        return assertNever(what);
    }
  }

  private get everyClock(): readonly WallClock[] {
    return [...this.world.clocks, this.world.gateway.wall];
  }

  /** Whoever it is for does not want it any more: what is sent names the Grant. */
  private giveBackAsked(sent: string): void {
    const grant = tryParseCorrelation(/lh:[^"&]*/.exec(sent)?.[0] ?? "")?.grant;
    if (grant !== undefined) void this.people.giveBack(grant, "given back");
  }

  /** Somebody whose Grant is about to start, where there is one. */
  private optOutBeside(what: What & { readonly kind: "opt out beside a pass" }): void {
    const { world, people, checks } = this;
    world.network.when(/^GET \/reviews/, () => {
      const waiting = [...checks.ledger.grants()].find(
        ({ id, request }) => !checks.chain.lives.has(id) && request.asked.startAfterMs <= world.turns.nowMs,
      );
      const { person, rule } =
        waiting === undefined ? what : { person: waiting.person, rule: ruleOf(waiting.connection) };
      world.turns.after(what.afterMs, () => void people.optOut(person, rule, what.liftAfterMs));
    });
  }

  /** What waits for an approval is given back, then nobody may have it for a while, and then it is approved after all. */
  private async giveBackBefore(what: What & { readonly kind: "give back before a refusal" }): Promise<void> {
    const { world, people, checks } = this;
    const waiting = [...checks.ledger.grants()].find(
      ({ id, connection, request }) =>
        ruleOf(connection) === "writing" && !checks.chain.lives.has(id) && request.approvals.length === 0,
    );
    if (waiting === undefined) return;
    people.busy += 1;
    await people.giveBack(waiting.id, "given back");
    await people.accept("no writing");
    await new Promise<void>((resolve) => world.turns.after(what.forMs, resolve));
    await people.accept("usual");
    await people.approve(waiting.request.asked.name, what.by);
    people.busy -= 1;
  }

  private giveBack(what: What & { readonly kind: "give back" | "revoke" }): void {
    const facts = this.checks.ledger.requests.get(what.request);
    if (facts === undefined) return;
    const person = facts.asked.for.includes("group:devs") ? what.person : (facts.asked.for[0] ?? "");
    const id = grantId({ installation, request: what.request, person, connection: facts.asked.connection });
    void this.people.giveBack(id, what.kind === "revoke" ? "revoked" : "given back");
  }

  private pause(what: What & { readonly kind: "pause" }): void {
    const { world } = this;
    const program = this.services.running.get(what.place);
    if (program === undefined) return;
    program.pauseAtCall = program.calls + 1 + what.afterCalls;
    program.onPause = () => {
      program.pausedUntilMs = world.turns.nowMs + what.forMs;
      world.trace.add(world.turns.nowMs, program.name, `is paused for ${what.forMs} ms`);
    };
  }

  private badNetwork(what: What & { readonly kind: "bad network" }, chance: Chance): void {
    const { network } = this.world;
    const draw = (): NetworkFault | undefined => {
      const isHit = chance.happens(what.rate);
      const fault = chance.pick(what.faults);
      if (!isHit) return undefined;
      const number = this.mask.drawn;
      this.mask.drawn += 1;
      return this.mask.without.has(number) ? undefined : fault;
    };
    this.during(
      what.forMs,
      () => (network.fates = draw),
      () => (network.fates = () => undefined),
    );
  }

  private during(forMs: number, begin: () => void, end: () => void): void {
    const trouble = {};
    this.ongoing.add(trouble);
    this.checks.meddled();
    begin();
    this.world.turns.after(forMs, () => {
      if (!this.ongoing.delete(trouble)) return;
      this.checks.meddled();
      end();
    });
  }
}
