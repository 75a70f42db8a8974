import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../lib/adapters/clock";
import { systemFiles } from "../../../lib/adapters/files";
import { nodeHttp } from "../../../lib/adapters/http";
import { postgresSql } from "../../../lib/adapters/postgres";
import { systemRandom } from "../../../lib/adapters/random";
import { fileStore, openLog, postgresStore, type Log } from "../../../lib/log";
import type { LogStore } from "../../../lib/ports";
import { makeApi, type Api } from "../../../providers/hoop/client/api";
import { embeddedDialect, hoopDialect } from "../../../providers/hoop/dialect";
import { hoopProvider } from "../../../providers/hoop/provider";
import { spawnGateway, type GatewayKind, type GatewayProcess } from "../../doubles/gateway-process";
import { QuickClock } from "../../doubles/quick-clock";
import { gateway } from "../../reconcile/support/rules";

/** The installation of every repository here. */
export const installation = "installation-of-kills";

/** Where the Log of a repository is: beside it, or in a database. */
export type Place = { readonly store: "file" } | { readonly store: "postgres"; readonly url: string };

/**
 * An access repository on disk whose reconciler is the command line as people run it; its gateway is a process of its own.
 * `world` is this process's own way to the same Log and gateway, for what people and pipelines do meanwhile.
 */
export interface Repository {
  readonly directory: string;
  readonly gateway: GatewayProcess;
  /** Where the gateway keeps what it holds. */
  readonly gatewayDirectory: string;
  /** The gateway's API under an admin's key. */
  readonly api: Api;
  readonly world: ReturnType<typeof worldOf> & { readonly log: Log };
  /** The environment of a command line on this machine, or on another one. */
  environment(machine?: string): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Makes a repository without any policy. */
export async function makeRepository(kind: GatewayKind, place: Place): Promise<Repository> {
  const root = await mkdtemp(join(tmpdir(), "leasehold-processes-"));
  const directory = join(root, "repository");
  await mkdir(directory);
  const process = await spawnGateway(kind, join(root, "gateway"));
  const { admin } = JSON.parse(await readFile(join(root, "gateway", "keys.json"), "utf8")) as { admin: string };
  await writeFile(join(directory, "key"), admin, { mode: 0o600 });
  await writeFile(join(directory, "leasehold.yaml"), configOf(kind, place, process.url));
  const environment = (machine = "one"): Readonly<Record<string, string>> => ({
    PATH: globalThis.process.env["PATH"] ?? "",
    HOME: join(root, machine),
    COLUMNS: "100",
    ...(place.store === "postgres" ? { LOG_URL: place.url } : {}),
  });
  const world = worldOf({ kind, place, directory, url: process.url, key: admin, environment: environment("driver") });
  const log = await openLog({ store: world.store, installation });
  return {
    directory,
    gateway: process,
    gatewayDirectory: join(root, "gateway"),
    api: world.api,
    world: { ...world, log },
    environment,
    close: async () => {
      await world.close();
      await process.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

interface WorldParts {
  readonly kind: GatewayKind;
  readonly place: Place;
  readonly directory: string;
  readonly url: string;
  readonly key: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the reconciler's functions are given in this process. Only what a gateway is waited for is not waited out. */
function worldOf(parts: WorldParts) {
  const { kind, url, key } = parts;
  const clock = systemClock();
  const random = systemRandom();
  const http = nodeHttp();
  const quick = new QuickClock();
  const keyOf = () => Promise.resolve(key);
  const provider = hoopProvider({
    gateway,
    installation,
    url,
    keys: { write: keyOf, observe: keyOf },
    http,
    clock: quick,
    dialect: kind === "hoop" ? hoopDialect : embeddedDialect,
  });
  const store = storeOf(parts);
  return {
    store,
    providers: new Map([[gateway, provider]]),
    api: makeApi({ gateway, url, key: keyOf, http, clock: quick }),
    clock,
    random,
    secrets: { resolve: () => Promise.resolve("unused") },
    installation,
    lockWaitMs: 60_000,
    close: async () => {
      await store.close();
      await http.close();
    },
  };
}

function storeOf({ place, directory, environment }: WorldParts): LogStore {
  const [clock, files, random] = [systemClock(), systemFiles(), systemRandom()];
  if (place.store === "file") return fileStore({ directory: join(directory, "log"), files, clock, random });
  const sql = () => Promise.resolve(postgresSql({ root: directory, environment, url: place.url, named: "the test's" }));
  return postgresStore({ open: sql, files, clock, random });
}

function configOf(kind: GatewayKind, place: Place, url: string): string {
  const log = place.store === "file" ? "{ store: file, path: log }" : '{ store: postgres, url: "${env:LOG_URL}" }';
  return `apiVersion: leasehold/v1
kind: Config
installation: ${installation}
gateways:
  ${gateway}:
    provider: ${kind}
    url: ${url}
    keys: { write: "\${file:key}", observe: "\${file:key}" }
    users: declared
log: ${log}
`;
}
