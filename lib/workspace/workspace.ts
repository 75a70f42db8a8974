import { join, resolve } from "node:path";
import { fileAnchors, fileStore, gitStore, openLog, postgresStore, type Log } from "../log";
import { failure } from "../errors";
import type { Digest } from "../model/canonical";
import type { GatewayConfig } from "../model/config";
import type { Manifest } from "../model/manifest";
import type { RequestSet } from "../model/request";
import type { SecretRef } from "../model/resource";
import type { Anchors, LogStore, Sql } from "../ports";
import { readRequests, tryReadPolicy } from "../reconcile/stored";
import { Gateways } from "./gateways";
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

  /** The store of the Log; nothing is written by opening it. */
  get store(): LogStore {
    this.#store ??= this.#openStore();
    return this.#store;
  }

  /** Heads kept outside the Log; undefined where the config names no place for them. */
  get anchors(): Anchors | undefined {
    const { anchors } = this.repository.config.log;
    if (anchors === undefined) return undefined;
    const { files, secretsIn } = this.ports;
    const { root } = this.repository;
    const { file, key, publicKeys } = anchors;
    return fileAnchors({
      path: resolve(root, file),
      installation: this.installation,
      files,
      secrets: secretsIn(root),
      publicKeys,
      ...(key === undefined ? {} : { key }),
    });
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

  #openStore(): LogStore {
    const { log } = this.repository.config;
    switch (log.store) {
      case "file":
        return this.#openFileStore(log.path);
      case "git":
        return this.#openGitStore(log);
      case "postgres":
        return this.#openPostgresStore(log.url);
    }
  }

  #openFileStore(path: string): LogStore {
    const { files, clock, random, notice } = this.ports;
    return fileStore({
      directory: join(this.repository.root, path),
      files,
      clock,
      random,
      onTornTail: ({ sequence, bytes }) =>
        notice(
          `The Log's end was torn by a crash: ${bytes} bytes from record ${sequence} on, never confirmed, were cut off.`,
        ),
    });
  }

  #openGitStore({ remote, ref }: { readonly remote: string; readonly ref: string }): LogStore {
    const { files, clock, random } = this.ports;
    const git = this.ports.git?.({ root: this.repository.root, remote });
    if (git === undefined) throw notHere("git");
    return gitStore({ git, ref, files, clock, random });
  }

  #openPostgresStore(url: SecretRef): LogStore {
    const { files, clock, random } = this.ports;
    return postgresStore({ open: () => openLogDatabase(this, url), files, clock, random });
  }
}

/** Opens the database behind a reference, for the Log of an access repository; see `WorkspacePorts.sql`. */
export async function openLogDatabase(workspace: Pick<Workspace, "ports" | "repository">, url: SecretRef): Promise<Sql> {
  const { ports, repository } = workspace;
  if (ports.sql === undefined) throw notHere("postgres");
  const { installation } = repository.config;
  const resolved = await ports.secretsIn(repository.root).resolve(url);
  return ports.sql({ root: repository.root, installation, url: resolved, named: url });
}

function notHere(store: string): Error {
  return failure("E701", {
    detail: `log: { store: ${store} } is not in this version`,
    fix: "write `log: { store: file, path: .leasehold/log }` or `log: { store: git }`",
  });
}
