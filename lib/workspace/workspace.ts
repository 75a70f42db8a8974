import { resolve, sep } from "node:path";
import { bothAnchors, fileAnchors, openLog, type AnchorSealing, type Log } from "../log";
import type { Digest } from "../model/canonical";
import type { GatewayConfig } from "../model/config";
import type { Manifest } from "../model/manifest";
import type { RequestSet } from "../model/request";
import type { Anchors, LogStore } from "../ports";
import { readRequests, tryReadPolicy } from "../reconcile/stored";
import { Gateways } from "./gateways";
import { githubAnchors } from "./github-anchors";
import { openStore, type StoreOwner } from "./open-store";
import type { OpenGitHub, WorkspacePorts } from "./ports";
import { openRepository, type Repository } from "./repository";

/** The policy in force: the Manifest last accepted in the Log. */
export interface PolicyInForce {
  readonly digest: Digest;
  readonly manifest: Manifest;
}

/** One place outside the Log where Heads are kept. */
export interface AnchorPlace {
  /** How it is called. */
  readonly name: string;
  readonly anchors: Anchors;
}

/** An open access repository: its config, its Log and its gateways, each opened when first needed. Close it. */
export class Workspace {
  readonly gateways: Gateways;
  #store: LogStore | undefined;
  #log: Log | undefined;
  #github: Promise<OpenGitHub> | undefined;

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

  /** Heads kept outside the Log: in the places of the config, and where the store notes what this machine has seen. */
  get anchors(): Anchors | undefined {
    const seen = this.store.machineAnchors?.(this.installation);
    const all = [...this.anchorPlaces.map(({ anchors }) => anchors), ...(seen === undefined ? [] : [seen])];
    return all.length === 0 ? undefined : all.reduce((first, second) => bothAnchors(first, second));
  }

  /** Where the config wants Heads kept outside the Log. */
  get anchorPlaces(): readonly AnchorPlace[] {
    const { file, checkRun } = this.repository.config.log.anchors ?? {};
    return [
      ...(file === undefined ? [] : [{ name: file, anchors: this.#fileAnchors(file) }]),
      ...(checkRun === undefined
        ? []
        : [{ name: `check run \`leasehold log\``, anchors: this.#githubAnchors(checkRun) }]),
    ];
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
    await (await this.#github?.catch(() => undefined))?.close();
    this.#github = undefined;
    this.#store = undefined;
    this.#log = undefined;
  }

  #fileAnchors(file: string): Anchors {
    const { root } = this.repository;
    const path = resolve(root, file);
    const makesDirectory = path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
    return fileAnchors({ ...this.#anchorSealing(), path, makesDirectory, files: this.ports.files });
  }

  #githubAnchors(app: string): Anchors {
    const open = (): Promise<OpenGitHub> => (this.#github ??= this.ports.openGitHub());
    return githubAnchors({ ...this.#anchorSealing(), app, open });
  }

  #anchorSealing(): AnchorSealing {
    const { key, publicKeys = [] } = this.repository.config.log.anchors ?? {};
    const secrets = this.ports.secretsIn(this.repository.root);
    return { installation: this.installation, secrets, publicKeys, ...(key === undefined ? {} : { key }) };
  }
}
