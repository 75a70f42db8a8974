import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "../../lib/model/actor";
import type { Manifest } from "../../lib/model/manifest";
import type { AccessRequest } from "../../lib/model/request";
import { acceptPolicy, recordMergedRequests, runPass } from "../../lib/reconcile";
import { automatic, connection, gateway, request, resource, rule, rules } from "../reconcile/support/rules";
import type { Repository } from "../kill/real/repository";

const operator: Actor = { id: "olga@x.test", authenticatedBy: "unauthenticated" };

/** How large an estate is: people times Connections Grants end soon. */
export interface EstateSize {
  readonly people: number;
  readonly connections: number;
}

/** Requests of this name end soon. */
export const endingPrefix = "ends-";

/** Many people on many Connections: one request for everybody per Connection. Besides them, Connections for what starts meanwhile. */
export class Estate {
  private requests: readonly AccessRequest[] = [];
  private news = 0;

  constructor(
    private readonly repository: Repository,
    private readonly size: EstateSize,
  ) {}

  /**
   * Accepts the rules, brings the gateway to them and activates every Grant: in this process, as one pass does it. A first
   * Connection tells how fast this machine is, and so for how long the rest has to last to be all active before the first ends.
   */
  async activate(spreadSeconds: number): Promise<void> {
    const { world } = this.repository;
    await acceptPolicy({ ...world, manifest: manifestOf(this.size), by: operator });
    await this.pass();
    await this.merge([everybody("stays-first", first, 86_400)]);
    const began = Date.now();
    await this.pass();
    const wholeSeconds = ((Date.now() - began) / 1000) * this.size.connections;
    const least = Math.ceil(wholeSeconds * 1.5) + 15;
    const spread = Math.max(1, spreadSeconds - wholeSeconds);
    await this.merge(
      Array.from({ length: this.size.connections }, (_, at) => {
        const seconds = least + Math.floor((at * spread) / this.size.connections);
        return everybody(`${endingPrefix}${at}`, `${nameOf(at)}/read`, seconds);
      }),
    );
    await this.pass();
  }

  /** Merges requests that start while others end, one after the other, until told to stop. */
  async startOthers(signal: AbortSignal, everyMs: number): Promise<void> {
    while (!signal.aborted) {
      this.news += 1;
      const person = `p${this.news % this.size.people}@x.test`;
      await this.merge([request(`new-${this.news}`, { ...lasting(86_400), for: [person], access: [second] })]);
      await wait(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** How many Grants of requests that end soon the Log still holds active, as last read, and when the first and the last end. */
  ending(): { readonly active: number; readonly first: number; readonly last: number } {
    const grants = [...this.repository.world.log.chain.grants.values()].filter(({ facts }) =>
      facts.request.startsWith(endingPrefix),
    );
    const ends = grants.map(({ end = "" }) => Date.parse(end)).toSorted((a, b) => a - b);
    const active = grants.filter(({ phase }) => phase !== "ended").length;
    return { active, first: ends[0] ?? 0, last: ends.at(-1) ?? 0 };
  }

  private async merge(added: readonly AccessRequest[]): Promise<void> {
    this.requests = [...this.requests, ...added].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const { requests } = this;
    const merged = await recordMergedRequests({ ...this.repository.world, requests: { requests }, by: operator });
    if (merged.refused.length > 0) throw new Error(`a merge was refused: ${JSON.stringify(merged.refused)}`);
  }

  private async pass(): Promise<void> {
    const report = await runPass({ ...this.repository.world, mode: "apply" });
    if (report.errors.length > 0) throw new Error(`a pass failed: ${JSON.stringify(report.errors)}`);
  }
}

const first = "first/read";
const second = "second/read";

function nameOf(at: number): string {
  return `db${String(at).padStart(3, "0")}`;
}

function everybody(name: string, access: string, seconds: number): AccessRequest {
  return request(name, { ...lasting(seconds), for: ["group:devs"], access: [access] });
}

function lasting(durationSeconds: number): Pick<AccessRequest, "durationSeconds" | "startBefore"> {
  return { durationSeconds, startBefore: new Date(Date.now() + 7 * 86_400_000).toISOString() };
}

function manifestOf({ people, connections }: EstateSize): Manifest {
  const base = rules({ gateways: { [gateway]: { provider: "embedded", directory: "gateway", users: "declared" } } });
  const persons = Array.from({ length: people }, (_, at) => `p${at}@x.test`).toSorted();
  const names = [...Array.from({ length: connections }, (_, at) => nameOf(at)), "first", "second"];
  return {
    ...base,
    users: persons.map((email) => ({ email })),
    groups: [{ name: "devs", members: persons, groups: [] }],
    resources: names.map((name) => resource(name)),
    connections: names.map((name) => connection(name, "read")),
    rules: [
      rule(
        "reading",
        names.map((name) => `${name}/read`),
        automatic,
      ),
    ],
    limits: { ...base.limits, bulkRemovals: { count: 1_000_000, percent: 100 } },
  };
}
