import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { openLog, verifyChain, type Log } from "../../lib/log";
import { grantId } from "../../lib/model/grant";
import type { Manifest } from "../../lib/model/manifest";
import type { AccessRequest } from "../../lib/model/request";
import { acceptPolicy, recordMergedRequests, runPass, type PassReport } from "../../lib/reconcile";
import { spawnGateway, type GatewayKind, type GatewayProcess } from "../doubles/gateway-process";
import { gateway, request, rules } from "../reconcile/support/rules";
import { installation, killWorld, type KillSettings } from "./world";

const operator = { id: "olga@x.test", authenticatedBy: "unauthenticated" } as const;

/** A house with a file Log and a gateway in another process, whose passes are killed. */
export class KillHouse {
  private round = 0;
  private previous: readonly AccessRequest[] = [];

  private constructor(
    private readonly directory: string,
    private readonly process: GatewayProcess,
    private readonly settings: Omit<KillSettings, "point">,
    private readonly world: ReturnType<typeof killWorld> & { readonly log: Log },
  ) {}

  static async open(kind: GatewayKind): Promise<KillHouse> {
    const directory = await mkdtemp(join(tmpdir(), "leasehold-kill-"));
    await build({
      entryPoints: [join(__dirname, "entry.ts")],
      outfile: join(directory, "entry.js"),
      bundle: true,
      platform: "node",
      target: "node20",
      logLevel: "error",
    });
    const process = await spawnGateway(kind, join(directory, "gateway"));
    const keys = JSON.parse(await readFile(join(directory, "gateway", "keys.json"), "utf8")) as { admin: string };
    const settings = { kind, url: process.url, key: keys.admin, logDirectory: join(directory, "log") };
    const world = killWorld(settings);
    // Kept open through all kills: only what is new is read again.
    const log = await openLog({ store: world.store, installation });
    const house = new KillHouse(directory, process, settings, { ...world, log });
    await house.prepare();
    await house.apply();
    return house;
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.process.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /**
   * Makes something of every kind to do for the next pass: new grants, one given back in the spool, one
   * whose request is gone, one that was shortened, and a Connection that was edited.
   */
  async prepare(): Promise<void> {
    this.round += 1;
    const { round, world } = this;
    await acceptPolicy({ ...world, manifest: manifestOf(round), by: operator });
    const [kept, givenBack] = this.previous;
    const shortened = kept === undefined ? [] : [{ ...kept, durationSeconds: 1800 }];
    const stays = givenBack === undefined ? [] : [givenBack];
    const news = [
      request(`kept-${round}`, { for: ["alice@x.test"], access: [round % 2 === 0 ? "cache/read" : "orders/read"] }),
      request(`given-back-${round}`, { for: ["bob@x.test"] }),
      request(`removed-${round}`, { for: ["dora@x.test"], access: ["cache/read"] }),
    ].map((one) => ({ ...one, startBefore: nextWeek(), durationSeconds: 3600 }));
    const requests = [...shortened, ...stays, ...news].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const merged = await recordMergedRequests({ ...world, requests: { requests }, by: operator });
    if (merged.refused.length > 0) throw new Error(JSON.stringify(merged.refused));
    if (givenBack !== undefined) {
      const grants = [idOf(givenBack)];
      const body = { kind: "end", grants, reason: "given back", by: operator } as const;
      await world.store.addToSpool({ id: `round-${round}`, at: world.clock.now(), body });
    }
    this.previous = news;
  }

  /** Runs a pass in a process that dies at a step; gives what it printed when it did not. */
  async passKilledAt(point: number): Promise<{ readonly killed: boolean; readonly printed: string }> {
    const child = spawn(
      process.execPath,
      [join(this.directory, "entry.js"), JSON.stringify({ ...this.settings, point })],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => (printed += String(chunk)));
    child.stderr.on("data", (chunk: Buffer) => (printed += String(chunk)));
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    if (code !== null && code !== 0) throw new Error(`the pass ended with ${code}: ${printed}`);
    return { killed: signal === "SIGKILL", printed };
  }

  /** A pass of a process that was just started: it has seen nothing of the gateway yet. */
  async reconcile(): Promise<PassReport> {
    const { providers, close } = killWorld(this.settings);
    try {
      return await runPass({ ...this.world, providers, mode: "reconcile" });
    } finally {
      await close();
    }
  }

  apply(): Promise<PassReport> {
    return runPass({ ...this.world, mode: "apply" });
  }

  /** What is lost, leaked, unrecorded or half done; empty when Log and gateway agree and this round's grants are there. */
  async disagreements(): Promise<readonly string[]> {
    await this.world.log.refresh();
    const { chain } = this.world.log;
    const seen = await this.world.providers.get(gateway)!.observe();
    const wrong = [...chain.intents.values()].map((intent) => `pending intent: ${intent.kind}`);
    const live = new Map<string, string>();
    for (const lease of seen.leases) {
      if (lease.correlation?.installation !== installation) continue;
      if (lease.status === "live") live.set(`${lease.person} ${lease.connection}`, lease.correlation.grant);
      else wrong.push(`${lease.status}: ${lease.person} ${lease.connection}`);
      if (!chain.grants.has(lease.correlation.grant)) wrong.push(`unrecorded: ${lease.correlation.grant}`);
    }
    const active = new Set<string>();
    for (const grant of chain.grants.values()) {
      const pair = `${grant.facts.person} ${grant.facts.gatewayName}`;
      if (grant.phase === "active") active.add(pair);
      if (grant.phase === "activating") wrong.push(`left activating: ${grant.facts.request}`);
      if (grant.phase === "active" && !live.has(pair)) wrong.push(`lost: ${grant.facts.request}`);
    }
    for (const pair of live.keys()) if (!active.has(pair)) wrong.push(`leaked: ${pair}`);
    for (const one of this.previous) {
      const phase = chain.grants.get(idOf(one))?.phase;
      if (phase !== "active") wrong.push(`${one.name} is ${phase ?? "not there"}`);
    }
    return wrong;
  }

  /** Whether the Log verifies, read anew from its first record. */
  async unverified(): Promise<readonly string[]> {
    const verdict = await verifyChain(this.world.store.read(1));
    return verdict.ok ? [] : [`record ${verdict.fault.sequence}: ${verdict.fault.detail}`];
  }
}

function idOf(one: AccessRequest): string {
  const [person = "", connection = ""] = [one.for[0], one.access[0]];
  return grantId({ installation, request: one.name, person, connection });
}

function manifestOf(round: number): Manifest {
  const base = rules({ gateways: { [gateway]: { provider: "embedded", directory: "gateway", users: "declared" } } });
  return {
    ...base,
    limits: { ...base.limits, bulkRemovals: { count: 50, percent: 100 } },
    resources: base.resources.map((one) => (one.name === "cache" ? { ...one, port: 1000 + round } : one)),
  };
}

function nextWeek(): string {
  return new Date(Date.now() + 7 * 86_400_000).toISOString();
}
