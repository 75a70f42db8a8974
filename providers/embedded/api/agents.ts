/** `/agents`: hoop's remote ends. The embedded gateway has one, built in. */
import { newId } from "../chance";
import type { Gateway } from "../gateway";
import type { AgentRow } from "../store/rows";
import { decode } from "./decode";
import { created, noContent, ok, refuse, refuseLacking, type Reply } from "./reply";
import type { Call, Route } from "./route";
import { checkName } from "./values";

/** The routes of agents. */
export const agentRoutes: readonly Route[] = [
  { method: "GET", path: "/agents", who: "caller", run: listAgents },
  { method: "POST", path: "/agents", who: "admin", run: postAgent, audit: { resource: "agents", action: "create" } },
  { method: "GET", path: "/agents/:name", who: "caller", run: getAgent },
  {
    method: "DELETE",
    path: "/agents/:name",
    who: "admin",
    run: deleteAgent,
    audit: { resource: "agents", action: "delete" },
  },
];

const shape = {
  go: "AgentRequest",
  fields: { name: { kind: "string", go: "Name", required: true }, mode: { kind: "string", go: "Mode" } },
} as const;

function listAgents({ gateway }: Call): Reply {
  return ok([...gateway.store.view.table("agents").all()].map((row) => showAgent(gateway, row)));
}

function getAgent({ gateway, param }: Call): Reply {
  const row = gateway.store.view.table("agents").get(param("name"));
  return row === undefined ? refuse(404, "agent not found") : ok(showAgent(gateway, row));
}

function postAgent({ gateway, body }: Call): Reply {
  const { name, mode } = decode(shape, body);
  if (gateway.store.view.table("agents").get(name ?? "") !== undefined) refuse(409, "resource already exists");
  if (!gateway.behaviour.answersForWhatIsLacking) refuseLacking("remote agents; its own agent is called `default`");
  const row: AgentRow = {
    id: newId(gateway.random),
    name: checkName(name ?? ""),
    mode: mode ?? "standard",
    builtIn: false,
  };
  gateway.store.commit([{ table: "agents", put: row }]);
  const secret = Buffer.from(gateway.random.bytes(24)).toString("base64url");
  return created({ token: `grpc://${row.name}:xagt-${secret}@${new URL(gateway.url()).host}?mode=${row.mode}` });
}

function deleteAgent({ gateway, param }: Call): Reply {
  const row = gateway.store.view.table("agents").get(param("name"));
  if (row?.builtIn === true && !gateway.behaviour.answersForWhatIsLacking) refuse(422, "the agent is built in");
  if (row !== undefined) gateway.store.commit([{ table: "agents", drop: row.name }]);
  return noContent;
}

function showAgent(gateway: Gateway, row: AgentRow): Record<string, unknown> {
  const { version } = gateway.behaviour;
  const metadata = {
    compiler: "",
    "go-version": "",
    hostname: "gateway-host",
    "kernel-version": "",
    "machine-id": "",
    platform: "",
    version,
  };
  return {
    id: row.id,
    token: "",
    name: row.name,
    mode: row.mode,
    status: row.builtIn ? "CONNECTED" : "DISCONNECTED",
    metadata,
    hostname: "gateway-host",
    machine_id: "",
    kernel_version: "",
    version,
    goversion: "",
    compiler: "",
    platform: "",
  };
}
