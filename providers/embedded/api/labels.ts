/** `/connection-tags` and `/attributes`: labels once seen on a connection or rule. */
import { writtenAs } from "../time";
import { ok, type Reply } from "./reply";
import type { Call, Route } from "./route";

/** The routes of labels. */
export const labelRoutes: readonly Route[] = [
  { method: "GET", path: "/connection-tags", who: "caller", run: listTags },
  { method: "GET", path: "/attributes", who: "caller", run: listAttributes },
];

function listTags({ gateway }: Call): Reply {
  const { behaviour, store } = gateway;
  const items = [...store.view.table("tags").all()].map((row) => ({
    id: row.id,
    key: row.key,
    value: row.value,
    updated_at: writtenAs(behaviour, row.updatedAt, "microseconds"),
    created_at: writtenAs(behaviour, row.createdAt, "microseconds"),
  }));
  return ok({ items });
}

function listAttributes({ gateway }: Call): Reply {
  const { view } = gateway.store;
  const rows = [...view.table("attributes").all()];
  const connections = [...view.table("connections").all()];
  const rules = [...view.table("accessRules").all()];
  const data = rows.map((row) => ({
    id: row.id,
    org_id: gateway.organisation,
    name: row.name,
    description: null,
    managed_by: null,
    connection_names: connections.filter((one) => one.attributes.includes(row.name)).map((one) => one.name),
    access_request_rule_names: rules.filter((one) => one.attributes.includes(row.name)).map((one) => one.name),
    guardrail_rule_names: [],
    datamasking_rule_names: [],
    access_control_group_names: [],
    created_at: writtenAs(gateway.behaviour, row.createdAt, "microseconds"),
  }));
  return ok({ pages: { total: data.length, page: 1, size: 50 }, data });
}
