/** `/serviceaccounts`: machines that act as people do. There is no DELETE; set them inactive. */
import { newId } from "../chance";
import type { Gateway } from "../gateway";
import type { ServiceAccountRow } from "../store/rows";
import { decode } from "./decode";
import { created, ok, refuse, type Reply } from "./reply";
import type { Call, Route } from "./route";
import { isPlain, listOrNull } from "./values";

const audit = (action: "create" | "update"): Pick<Route, "audit"> => ({
  audit: { resource: "service_accounts", action },
});

/** The routes of service accounts. */
export const serviceAccountRoutes: readonly Route[] = [
  { method: "GET", path: "/serviceaccounts", who: "caller", run: listAccounts },
  { method: "POST", path: "/serviceaccounts", who: "admin", run: postAccount, ...audit("create") },
  { method: "PUT", path: "/serviceaccounts/:subject", who: "admin", run: putAccount, ...audit("update") },
];

const shape = {
  go: "ServiceAccount",
  fields: {
    subject: { kind: "string", go: "Subject", required: true },
    name: { kind: "string", go: "Name", required: true },
    status: { kind: "string", go: "Status" },
    groups: { kind: "strings", go: "Groups" },
  },
} as const;

function listAccounts({ gateway }: Call): Reply {
  const rows = [...gateway.store.view.table("serviceAccounts").all()];
  return ok(
    listOrNull(
      gateway.behaviour,
      rows.map((row) => showAccount(gateway, row)),
    ),
  );
}

function postAccount({ gateway, body }: Call): Reply {
  const row = readAccount(body, newId(gateway.random));
  if (gateway.store.view.table("serviceAccounts").get(row.subject) !== undefined)
    refuse(409, "resource already exists");
  gateway.store.commit([{ table: "serviceAccounts", put: row }]);
  return created(showAccount(gateway, row));
}

function putAccount({ gateway, param, body }: Call): Reply {
  const row = gateway.store.view.table("serviceAccounts").get(param("subject"));
  const read = readAccount(body, row?.id ?? "");
  if (row === undefined) refuse(404, "resource not found");
  const put = { ...read, subject: row.subject };
  gateway.store.commit([{ table: "serviceAccounts", put }]);
  return ok(showAccount(gateway, put));
}

function readAccount(body: string, id: string): ServiceAccountRow {
  const { subject, name, status, groups } = decode(shape, body);
  if (status !== "active" && status !== "inactive") refuse(422, `wrong status value "${status ?? ""}"`);
  if (![subject ?? "", name ?? "", ...(groups ?? [])].every((text) => isPlain(text)))
    refuse(422, "a name is too long or has control characters");
  return { id, subject: subject ?? "", name: name ?? "", status, groups: [...new Set(groups ?? [])] };
}

function showAccount(gateway: Gateway, row: ServiceAccountRow): Record<string, unknown> {
  const { id, subject, name, status, groups } = row;
  return { id, org_id: gateway.organisation, subject, name, status, groups };
}
