import type { Checkout } from "../adapters/git-checkout";
import type { GitHub, GitHubEnvironment } from "../github";
import type { GatewayConfig } from "../model/config";
import type { Instant } from "../model/instant";
import type { Manifest } from "../model/manifest";
import type { AccessRequest } from "../model/request";
import type { Clock, Files, Git, Machine, Provider, Random, Secrets, SourceTree, Sql } from "../ports";
import type { Parsing } from "./parsing";

/** What a gateway is opened for: `observe` never needs a key that can write. */
export type GatewayUse = "observe" | "write";

/** An opened gateway and how to reach it as a person. */
export interface OpenGateway {
  readonly provider: Provider;
  /** Base URL of its API as it is now; absent where there is none. */
  readonly url?: () => Promise<string>;
  /** What people do there with their own token; absent where there are no people. */
  readonly people?: GatewayPeople;
  close(): Promise<void>;
}

/** What a person can do at a gateway with no more than their own token, and how they come by one. */
export interface GatewayPeople {
  /** The e-mail that a token belongs to; throws E501 when it belongs to nobody. */
  whoIs(token: string): Promise<string>;
  /** Ends everything that the token's holder has on one Connection, by its gateway name. */
  giveBack(token: string, connection: string): Promise<{ readonly person: string; readonly sessionsCut: number }>;
  /** Makes a person's token, with the gateway's admin key; absent where people log in otherwise. */
  mintToken?(email: string): Promise<{ readonly token: string; readonly expiresAt: string }>;
  /** Opens a local port that leads to a Connection; throws E507 without a live lease. Absent where another client does that. */
  openPort?(request: PortRequest): Promise<OpenPort>;
}

/** A local port to open, as the person of a token. */
export interface PortRequest {
  readonly token: string;
  /** The Connection's gateway name. */
  readonly connection: string;
  /** 0 for a free one. */
  readonly port: number;
  onEvent(event: PortEvent): void;
}

/** What happens on a local port. */
export type PortEvent =
  | { readonly kind: "opened"; readonly until: Instant | undefined }
  | { readonly kind: "ended"; readonly reason: string }
  | { readonly kind: "refused"; readonly why: string };

/** A local port that is open. */
export interface OpenPort {
  readonly port: number;
  /** When the lease ends, as known when the port was opened. */
  readonly until: Instant | undefined;
  /** Whether the lease still lets its holder in. */
  isLetIn(): Promise<boolean>;
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

/** GitHub, and what the runner's variables say of this run. */
export interface OpenGitHub {
  readonly github: GitHub;
  readonly environment: GitHubEnvironment;
  close(): Promise<void>;
}

/** A run of the rules program. */
export interface RulesRequest {
  /** Directory of leasehold.yaml, absolute. */
  readonly repository: string;
  /** Path of the program, relative to it. */
  readonly app: string;
  readonly governed: Pick<Manifest, "gateways" | "approvals" | "limits" | "protected">;
  /** Paths in the repository that the program may not read: the Log, gateway directories, key files. */
  readonly hidden: readonly string[];
  readonly signal?: AbortSignal;
}

/** What the rules program declares. */
export interface RulesOutput {
  readonly manifest: Manifest;
  readonly requests: readonly AccessRequest[];
  /** What it printed, bounded. */
  readonly printed: string;
}

/** The database of a Log: `url` is a secret, `named` how it is called. */
export interface SqlRequest {
  readonly root: string;
  readonly url: string;
  readonly named: string;
}

/** What an access repository needs from outside: the command line and a service bring the same. */
export interface WorkspacePorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  /** How this run calls itself while it holds the Log. @default "leasehold" */
  readonly holder?: string;
  /** What `doctor` asks of the machine; absent: it does not look at it. */
  machine?(): Promise<Machine>;
  /** The secrets of a repository: relative `${file:PATH}` count from its directory. */
  secretsIn(root: string): Secrets;
  /** Ends with an interruption: the call in flight is finished, nothing new is begun. */
  readonly signal: AbortSignal;
  /** Says something that somebody should know and that stops nothing. */
  notice(text: string): void;
  /** The files of a repository as they stand. */
  tree(root: string): SourceTree;
  /** Runs the rules program in a child without credentials; throws E200, E201 or E202. */
  runRules(request: RulesRequest): Promise<RulesOutput>;
  /** The rules as they were last synthesised, when none of their files has changed; for looking only, never for applying. */
  tryReadRules(request: RulesRequest): Promise<RulesOutput | undefined>;
  /** What makes reading many request files of a repository fast; absent: each is parsed anew, on this thread. */
  parsing?(root: string): Promise<Parsing>;
  /** The files of a repository as a Git revision has them; throws E800 for a revision that is none. */
  treeAt(root: string, revision: string): Promise<SourceTree>;
  /** The commit that is checked out around a directory, and what differs from it; throws E406 where there is none. */
  checkout(directory: string): Promise<Checkout>;
  openGateway(request: OpenGatewayRequest): Promise<OpenGateway>;
  /** Git, for a remote of the checkout around a directory; absent: a Log of `store: git` cannot be opened. */
  git?(place: { readonly root: string; readonly remote: string }): Git;
  /** A PostgreSQL database; nothing is asked of it yet. Absent: a Log of `store: postgres` cannot be opened. Throws E702 for a URL that cannot be used. */
  sql?(request: SqlRequest): Promise<Sql>;
  /** GitHub as the runner's variables say, opened anew each time; throws E702 without a token, E800 for variables that make no sense. */
  openGitHub(): Promise<OpenGitHub>;
}
