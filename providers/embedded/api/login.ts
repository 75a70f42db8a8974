/** `/localauth`: a person's token for e-mail and password. */
import { isPassword } from "../identity/password";
import { mintToken } from "../identity/token";
import { decode } from "./decode";
import { refuse, type Reply } from "./reply";
import type { Call, Route } from "./route";

/** The routes of local authentication. The first user is made with the admin key, so nobody can register. */
export const loginRoutes: readonly Route[] = [
  { method: "POST", path: "/localauth/login", who: "anyone", run: login },
  { method: "POST", path: "/localauth/register", who: "anyone", run: register },
];

const shape = {
  go: "LocalUserRequest",
  fields: { email: { kind: "string", go: "Email", required: true }, password: { kind: "string", go: "Password" } },
} as const;

async function login({ gateway, body }: Call): Promise<Reply> {
  const { email, password } = decode(shape, body);
  const user = gateway.store.view.table("users").get(email ?? "") ?? refuse(404, "user not found");
  const isRight = user.password !== null && (await isPassword(user.password, password ?? ""));
  if (!isRight) refuse(401, "invalid credentials");
  if (user.status !== "active" && !gateway.behaviour.inactiveCanLogIn) refuse(401, "invalid credentials");
  const { token } = mintToken(gateway.signingKey, { subject: user.email, account: user.id }, gateway.time.nowMs());
  return {
    status: 200,
    json: { status: "ok" },
    headers: { "access-control-expose-headers": "Token", token },
  };
}

function register(): Reply {
  return refuse(403, "unable to register new users, please contact your administrator");
}
