import { failure, isFailure } from "../errors";
import type { GatewayConfig } from "../model/config";
import type { ProviderDescription } from "../model/gateway";
import type { ObservedState } from "../model/observed";
import type { Provider } from "../ports";
import type { GatewayUse, OpenGateway, WorkspacePorts } from "./ports";
import type { Repository } from "./repository";
import { unopenedProvider } from "./unopened-provider";

/** What all gateways of a repository hold, and what they can. */
export interface GatewaysSeen {
  readonly observed: ReadonlyMap<string, ObservedState>;
  readonly descriptions: ReadonlyMap<string, ProviderDescription>;
}

/** The gateways of a repository's config, each opened once and closed together. */
export class Gateways {
  readonly #open = new Map<string, Promise<OpenGateway>>();
  #configs: Readonly<Record<string, GatewayConfig>>;

  constructor(
    private readonly ports: WorkspacePorts,
    private readonly repository: Repository,
  ) {
    this.#configs = repository.config.gateways;
  }

  /** The names of all gateways in the config, sorted. */
  get names(): readonly string[] {
    return Object.keys(this.#configs).sort();
  }

  /** Opens gateways as these configs say from now on, instead of as leasehold.yaml does; those that are open stay. */
  follow(configs: Readonly<Record<string, GatewayConfig>>): void {
    this.#configs = configs;
  }

  /** Opens one gateway; throws E701 for a name that the config does not have. */
  open(name: string, use: GatewayUse): Promise<OpenGateway> {
    const config = this.#configs[name];
    if (config === undefined) {
      throw failure("E701", {
        detail: `no gateway \`${name}\`; there is ${this.names.join(", ")}`,
        fix: `add ${name} under gateways: of leasehold.yaml`,
      });
    }
    const key = `${use} ${name}`;
    const { root, config: all } = this.repository;
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const opened = this.ports.openGateway({ name, config, root, installation: all.installation, use });
    this.#open.set(key, opened);
    // What could not be opened now may be there at the next pass.
    opened.catch(() => this.#open.delete(key));
    return opened;
  }

  /** The providers of all gateways by name; one that cannot be opened says why at every call, so that work at the others goes on. */
  async providers(use: GatewayUse): Promise<ReadonlyMap<string, Provider>> {
    const opened = new Map<string, Provider>();
    for (const name of this.names) opened.set(name, await this.#providerOf(name, use));
    return opened;
  }

  async #providerOf(name: string, use: GatewayUse): Promise<Provider> {
    try {
      return (await this.open(name, use)).provider;
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      return unopenedProvider(name, thrown);
    }
  }

  /** Describes and observes every gateway; reads only. Throws what the first one that fails throws. */
  async see(): Promise<GatewaysSeen> {
    const observed = new Map<string, ObservedState>();
    const descriptions = new Map<string, ProviderDescription>();
    for (const [name, provider] of await this.providers("observe")) {
      descriptions.set(name, await provider.describe());
      observed.set(name, await provider.observe());
    }
    return { observed, descriptions };
  }

  /** Closes every gateway that was opened; one that fails to close keeps no other from it. */
  async close(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.allSettled(all.map(async (one) => (await one).close()));
  }
}
