import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { nodeHttp } from "../../lib/adapters/http";
import { gateName } from "../../lib/model/gateway-object";
import type { Clock, Http } from "../../lib/ports";
import { hoopProvider } from "../../providers/hoop/provider";
import { alice, bob, carol, secretsOf } from "./fixtures";
import type { GatewayUnderTest } from "./gateway";

/** The machine's clock; its jumps are real waits, so tests that let time pass for long are not for this gateway. */
const realClock: Clock = {
  now: () => new Date().toISOString(),
  monotonicMs: () => performance.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  },
};

/** How the suite's installations begin. */
const ourMark = "lhtest-";

const people = [alice, bob, carol, "dora@example.com"];

interface Named {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

/**
 * A real hoop gateway under the suite. Whether somebody is let in is read from its reviews by the rule that
 * it follows (newest approved, in force): a client of its own would be needed to open lines.
 */
export async function realHoopGateway(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<GatewayUnderTest> {
  const url = (environment["LEASEHOLD_HOOP_URL"] ?? "").replace(/\/+$/, "");
  const key = environment["LEASEHOLD_HOOP_KEY"] ?? "";
  // Of its own each time: the gateway remembers every Grant of an earlier run, and calls it spent.
  const installation = `${ourMark}${randomBytes(6).toString("hex")}`;
  const http = nodeHttp();
  const admin = adminOf(http, url, key);
  await refuseUsed(admin);
  await cleanUp(admin);
  const keys = { write: async () => key, observe: async () => key };
  return {
    name: "hoop",
    installation,
    clock: realClock,
    secrets: secretsOf,
    target: { host: "127.0.0.1", port: 5432 },
    provider: (options = {}) =>
      hoopProvider({
        gateway: "prod",
        installation: options.installation ?? installation,
        url,
        keys,
        clock: realClock,
        http: options.http?.(http) ?? http,
      }),
    addUser: async (email, { active = true } = {}) => {
      await admin("POST", "/users", { email, name: email, groups: [] });
      if (!active) await admin("PUT", `/users/${email}`, { email, name: email, status: "inactive", groups: [] });
    },
    plantLease: async ({ person, connection, seconds, correlation }) => {
      const grant = { user_email: person, connection, access_duration_sec: seconds };
      await admin(
        "POST",
        "/sessions/provision",
        correlation === undefined ? grant : { ...grant, correlation_id: correlation },
      );
    },
    plantObject: async (kind, name) => {
      if (kind === "guardrail") {
        await admin("POST", "/guardrails", { name, description: "", input: { rules: [] }, output: { rules: [] } });
        return;
      }
      const [agent] = (await admin("GET", "/agents")) as readonly Named[];
      await admin("POST", "/connections", {
        name,
        resource_name: name,
        type: "application",
        subtype: "tcp",
        agent_id: agent!.id,
        command: [],
        secret: {
          "envvar:HOST": "MTI3LjAuMC4x",
          "envvar:PORT": "NTQzMg==",
        },
        reviewers: ["somebody"],
        access_mode_connect: "enabled",
        access_mode_exec: "disabled",
        access_mode_runbooks: "disabled",
        access_schema: "disabled",
        connection_tags: { team: "theirs" },
      });
    },
    endDirectly: async (ref) => {
      await admin("PUT", `/reviews/${ref}`, { status: "REVOKED" });
    },
    foreign: async () => {
      const connections = (await admin("GET", "/connections")) as readonly (Named & {
        connection_tags: Record<string, string>;
      })[];
      const theirs = connections.filter((one) => one.connection_tags["leasehold"] !== installation);
      const rows = (await grantsOf(admin)).filter((row) => row.correlation_id?.includes(installation) !== true);
      const whole = await Promise.all(theirs.map((one) => admin("GET", `/connections/${one.name}`)));
      return JSON.stringify([whole, rows, await admin("GET", "/users")]);
    },
    isLetIn: async (person, connection) => {
      const [newest] = (await grantsOf(admin))
        .filter((row) => row.user === person && row.connection === connection && row.review.status === "APPROVED")
        .toSorted((a, b) => (a.review.created_at < b.review.created_at ? 1 : -1));
      return newest !== undefined && Date.parse(newest.review.revoke_at) > Date.now();
    },
    countLeases: async (person, connection) =>
      (await grantsOf(admin)).filter(
        (row) =>
          row.user === person &&
          row.connection === connection &&
          row.correlation_id?.includes(installation) === true &&
          /APPROVED|PENDING/.test(row.review.status),
      ).length,
    openLine: async () => undefined,
    pass: (seconds) => wait(seconds * 1000),
    close: async () => {
      await cleanUp(admin);
      await http.close();
    },
  };
}

type Admin = (method: string, path: string, body?: unknown) => Promise<unknown>;

function adminOf(http: Http, url: string, key: string): Admin {
  return async (method, path, body) => {
    const answer = await http.send({
      method: method as "GET",
      url: `${url}/api${path}`,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: 30_000,
      maxBytes: 100_000_000,
    });
    return answer.body.startsWith("{") || answer.body.startsWith("[")
      ? (JSON.parse(answer.body) as unknown)
      : undefined;
  };
}

/** An installation that is in use must not be taken for a test gateway. */
async function refuseUsed(admin: Admin): Promise<void> {
  const { data } = (await admin("GET", "/access-requests/rules")) as { readonly data: readonly Named[] };
  const other = data.find((rule) => rule.description?.includes(ourMark) !== true);
  if (other !== undefined)
    throw new Error(`Expected an empty test gateway, found the access request rule ${other.name}`);
}

async function cleanUp(admin: Admin): Promise<void> {
  for (const row of await grantsOf(admin)) {
    if (!row.connection.startsWith("lhtest")) continue;
    if (row.review.status === "APPROVED") await admin("PUT", `/reviews/${row.review.id}`, { status: "REVOKED" });
    if (row.review.status === "PENDING") await admin("PUT", `/reviews/${row.review.id}`, { status: "REJECTED" });
  }
  for (const { name } of (await admin("GET", "/connections")) as readonly Named[]) {
    if (name.startsWith("lhtest")) await admin("DELETE", `/connections/${name}`);
  }
  for (const { id, name } of (await admin("GET", "/guardrails")) as readonly Named[]) {
    if (name.startsWith("lhtest")) await admin("DELETE", `/guardrails/${id}`);
  }
  await admin("DELETE", `/access-requests/rules/${gateName}`);
  for (const person of people) await admin("DELETE", `/users/${person}`);
}

interface GrantRow {
  readonly user: string;
  readonly connection: string;
  readonly correlation_id?: string;
  readonly review: {
    readonly id: string;
    readonly status: string;
    readonly created_at: string;
    readonly revoke_at: string;
  };
}

async function grantsOf(admin: Admin): Promise<readonly GrantRow[]> {
  const rows: (Omit<GrantRow, "review"> & { readonly review: GrantRow["review"] | null })[] = [];
  for (let offset = 0; offset <= 10_000; offset += 100) {
    const query = `limit=100&count=none&offset=${offset}&start_date=1970-01-01T00:00:00Z&end_date=2999-01-01T00:00:00Z`;
    const page = (await admin("GET", `/sessions?${query}`)) as { data: typeof rows; has_next_page: boolean };
    rows.push(...page.data);
    if (!page.has_next_page) break;
  }
  return rows.filter((row): row is GrantRow => row.review !== null);
}
