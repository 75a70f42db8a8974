import { memoryStore, openLog, type MemoryStore } from "../../../lib/log";
import type { Actor } from "../../../lib/model/actor";
import { grantId, type GrantId } from "../../../lib/model/grant";
import type { GrantState, LogState } from "../../../lib/model/log-state";
import { epochMsOf } from "../../../lib/model/instant";
import type { Manifest } from "../../../lib/model/manifest";
import type { RecordBody } from "../../../lib/model/record";
import type { AccessRequest } from "../../../lib/model/request";
import type { LogStore, Provider, Random, Secrets } from "../../../lib/ports";
import {
  acceptPolicy,
  endGrants,
  giveApproval,
  liftOptOut,
  optOut,
  recordMergedRequests,
  runPass,
} from "../../../lib/reconcile";
import type { EndGrantsInput, PassInput, PassReport } from "../../../lib/reconcile";
import { memoryProvider, type MemoryProviderOptions } from "../../../providers/memory/provider";
import { isLetIn, makeWorld, openSession, type World } from "../../../providers/memory/world";
import { SettableClock } from "./clock";
import { gateway, request, rules } from "./rules";

export const installation = "installation-of-tests";
export const operator: Actor = { id: "olga@x.test", authenticatedBy: "unauthenticated" };

/** A house with a Log, a gateway and rules, all in memory; everything in it can be looked at and moved. */
export class House {
  readonly clock = new SettableClock("2026-03-01T08:00:00.000Z");
  world: World = makeWorld({ clock: this.clock });
  store: MemoryStore = memoryStore({ clock: this.clock });
  manifest: Manifest = rules();
  requests: readonly AccessRequest[] = [];
  faults: NonNullable<MemoryProviderOptions["faults"]> | undefined;
  description: MemoryProviderOptions["description"] | undefined;

  readonly random: Random = { bytes: (count) => Uint8Array.from({ length: count }, () => (this.chance += 1) % 256) };
  readonly secrets: Secrets = { resolve: (ref) => Promise.resolve(`value of ${ref}`) };
  private chance = 0;

  /** A house whose policy is accepted. */
  static async open(parts: { readonly manifest?: Manifest } = {}): Promise<House> {
    const house = new House();
    if (parts.manifest !== undefined) house.manifest = parts.manifest;
    await house.accept();
    return house;
  }

  provider(): Provider {
    return memoryProvider({
      gateway,
      installation,
      world: this.world,
      ...(this.faults === undefined ? {} : { faults: this.faults }),
      ...(this.description === undefined ? {} : { description: this.description }),
    });
  }

  /** What every function of the reconciler is given. */
  parts() {
    return {
      store: this.store as LogStore,
      providers: new Map([[gateway, this.provider()]]),
      clock: this.clock,
      random: this.random,
      secrets: this.secrets,
      installation,
      lockWaitMs: 0,
    };
  }

  async accept(): Promise<void> {
    await acceptPolicy({ ...this.parts(), manifest: this.manifest, by: operator });
  }

  async merge(...requests: readonly AccessRequest[]): Promise<void> {
    this.requests = requests;
    const merged = { requests: requests.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
    await recordMergedRequests({ ...this.parts(), requests: merged, by: operator });
  }

  async approve(name: string, by = "carol@x.test", requests?: readonly AccessRequest[]): Promise<void> {
    const actor: Actor = { id: by, authenticatedBy: "unauthenticated" };
    const given = requests === undefined ? {} : { requests: { requests } };
    await giveApproval({ ...this.parts(), request: name, person: by, by: actor, ...given });
  }

  pass(parts: Partial<PassInput> = {}): Promise<PassReport> {
    return runPass({ ...this.parts(), mode: "reconcile", ...parts });
  }

  apply(parts: Partial<PassInput> = {}): Promise<PassReport> {
    return this.pass({ mode: "apply", ...parts });
  }

  end(parts: Partial<EndGrantsInput> & Pick<EndGrantsInput, "select">) {
    return endGrants({ ...this.parts(), by: operator, reason: "given back", ...parts });
  }

  optOut(ruleName: string, person = "alice@x.test") {
    return optOut({ ...this.parts(), person, from: { kind: "rule", rule: ruleName }, by: operator });
  }

  liftOptOut(id: string) {
    return liftOptOut({ ...this.parts(), id, by: operator });
  }

  /** alice reads orders: the policy accepted, one request merged and applied. */
  async withAlice(parts: Partial<AccessRequest> = {}): Promise<GrantId> {
    await this.merge(request("first", parts));
    await this.apply();
    return this.id("first");
  }

  id(name: string, person = "alice@x.test", connection = "orders/read"): GrantId {
    return grantId({ installation, request: name, person, connection });
  }

  async state(): Promise<LogState> {
    return (await openLog({ store: this.store, installation })).chain;
  }

  async grant(id: GrantId): Promise<GrantState | undefined> {
    return (await this.state()).grants.get(id);
  }

  isIn(person = "alice@x.test", connection = "orders-read"): boolean {
    return isLetIn(this.world, person, connection);
  }

  session(person = "alice@x.test", connection = "orders-read") {
    return openSession(this.world, person, connection);
  }

  /** The same house at the same moment, on its own: what happens in one does not happen in the other. */
  async copy(): Promise<House> {
    const copy = new House();
    copy.clock.jump(epochMsOf(this.clock.now()) - epochMsOf(copy.clock.now()));
    const { clock: _clock, ...world } = this.world;
    copy.world = { ...structuredClone(world), clock: copy.clock };
    copy.store = memoryStore({ clock: copy.clock, lines: this.store.lines });
    for (const [digest, text] of this.store.blobs) copy.store.blobs.set(digest, text);
    for (const entry of await this.store.readSpool()) await copy.store.addToSpool(entry);
    copy.manifest = this.manifest;
    copy.requests = this.requests;
    copy.faults = this.faults;
    copy.description = this.description;
    return copy;
  }

  /** The bodies of the Log, for those who count them. */
  bodies(): readonly RecordBody[] {
    return this.store.lines.map((line) => (JSON.parse(line) as { body: RecordBody }).body);
  }

  types(): readonly string[] {
    return this.bodies().map((body) => body.type);
  }
}
