/** `/users`: people. Keyed by e-mail, case-sensitive. */
import { newId } from "../chance";
import type { Gateway } from "../gateway";
import { roleOf } from "../identity/caller";
import { hashPassword } from "../identity/password";
import { mintToken } from "../identity/token";
import type { Change, Standing, UserRow } from "../store/rows";
import { written } from "../time";
import { decode } from "./decode";
import { created, noContent, ok, refuse, refuseMistake, type Reply } from "./reply";
import { endAll } from "./reviews";
import type { Call, Route } from "./route";
import { isPlain } from "./values";

const audit = (action: "create" | "update" | "delete"): Pick<Route, "audit"> => ({
  audit: { resource: "users", action },
});

/** The routes of people, and the one that makes a person's token. */
export const userRoutes: readonly Route[] = [
  { method: "GET", path: "/users", who: "caller", run: listUsers },
  { method: "POST", path: "/users", who: "admin", run: postUser, ...audit("create") },
  { method: "GET", path: "/users/:email", who: "caller", run: getUser },
  { method: "PUT", path: "/users/:email", who: "admin", run: putUser, ...audit("update") },
  { method: "DELETE", path: "/users/:email", who: "admin", run: deleteUser, ...audit("delete") },
  { method: "POST", path: "/users/:email/token", who: "admin", run: postToken, ...audit("create") },
];

const shape = {
  go: "User",
  fields: {
    email: { kind: "string", go: "Email", required: true },
    name: { kind: "string", go: "Name" },
    password: { kind: "string", go: "Password" },
    status: { kind: "string", go: "Status" },
    groups: { kind: "strings", go: "Groups" },
  },
} as const;

function listUsers({ gateway }: Call): Reply {
  return ok([...gateway.store.view.table("users").all()].reverse().map(showUser));
}

function getUser({ gateway, param }: Call): Reply {
  return ok(showUser(findUser(gateway, param("email"))));
}

async function postUser({ gateway, body }: Call): Promise<Reply> {
  const fields = decode(shape, body);
  const email = fields.email ?? "";
  if (!isEmail(email)) refuse(422, "invalid email");
  const password = fields.password ?? "";
  const hash = password === "" ? null : await hashPassword(gateway.random, password);
  const users = gateway.store.view.table("users");
  if (users.get(email) !== undefined) refuse(409, `user already exists with email ${email}`);
  const groups = checkGroups(fields.groups ?? []);
  const row: UserRow = {
    id: newId(gateway.random),
    email,
    name: checkText(fields.name ?? ""),
    status: "active",
    groups: [...new Set(groups)],
    password: hash,
  };
  gateway.store.commit([{ table: "users", put: row }]);
  if (!gateway.behaviour.newUserAnswerIsOdd) return created(showUser(row));
  const odd = { ...showUser(row), id: newId(gateway.random), role: "", groups: fields.groups ?? null };
  return created(password === "" ? odd : { ...odd, password });
}

function putUser({ gateway, caller, param, body }: Call): Reply {
  const row = findUser(gateway, param("email"));
  const fields = decode(shape, body);
  const { behaviour } = gateway;
  const groups = fields.groups ?? (behaviour.putWipes ? null : row.groups);
  const status = fields.status ?? (behaviour.putWipes ? undefined : row.status);
  const isRepeating = groups !== null && new Set(groups).size < groups.length;
  const bad = !isStanding(status) || (isRepeating && behaviour.mistakesAreServerErrors);
  if (bad || !isStanding(status)) refuseMistake(behaviour, 422, "failed updating user and user groups");
  const isSelf = caller.kind === "person" && caller.email === row.email;
  const kept = isSelf && row.groups.includes("admin") ? ["admin"] : [];
  const next: UserRow = {
    ...row,
    name: fields.name ?? (behaviour.putWipes ? "" : row.name),
    status,
    groups: [...new Set([...kept, ...checkGroups(groups ?? [])])],
  };
  gateway.store.commit([{ table: "users", put: next }]);
  const isNull = groups === null && kept.length === 0;
  return ok(isNull ? { ...showUser(next), groups: null } : showUser(next));
}

function deleteUser({ gateway, caller, param }: Call): Reply {
  const row = findUser(gateway, param("email"));
  if (caller.kind === "person" && caller.email === row.email) refuse(422, "cannot delete yourself");
  const drop: Change = { table: "users", drop: row.email };
  const { view } = gateway.store;
  const endings = gateway.behaviour.grantsOutliveTheirUser ? [] : endAll(gateway, view.reviewsOfUser(row.email));
  gateway.store.commit([...endings, drop]);
  return noContent;
}

/** Not in hoop: a person's token, made by an admin, so that a demo needs no passwords. */
function postToken({ gateway, param }: Call): Reply {
  const row = findUser(gateway, param("email"));
  if (row.status !== "active") refuse(422, `user ${row.email} is not active`);
  const of = { subject: row.email, account: row.id };
  const { token, expiresMs } = mintToken(gateway.signingKey, of, gateway.time.nowMs());
  return created({ token, expires_at: written(expiresMs * 1000, "milliseconds") });
}

function findUser(gateway: Gateway, email: string): UserRow {
  return gateway.store.view.table("users").get(email) ?? refuse(404, `user ${email} not found`);
}

function showUser(row: UserRow): Record<string, unknown> {
  return {
    id: row.email,
    name: row.name,
    email: row.email,
    status: row.status,
    verified: true,
    role: roleOf(row.groups),
    slack_id: "",
    picture: "",
    groups: row.groups,
  };
}

function isEmail(text: string): boolean {
  return isPlain(text) && /^[^\s@<>"',;:]+@[^\s@<>"',;:]+\.[^\s@<>"',;:.]+$/.test(text);
}

function isStanding(text: string | null | undefined): text is Standing {
  return text === "active" || text === "inactive";
}

function checkText(text: string): string {
  return isPlain(text) ? text : refuse(422, "name: too long or with control characters");
}

function checkGroups(groups: readonly string[]): readonly string[] {
  if (groups.every((group) => group !== "" && isPlain(group, 180))) return groups;
  return refuse(422, "groups: a name is empty, too long or has control characters");
}
