/** `/users/groups`: groups, made by themselves or through their members. */
import type { Gateway } from "../gateway";
import type { Change } from "../store/rows";
import { decode } from "./decode";
import { created, noContent, ok, refuse, refuseMistake, type Reply } from "./reply";
import type { Call, Route } from "./route";
import { isPlain } from "./values";

/** The routes of groups; they come before `/users/:email`. */
export const groupRoutes: readonly Route[] = [
  { method: "GET", path: "/users/groups", who: "caller", run: listGroups },
  {
    method: "POST",
    path: "/users/groups",
    who: "admin",
    run: postGroup,
    audit: { resource: "user_groups", action: "create" },
  },
  {
    method: "DELETE",
    path: "/users/groups/:name",
    who: "admin",
    run: deleteGroup,
    audit: { resource: "user_groups", action: "delete" },
  },
];

const shape = { go: "UserGroup", fields: { name: { kind: "string", go: "Name", required: true } } } as const;

function listGroups({ gateway }: Call): Reply {
  return ok([...allGroups(gateway)]);
}

function allGroups(gateway: Gateway): ReadonlySet<string> {
  const { view } = gateway.store;
  const names = new Set<string>();
  for (const row of view.table("groups").all()) names.add(row.name);
  for (const row of view.table("users").all()) for (const group of row.groups) names.add(group);
  for (const row of view.table("apiKeys").all()) for (const group of row.groups ?? []) names.add(group);
  return names;
}

function postGroup({ gateway, body }: Call): Reply {
  const { name } = decode(shape, body);
  const group = name ?? "";
  // Hoop lets PostgreSQL refuse a NUL byte and more than 180 characters.
  if (!isPlain(group, 180)) refuseMistake(gateway.behaviour, 422, "failed creating group");
  if (gateway.store.view.table("groups").get(group) !== undefined) refuse(409, `group ${group} already exists`);
  gateway.store.commit([{ table: "groups", put: { name: group } }]);
  return created({ name: group });
}

function deleteGroup({ gateway, param }: Call): Reply {
  const name = param("name");
  const { view } = gateway.store;
  if (name === "admin") refuse(422, "cannot delete admin group admin");
  if (!allGroups(gateway).has(name)) refuse(404, `group ${name} not found`);
  const changes: Change[] = [{ table: "groups", drop: name }];
  for (const row of view.table("users").all()) {
    if (!row.groups.includes(name)) continue;
    changes.push({ table: "users", put: { ...row, groups: row.groups.filter((group) => group !== name) } });
  }
  gateway.store.commit(changes);
  return noContent;
}
