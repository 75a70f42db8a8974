/** Chooses and makes the provider of each gateway in the config; besides main.ts the only file that knows them all. */
import { join } from "node:path";
import type { RunningGateway } from "../../providers/embedded";
import { embeddedKeys, embeddedProvider, tryFindEmbeddedUrl } from "../../providers/embedded/provider";
import { embeddedDialect, hoopDialect } from "../../providers/hoop/dialect";
import { giveBackAsHolder, whoIs, type Holder } from "../../providers/hoop/give-back";
import { hoopProvider, type HoopKeys } from "../../providers/hoop/provider";
import { memoryProvider } from "../../providers/memory/provider";
import { makeWorld } from "../../providers/memory/world";
import { nodeHttp } from "../adapters/http";
import { failure, isFailure } from "../errors";
import type { GatewayConfig, GatewayKeys } from "../model/config";
import { limits } from "../model/limits";
import type { Http, HttpResponse } from "../ports";
import type {
  GatewayPeople,
  OpenGateway,
  OpenGatewayRequest,
  OpenPort,
  PortRequest,
  WorkspacePorts,
} from "../workspace/ports";

type Ports = Pick<WorkspacePorts, "clock" | "random" | "files" | "secretsIn">;

/** Opens one gateway: finds the one that runs, or, for an embedded one that does not, opens it for as long as it is needed. */
export async function openGateway(request: OpenGatewayRequest, ports: Ports): Promise<OpenGateway> {
  const { config } = request;
  switch (config.provider) {
    case "embedded":
      return openEmbedded(request, config, ports);
    case "hoop":
      return openHoop(request, config, ports);
    case "postgresql":
      return openPostgresql(request, config, ports);
    case "memory":
      return openMemory(request, ports);
  }
}

async function openEmbedded(
  request: OpenGatewayRequest,
  config: Extract<GatewayConfig, { provider: "embedded" }>,
  ports: Ports,
): Promise<OpenGateway> {
  const { name: gateway, installation, root } = request;
  const directory = join(root, config.directory);
  const http = nodeHttp();
  const place = new EmbeddedPlace(directory, config.url, http, ports);
  const url = await place.find();
  const keys =
    config.keys === undefined ? embeddedKeys(ports.files, directory) : referencedKeys(config.keys, request, ports);
  return {
    provider: embeddedProvider({ gateway, installation, url, keys, http: place.http, clock: ports.clock }),
    url: () => place.find(),
    people: {
      ...peopleAt({ gateway, url, http: place.http, clock: ports.clock, dialect: embeddedDialect }, keys),
      openPort: async (asked) => openPort(await place.find(), asked),
    },
    close: async () => {
      await http.close();
      await place.close();
    },
  };
}

/** Where an embedded gateway is; one that goes away in the middle of a run is opened here. */
class EmbeddedPlace {
  #url: string | undefined;
  #own: RunningGateway | undefined;

  constructor(
    private readonly directory: string,
    private readonly configured: string | undefined,
    private readonly real: Http,
    private readonly ports: Ports,
  ) {}

  /** Sends to where the gateway is now; what was certainly not delivered is sent again to where it is then. */
  readonly http: Http = {
    send: async (request, signal): Promise<HttpResponse> => {
      const asked = this.#url;
      try {
        return await this.real.send({ ...request, url: this.#moved(request.url) }, signal);
      } catch (thrown) {
        if (!isRefusedConnection(thrown) || this.configured !== undefined || this.#own !== undefined) throw thrown;
        if (this.#url === asked) this.#url = undefined;
        await this.find();
        return this.real.send({ ...request, url: this.#moved(request.url) }, signal);
      }
    },
    close: async () => undefined,
  };

  #first: string | undefined;

  /** The gateway's base URL; starts it when none runs. */
  async find(): Promise<string> {
    if (this.configured !== undefined) return this.configured;
    this.#url ??= (await this.#tryFindRunning()) ?? (await this.#start());
    this.#first ??= this.#url;
    return this.#url;
  }

  async close(): Promise<void> {
    await this.#own?.close();
  }

  /** The provider keeps the address that it was made with. */
  #moved(url: string): string {
    const { configured } = this;
    if (configured !== undefined || this.#first === undefined || this.#url === undefined) return url;
    return url.startsWith(this.#first) ? this.#url + url.slice(this.#first.length) : url;
  }

  async #tryFindRunning(): Promise<string | undefined> {
    const url = await tryFindEmbeddedUrl(this.ports.files, this.directory);
    if (url === undefined) return undefined;
    try {
      const health = await this.real.send({
        method: "GET",
        url: `${url}/api/healthz`,
        headers: {},
        timeoutMs: 5_000,
        maxBytes: 65_536,
      });
      return health.status === 200 ? url : undefined;
    } catch (thrown) {
      if (isFailure(thrown)) return undefined;
      throw thrown;
    }
  }

  async #start(): Promise<string> {
    const { clock, random } = this.ports;
    // Loaded by who needs it: a server is a fifth of all that a command would load.
    const { startGateway } = await import("../../providers/embedded/index.js");
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#own = await startGateway({ directory: this.directory, clock, random });
        return this.#own.url;
      } catch (thrown) {
        // Another command may be just opening it, or just closing it.
        const found = await this.#tryFindRunning();
        if (found !== undefined) return found;
        if (attempt === 20 || !isFailure(thrown)) throw thrown;
        await clock.sleep(100);
      }
    }
  }
}

/** The call did not reach anybody: it may be sent again whatever it is. */
function isRefusedConnection(thrown: unknown): boolean {
  if (!isFailure(thrown, "unreachable")) return false;
  const { cause } = thrown;
  return /ECONNREFUSED/.test(`${thrown.message} ${cause instanceof Error ? String(Reflect.get(cause, "code")) : ""}`);
}

function openHoop(
  request: OpenGatewayRequest,
  config: Extract<GatewayConfig, { provider: "hoop" }>,
  ports: Ports,
): OpenGateway {
  const http = nodeHttp();
  const keys = referencedKeys(config.keys ?? {}, request, ports);
  const provider = hoopProvider({
    gateway: request.name,
    installation: request.installation,
    url: config.url,
    keys,
    http,
    clock: ports.clock,
    ...(config.agent === undefined ? {} : { agent: config.agent }),
  });
  const people = peopleAt({ gateway: request.name, url: config.url, http, clock: ports.clock, dialect: hoopDialect });
  return { provider, url: async () => config.url, people, close: () => http.close() };
}

/** A database: who only looks is given the URL for that, where the config has one. */
async function openPostgresql(
  request: OpenGatewayRequest,
  config: Extract<GatewayConfig, { provider: "postgresql" }>,
  ports: Ports,
): Promise<OpenGateway> {
  const { name: gateway, installation, root, use } = request;
  const { postgresqlProvider } = await import("../../providers/postgresql/provider.js");
  const { postgresSql } = await import("../adapters/postgres.js");
  const { checkGatewayUrl } = await import("../adapters/postgres-url.js");
  const { sealTo } = await import("../adapters/age.js");
  const [ref, field] =
    use === "observe" && config.keys.observe !== undefined
      ? [config.keys.observe, "observeUrl"]
      : [config.keys.write ?? "", "url"];
  const url = await ports.secretsIn(root).resolve(ref);
  checkGatewayUrl(url, `gateways.${gateway}.${field}`);
  const sql = postgresSql({ root, environment: {}, url, named: `gateways.${gateway}.${field}` });
  const { clock, random } = ports;
  const provider = postgresqlProvider({ gateway, installation, sql, clock, random, seal: sealTo });
  return { provider, close: () => provider.close() };
}

/** What people do with their own tokens; with the admin key of an embedded gateway tokens can be made. */
function peopleAt(place: Omit<Holder, "token">, keys?: HoopKeys): GatewayPeople {
  const people: GatewayPeople = {
    whoIs: async (token) => (await whoIs({ ...place, token })).email,
    giveBack: (token, connection) => giveBackAsHolder({ ...place, token }, connection),
  };
  return keys === undefined
    ? people
    : { ...people, mintToken: async (email) => mintToken(place, await keys.write(), email) };
}

async function openPort(gatewayUrl: string, asked: PortRequest): Promise<OpenPort> {
  const { checkTunnel, listenTunnel } = await import("../../providers/embedded/index.js");
  const call = { gatewayUrl, token: asked.token, connection: asked.connection };
  const listener = await listenTunnel({
    ...call,
    port: asked.port,
    onEvent: (event) => {
      if (event.kind === "opened") asked.onEvent({ kind: "opened", until: event.until });
      else if (event.kind === "ended") asked.onEvent({ kind: "ended", reason: event.reason });
      else asked.onEvent({ kind: "refused", why: event.error.message });
    },
  });
  const isLetIn = async (): Promise<boolean> => {
    try {
      await checkTunnel(call);
      return true;
    } catch {
      return false;
    }
  };
  return { port: listener.port, until: listener.until, isLetIn, close: () => listener.close() };
}

async function mintToken(
  place: Omit<Holder, "token">,
  key: string,
  email: string,
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  const answer = await place.http.send({
    method: "POST",
    url: `${place.url}/api/users/${encodeURIComponent(email)}/token`,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: "{}",
    timeoutMs: limits.httpTimeoutMs,
    maxBytes: 65_536,
  });
  if (answer.status === 404) {
    throw failure("E107", {
      summary: "the gateway does not know this person",
      detail: `no user ${email} at gateway ${place.gateway}`,
      fix: "people of the rules become users with the first `leasehold apply`",
    });
  }
  const body: unknown = answer.status === 201 ? JSON.parse(answer.body) : undefined;
  if (typeof body === "object" && body !== null && "token" in body && "expires_at" in body) {
    return { token: String(body.token), expiresAt: String(body.expires_at) };
  }
  const code = answer.status === 401 || answer.status === 403 ? "E501" : "E502";
  throw failure(code, {
    detail: `gateway ${place.gateway} answered ${answer.status} when a token was asked for`,
    fix: "a token is made with the gateway's admin key, on the machine that has it",
  });
}

function referencedKeys(keys: GatewayKeys, request: OpenGatewayRequest, ports: Ports): HoopKeys {
  const secrets = ports.secretsIn(request.root);
  const resolve = async (which: "write" | "observe", ref: string | undefined): Promise<string> => {
    if (ref !== undefined) return secrets.resolve(ref);
    throw failure("E702", {
      detail: `gateway ${request.name} has no key to ${which}`,
      fix: `add \`keys: { ${which}: "\${env:NAME}" }\` to gateways.${request.name} of leasehold.yaml`,
    });
  };
  return {
    write: () => resolve("write", keys.write),
    observe: () => resolve("observe", keys.observe ?? keys.write),
  };
}

/** The reference model: it forgets everything when the command ends. */
function openMemory(request: OpenGatewayRequest, ports: Ports): OpenGateway {
  const { name: gateway, installation } = request;
  const provider = memoryProvider({ gateway, installation, world: makeWorld({ clock: ports.clock }) });
  return { provider, close: () => provider.close() };
}
