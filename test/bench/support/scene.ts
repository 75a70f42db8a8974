/** A reconciler before an embedded gateway that runs in a process of its own, and grants that both hold already. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { nodeHttp } from "../../../lib/adapters/http";
import { openLog, type Log } from "../../../lib/log";
import type { Instant } from "../../../lib/model/instant";
import { plusSeconds } from "../../../lib/model/instant";
import type { AccessRequest } from "../../../lib/model/request";
import type { Http } from "../../../lib/ports";
import { recordMergedRequests, runPass, type PassInput, type PassReport } from "../../../lib/reconcile";
import type { World } from "../../../lib/reconcile/input";
import { clock, installation, openHouse, operator, people, recordActive, requestsUpTo, worldOf } from "./estate";
import { putLeases, putUsers, startBenchGateway, type BenchGateway, type PutLease } from "./gateway";

/** What a scene begins with. */
export interface SceneOptions {
  /** How many grants are active. */
  readonly grants: number;
  /** When the n-th of them ends. @default in a day */
  readonly end?: (index: number, now: Instant) => Instant;
  /** Start the same gateway once more. */
  readonly twin?: true;
  /** Sees every call to the gateway. */
  readonly http?: (http: Http) => Http;
}

/** A reconciler with its Log open and its gateway running. */
export class Scene {
  private constructor(
    readonly world: World,
    readonly gateway: BenchGateway,
    readonly log: Log,
    private readonly http: Http,
    /** The leases that it began with, in order. */
    readonly leases: readonly PutLease[],
    /** The same gateway once more, for the other side. */
    readonly twin: BenchGateway | undefined,
    /** The requests merged so far. */
    private merged: readonly AccessRequest[],
  ) {}

  /** Makes a scene in a directory: rules accepted and configured, grants in the Log and at the gateway. */
  static async open(directory: string, options: SceneOptions): Promise<Scene> {
    const at = join(directory, "gateway");
    const store = await openHouse(join(directory, "log"));
    const http = options.http?.(nodeHttp()) ?? nodeHttp();
    await putUsers(at, people);
    const first = await startBenchGateway(at);
    const configured = await openLog({ store, installation });
    expectGood(await runPass({ ...worldOf(store, configured, first.provider(http)), mode: "apply" }));
    await first.stop();
    const now = clock.now();
    const requests = requestsUpTo(options.grants);
    const end = options.end ?? ((_: number, from: Instant) => plusSeconds(from, 86_400));
    const grants = await recordActive(store, requests, { at: now, end: (index) => end(index, now) });
    const leases = await putLeases(at, grants);
    if (options.twin === true) cpSync(at, `${at}-twin`, { recursive: true });
    const twin = options.twin === true ? await startBenchGateway(`${at}-twin`) : undefined;
    const gateway = await startBenchGateway(at);
    const log = await openLog({ store, installation });
    return new Scene(worldOf(store, log, gateway.provider(http)), gateway, log, http, leases, twin, requests);
  }

  /** Merges the requests given. */
  async merge(requests: readonly AccessRequest[]): Promise<void> {
    this.merged = requests;
    await recordMergedRequests({ ...this.world, requests: { requests }, by: operator });
  }

  get requests(): readonly AccessRequest[] {
    return this.merged;
  }

  /** One pass of an apply; it must do all that it is asked for. */
  async pass(more: Partial<PassInput> = {}): Promise<PassReport> {
    const report = await runPass({ ...this.world, mode: "apply", ...more });
    expectGood(report);
    return report;
  }

  async close(): Promise<void> {
    await this.http.close();
    await this.gateway.stop();
    await this.twin?.stop();
    await this.world.store.close();
  }
}

function expectGood({ exitCodes, errors }: PassReport): void {
  if (exitCodes.length > 0)
    throw new Error(`the pass failed: ${exitCodes.join(", ")} ${JSON.stringify(errors.slice(0, 2))}`);
}
