import type { GatewayConfig } from "../model/config";
import type { Clock, Files, Output, Provider, Random, Secrets } from "../ports";

/** What a gateway is opened for: `observe` never needs a key that can write. */
export type GatewayUse = "observe" | "write";

/** An opened gateway and how to reach it as a person. */
export interface OpenGateway {
  readonly provider: Provider;
  /** Base URL of its API; undefined where there is none. */
  readonly url?: string;
  /** The key that mints people's tokens; only on a machine that holds the gateway's keys. */
  readonly adminKey?: string;
  close(): Promise<void>;
}

/** What to open. */
export interface OpenGatewayRequest {
  readonly name: string;
  readonly config: GatewayConfig;
  /** Directory of leasehold.yaml. */
  readonly root: string;
  readonly installation: string;
  readonly use: GatewayUse;
}

/**
 * Everything a command may touch outside its arguments. main.ts makes the real one; tests make their
 * own and call `run` in the same way.
 */
export interface Shell {
  /** What the user typed after `leasehold`. */
  readonly args: readonly string[];
  /** The working directory, absolute. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly output: Output;
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  readonly secrets: Secrets;
  /** Ends with the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Asks a person; undefined when there is nobody to ask. */
  ask(question: string): Promise<string | undefined>;
  /** All of standard input, up to a bound in bytes. */
  readInput(maxBytes: number): Promise<string>;
  openGateway(request: OpenGatewayRequest): Promise<OpenGateway>;
}
