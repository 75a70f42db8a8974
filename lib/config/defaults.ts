import type {
  AnchorsConfig,
  Config,
  GatewayConfig,
  GatewayKeys,
  LogConfig,
  LogPlace,
  OrganisationLimits,
  UserMode,
} from "../model/config";
import { tryParseDuration } from "../model/duration";
import { limits } from "../model/limits";

/** leasehold.yaml as schemas/config.v1.json describes it. */
export interface ConfigFile {
  readonly apiVersion: "leasehold/v1";
  readonly kind: "Config";
  readonly installation: string;
  readonly app?: string;
  readonly requests?: string;
  readonly gateways: Readonly<Record<string, GatewayFile>>;
  readonly log?: LogFile;
  readonly approvals?: "local" | "github";
  readonly limits?: {
    readonly maxDuration?: string;
    readonly startWithin?: string;
    readonly approvalValidFor?: string;
    readonly bulkRemovals?: { readonly count?: number; readonly percent?: number };
  };
  readonly protected?: readonly string[];
}

/** One gateway of leasehold.yaml. */
export interface GatewayFile {
  readonly provider: "embedded" | "hoop" | "postgresql" | "memory";
  readonly directory?: string;
  /** Of a gateway over HTTP itself, of a PostgreSQL database its reference. */
  readonly url?: string;
  readonly observeUrl?: string;
  readonly keys?: GatewayKeys;
  readonly agent?: string;
  readonly users?: UserMode;
}

/** The Log of leasehold.yaml. */
export interface LogFile {
  readonly store: "file" | "git" | "postgres";
  readonly path?: string;
  readonly remote?: string;
  readonly ref?: string;
  readonly url?: string;
  readonly anchors?: AnchorsFile;
}

/** Where leasehold.yaml wants anchors. */
export interface AnchorsFile {
  readonly file?: string;
  readonly checkRun?: string;
  readonly key?: string;
  readonly publicKeys?: readonly string[];
}

/** The config of a file that was checked, with every default filled in. */
export function configOf(file: ConfigFile): Config {
  const gateways = Object.keys(file.gateways).toSorted();
  return {
    installation: file.installation,
    app: file.app ?? "access.ts",
    requests: file.requests ?? "requests/**/*.yaml",
    gateways: byName(gateways.map((name) => [name, gatewayOf(file.gateways[name] ?? { provider: "memory" })])),
    log: logOf(file.log ?? { store: "file" }),
    approvals: file.approvals ?? "local",
    limits: limitsOf(file.limits ?? {}),
    protected: (file.protected ?? []).toSorted(),
  };
}

/** Without a prototype: no gateway is found under `constructor` that nobody declared. */
function byName(entries: readonly [string, GatewayConfig][]): Config["gateways"] {
  return Object.assign(Object.create(null) as Record<string, GatewayConfig>, Object.fromEntries(entries));
}

function gatewayOf(file: GatewayFile): GatewayConfig {
  const url = file.url === undefined ? {} : { url: withoutSlash(file.url) };
  const keys = file.keys === undefined ? {} : { keys: keysOf(file.keys) };
  switch (file.provider) {
    case "embedded": {
      const directory = file.directory ?? ".leasehold/gateway";
      return { provider: "embedded", directory, ...url, ...keys, users: file.users ?? "declared" };
    }
    case "hoop": {
      const agent = file.agent === undefined ? {} : { agent: file.agent.toLowerCase() };
      return {
        provider: "hoop",
        url: withoutSlash(file.url ?? ""),
        ...keys,
        ...agent,
        users: file.users ?? "existing",
      };
    }
    case "postgresql":
      return { provider: "postgresql", keys: urlsOf(file), users: "existing" };
    case "memory":
      return { provider: "memory", users: file.users ?? "declared" };
  }
}

function logOf(file: LogFile): LogConfig {
  // A Log in files is restored from copies: without any anchor nobody would notice. Elsewhere it would be of one machine alone.
  const anchors = file.anchors ?? (file.store === "file" ? {} : undefined);
  const place = placeOf(file);
  return { ...place, ...(anchors === undefined ? {} : { anchors: anchorsOf(anchors, place) }) };
}

function placeOf(file: LogFile): LogPlace {
  switch (file.store) {
    case "file":
      return { store: "file", path: file.path ?? ".leasehold/log" };
    case "git":
      return { store: "git", remote: file.remote ?? "origin", ref: file.ref ?? "refs/leasehold/log" };
    case "postgres":
      return { store: "postgres", url: file.url ?? "" };
  }
}

/** By default beside the directory of a Log in files, which is there whenever that is. */
function anchorsOf(file: AnchorsFile, place: LogPlace): AnchorsConfig {
  const { checkRun } = file;
  const path = file.file ?? (checkRun === undefined || place.store === "file" ? besideLog(place) : undefined);
  return {
    ...(path === undefined ? {} : { file: path }),
    ...(checkRun === undefined ? {} : { checkRun }),
    ...(file.key === undefined ? {} : { key: file.key }),
    publicKeys: [...(file.publicKeys ?? [])],
  };
}

function besideLog(place: LogPlace): string {
  const directory = place.store === "file" ? place.path.replace(/(?:^|\/)[^/]*$/, "") : ".leasehold";
  return `${directory === "" ? "" : `${directory}/`}anchors.jsonl`;
}

function limitsOf(file: NonNullable<ConfigFile["limits"]>): OrganisationLimits {
  return {
    maxDurationSeconds: secondsOf(file.maxDuration, limits.defaultMaxDurationSeconds),
    startWithinSeconds: secondsOf(file.startWithin, limits.defaultStartWithinSeconds),
    approvalValidForSeconds: secondsOf(file.approvalValidFor, limits.defaultApprovalValidForSeconds),
    bulkRemovals: { count: file.bulkRemovals?.count ?? 5, percent: file.bulkRemovals?.percent ?? 10 },
  };
}

function secondsOf(text: string | undefined, otherwise: number): number {
  return (text === undefined ? undefined : tryParseDuration(text)) ?? otherwise;
}

/** References only: maps of YAML have no prototype, the config's are plain again. */
function keysOf(file: GatewayKeys): GatewayKeys {
  return {
    ...(file.write === undefined ? {} : { write: file.write }),
    ...(file.observe === undefined ? {} : { observe: file.observe }),
  };
}

/** The URL of a database holds a password, and so is what a key is elsewhere. */
function urlsOf(file: GatewayFile): GatewayKeys {
  return {
    ...(file.url === undefined ? {} : { write: file.url }),
    ...(file.observeUrl === undefined ? {} : { observe: file.observeUrl }),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
