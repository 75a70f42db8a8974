import { setTimeout as wait } from "node:timers/promises";
import { isFailure } from "../../../lib/errors";
import type { Actor } from "../../../lib/model/actor";
import type { Manifest } from "../../../lib/model/manifest";
import type { AccessRequest } from "../../../lib/model/request";
import { acceptPolicy, endGrants, giveApproval, recordMergedRequests, runPass } from "../../../lib/reconcile";
import {
  automatic,
  connection,
  gateway,
  group,
  oneLead,
  request,
  resource,
  rule,
  rules,
} from "../../reconcile/support/rules";
import type { Chance } from "../../simulation/world/chance";
import { Oracle, type Asked } from "./oracle";
import type { Repository } from "./repository";

const operator: Actor = { id: "olga@x.test", authenticatedBy: "unauthenticated" };
const people = ["alice", "bob", "dora", "frank", "gina", "hugo", "ines", "jan", "kim", "lea"];
/** Comes and goes in the group of those who may ask. */
const guest = "dora";
const readable = ["cache/read", "orders/read", "queue/read"];
const writable = "orders/write";

/** What people and pipelines do while reconcilers are killed: one thing after the other, drawn from a seed. */
export class Workload {
  readonly oracle = new Oracle();
  private isGuestIn = true;
  private ports = 1000;
  private names = 0;

  constructor(
    private readonly repository: Repository,
    private readonly chance: Chance,
  ) {}

  /** Accepts the rules and brings the gateway to them. */
  async prepare(): Promise<void> {
    await this.accept();
    await this.apply();
    for (let count = 0; count < 4; count += 1) await this.merge();
  }

  /** Does some things with moments between them. */
  async go(count: number): Promise<void> {
    for (let done = 0; done < count; done += 1) {
      await wait(this.chance.between(0, 200));
      await this.once();
    }
  }

  /** Edits a Connection, which only an apply writes to the gateway. */
  async editAndApply(): Promise<void> {
    this.ports += 1;
    await this.accept();
    await this.apply();
  }

  private async once(): Promise<void> {
    const drawn = this.chance.between(1, 100);
    if (drawn <= 40) await this.merge();
    else if (drawn <= 58) await this.approve();
    else if (drawn <= 76) await this.giveBack();
    else if (drawn <= 86) await this.remove();
    else if (drawn <= 94) await this.shorten();
    else await this.moveGuest();
  }

  /** New files: half of them for some seconds, so that they run out soon. */
  private async merge(): Promise<void> {
    const { chance, oracle } = this;
    const news = Array.from({ length: chance.between(1, 6) }, () => {
      this.names += 1;
      const person = chance.pick(people);
      const isWrite = chance.happens(0.25);
      const asked = request(`asked-${this.names}`, {
        for: [`${person}@x.test`],
        access: [isWrite ? writable : chance.pick(readable)],
        durationSeconds: chance.happens(0.6) ? chance.between(5, 30) : 3600,
        startBefore: new Date(Date.now() + 7 * 86_400_000).toISOString(),
      });
      const one = oracle.ask(asked, { needsApproval: isWrite });
      one.isDoubtful = person === guest;
      return one;
    });
    if (news.length > 0) await this.record();
  }

  private async approve(): Promise<void> {
    const open = this.oracle.standing().filter((one) => one.needsApproval && !one.isApproved && !one.isDoubtful);
    if (open.length === 0) return this.merge();
    const one = this.chance.pick(open);
    const by: Actor = { id: "carol@x.test", authenticatedBy: "unauthenticated" };
    await insist(() => giveApproval({ ...this.repository.world, request: one.request.name, person: by.id, by }));
    one.isApproved = true;
  }

  /** Gives one back: whole, or by a process that came no further than its entry in the spool. */
  private async giveBack(): Promise<void> {
    const one = this.tryPick();
    if (one === undefined) return this.merge();
    const { world } = this.repository;
    const [grants, reason] = [[one.id], "given back"] as const;
    if (this.chance.happens(0.5)) {
      const body = { kind: "end", grants, reason, by: operator } as const;
      await world.store.addToSpool({ id: `back-${one.request.name}`, at: world.clock.now(), body });
    } else {
      await endGrants({ ...world, select: { kind: "grants", grants }, by: operator, reason }).catch(orNothingThere);
    }
    one.isTakenBack = true;
  }

  private async remove(): Promise<void> {
    const one = this.tryPick();
    if (one === undefined) return this.merge();
    one.isTakenBack = true;
    await this.record();
  }

  private async shorten(): Promise<void> {
    const long = this.oracle.standing().filter((one) => one.durationSeconds > 1800);
    if (long.length === 0) return this.merge();
    const one = this.chance.pick(long);
    one.durationSeconds = this.chance.happens(0.5) ? 1800 : 10;
    await this.record();
  }

  /** Takes somebody out of the group, or in again. */
  private async moveGuest(): Promise<void> {
    this.isGuestIn = !this.isGuestIn;
    await this.accept();
  }

  private tryPick(): Asked | undefined {
    const standing = this.oracle.standing();
    return standing.length === 0 ? undefined : this.chance.pick(standing);
  }

  private async record(): Promise<void> {
    const { world } = this.repository;
    const requests = this.oracle
      .standing()
      .map(({ request: one, durationSeconds }): AccessRequest => ({ ...one, durationSeconds }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const merged = await insist(() => recordMergedRequests({ ...world, requests: { requests }, by: operator }));
    if (merged.refused.length > 0) throw new Error(`a merge was refused: ${JSON.stringify(merged.refused)}`);
  }

  private async accept(): Promise<void> {
    const devs = people.filter((one) => one !== guest || this.isGuestIn);
    const manifest = manifestOf(devs, this.ports);
    await insist(() => acceptPolicy({ ...this.repository.world, manifest, by: operator }));
  }

  private async apply(): Promise<void> {
    const report = await runPass({ ...this.repository.world, mode: "apply" });
    if (report.errors.length > 0) throw new Error(`an apply failed: ${JSON.stringify(report.errors)}`);
  }
}

/** Asks again where a busy machine did not reach the Log in time, as people do: what was recorded all the same is not recorded twice. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (thrown) {
      if (tries === 5 || !isFailure(thrown) || (thrown.code !== "E603" && thrown.code !== "E606")) throw thrown;
    }
  }
}

/** Told of what is neither held nor asked for: it ran out before it was given back. */
function orNothingThere(thrown: unknown): void {
  if (!isFailure(thrown) || thrown.code !== "E608") throw thrown;
}

function manifestOf(devs: readonly string[], port: number): Manifest {
  const base = rules({ gateways: { [gateway]: { provider: "embedded", directory: "gateway", users: "declared" } } });
  return {
    ...base,
    users: [...people, "carol", "erin"].toSorted().map((name) => ({ email: `${name}@x.test` })),
    groups: [group("devs", devs), group("leads", ["carol", "erin"])],
    resources: ["cache", "orders", "queue"].map((name) => ({ ...resource(name), port })),
    connections: [
      connection("cache", "read"),
      connection("orders", "read"),
      connection("orders", "write"),
      connection("queue", "read"),
    ],
    rules: [rule("reading", readable, automatic), rule("writing", [writable], oneLead)],
    limits: { ...base.limits, bulkRemovals: { count: 1000, percent: 100 } },
  };
}
