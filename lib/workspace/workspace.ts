import { resolve, sep } from "node:path";
import { bothAnchors, fileAnchors, openLog, type Log } from "../log";
import type { Digest } from "../model/canonical";
import type { GatewayConfig } from "../model/config";
import type { Manifest } from "../model/manifest";
import type { RequestSet } from "../model/request";
import type { Anchors, LogStore } from "../ports";
import { readRequests, tryReadPolicy } from "../reconcile/stored";
import { Gateways } from "./gateways";
import { openStore, type StoreOwner } from "./open-store";
import type { WorkspacePorts } from "./ports";
import { openRepository, type Repository } from "./repository";

/** The policy in force: the Manifest last accepted in the Log. */
export interface PolicyInForce {
  readonly digest: Digest;
  readonly manifest: Manifest;
}

/** An open access repository: its config, its Log and its gateways, each opened when first needed. Close it. */
export class Workspace {
  readonly gateways: Gateways;
  #store: LogStore | undefined;
  #log: Log | undefined;

  private constructor(
    readonly ports: WorkspacePorts,
    readonly repository: Repository,
  ) {
    this.gateways = new Gateways(ports, repository);
  }

  /** Opens the access repository around a directory; see `openRepository` for what it throws. */
  static async open(
    ports: WorkspacePorts,
    where: { readonly directory: string; readonly configFile?: string },
  ): Promise<Workspace> {
    return new Workspace(ports, await openRepository(ports, where));
  }

  get installation(): string {
    return this.repository.config.installation;
  }

  /** Whose Log it is. */
  get storeOwner(): StoreOwner {
    return { ports: this.ports, root: this.repository.root };
  }

  /** The store of the Log; nothing is written by opening it. */
  get store(): LogStore {
    this.#store ??= openStore(this.storeOwner, this.repository.config.log);
    return this.#store;
  }

  /** Heads kept outside the Log: where the config names a place for them, and where the store notes what this machine has seen. */
  get anchors(): Anchors | undefined {
    const configured = this.#configuredAnchors();
    const seen = this.store.machineAnchors?.(this.installation);
    return configured === undefined || seen === undefined ? (configured ?? seen) : bothAnchors(configured, seen);
  }

  /** The Log, read and verified once; throws like `openLog`. */
  async log(): Promise<Log> {
    this.#log ??= await openLog({ store: this.store, installation: this.installation });
    return this.#log;
  }

  /** The policy in force; undefined before the first acceptance. Throws E607 when its Manifest is gone or altered. */
  async tryPolicyInForce(): Promise<PolicyInForce | undefined> {
    return tryReadPolicy(this.store, (await this.log()).state);
  }

  /**
   * With approvals on GitHub, gateways are those of the policy in force and no others: whoever can push to
   * the checked-out branch could else point them, and their keys, at a machine of their own.
   */
  async followPolicy(): Promise<void> {
    const policy = await this.tryPolicyInForce();
    if (policy?.manifest.approvals !== "github") return;
    // What a Manifest holds of a gateway is what leasehold.yaml had when it was accepted.
    this.gateways.follow(policy.manifest.gateways as Readonly<Record<string, GatewayConfig>>);
  }

  /** The requests last merged; none before the first. Throws E607 when they are gone or altered. */
  async mergedRequests(): Promise<RequestSet> {
    return readRequests(this.store, (await this.log()).state);
  }

  /** Closes what was opened; safe to repeat. */
  async close(): Promise<void> {
    await this.gateways.close();
    await this.#store?.close();
    this.#store = undefined;
    this.#log = undefined;
  }

  #configuredAnchors(): Anchors | undefined {
    const { anchors } = this.repository.config.log;
    if (anchors === undefined) return undefined;
    const { files, secretsIn } = this.ports;
    const { root } = this.repository;
    const { file, key, publicKeys } = anchors;
    const path = resolve(root, file);
    return fileAnchors({
      path,
      makesDirectory: path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`),
      installation: this.installation,
      files,
      secrets: secretsIn(root),
      publicKeys,
      ...(key === undefined ? {} : { key }),
    });
  }
}
