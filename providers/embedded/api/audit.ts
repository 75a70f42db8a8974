/** `/audit/logs`, and how a write gets into it. */
import { newId } from "../chance";
import type { Gateway } from "../gateway";
import type { Caller } from "../identity/caller";
import type { AuditRow } from "../store/rows";
import { writtenAs } from "../time";
import { ok, type Reply } from "./reply";
import type { Call, Route } from "./route";
import { pageOf, slicePage } from "./values";

/** The route of the audit log. */
export const auditRoutes: readonly Route[] = [{ method: "GET", path: "/audit/logs", who: "auditor", run: listAudit }];

/** Notes a write, done or refused. */
export function noteWrite(
  gateway: Gateway,
  route: Route,
  caller: Caller,
  call: { readonly path: string; readonly clientIp: string; readonly status: number; readonly message: string },
): void {
  if (route.audit === undefined || (route.auditedByUsOnly === true && gateway.behaviour.auditLeavesOutGrants)) return;
  // What is left of the disk is for endings, not for telling what was refused.
  if (gateway.store.failing && call.status === 503) return;
  const put: AuditRow = {
    id: newId(gateway.random),
    actorSubject: caller.id,
    actorEmail: caller.email,
    actorName: caller.name,
    createdAt: gateway.time.stamp(),
    resourceType: route.audit.resource,
    action: route.audit.action,
    httpMethod: route.method,
    httpStatus: call.status,
    httpPath: call.path.slice(0, 1000),
    clientIp: call.clientIp,
    errorMessage: call.message.slice(0, 1000),
  };
  gateway.store.commit([{ table: "audit", put }]);
}

const filters: Readonly<Record<string, (row: AuditRow) => string>> = {
  resource_type: (row) => row.resourceType,
  action: (row) => row.action,
  http_method: (row) => row.httpMethod,
  http_status: (row) => String(row.httpStatus),
  outcome: (row) => String(row.httpStatus < 400),
};

const partialFilters: Readonly<Record<string, (row: AuditRow) => string>> = {
  actor_subject: (row) => row.actorSubject,
  actor_email: (row) => row.actorEmail,
  http_path: (row) => row.httpPath,
  client_ip: (row) => row.clientIp,
};

function listAudit({ gateway, query }: Call): Reply {
  const page = pageOf(query) ?? { page: 1, size: 50 };
  const exact = Object.entries(filters).map(([name, read]) => {
    const wanted = query(name) ?? "";
    return (row: AuditRow) => wanted === "" || read(row) === wanted;
  });
  const partial = Object.entries(partialFilters).map(([name, read]) => {
    const wanted = query(name) ?? "";
    return (row: AuditRow) => read(row).includes(wanted);
  });
  const rows = [...gateway.store.view.audit()].filter((row) => [...exact, ...partial].every((test) => test(row)));
  const data = slicePage(rows, page).map((row) => showAudit(gateway, row));
  return ok({ pages: { total: rows.length, page: page.page, size: page.size }, data });
}

function showAudit(gateway: Gateway, row: AuditRow): Record<string, unknown> {
  return {
    id: row.id,
    org_id: gateway.organisation,
    actor_subject: row.actorSubject,
    actor_email: row.actorEmail,
    actor_name: row.actorName,
    created_at: writtenAs(gateway.behaviour, row.createdAt, "microseconds"),
    resource_type: row.resourceType,
    action: row.action,
    http_method: row.httpMethod,
    http_status: row.httpStatus,
    http_path: row.httpPath,
    client_ip: row.clientIp,
    request_payload_redacted: null,
    outcome: row.httpStatus < 400,
    error_message: row.errorMessage,
  };
}
