import type { LeaseLogin } from "../workspace/lease-secret";

/**
 * The URL to log in with, as psql (libpq) and `pg` both read it: a socket's directory stands among the parameters, and before them
 * the port of it. `further` are parameters besides.
 */
export function loginUrl(login: LeaseLogin, further: Readonly<Record<string, string>> = {}): string {
  const { host, port, database, user, password, sslmode } = login;
  const isSocket = host.startsWith("/");
  const parameters = { ...(isSocket ? { host } : {}), ...(sslmode === undefined ? {} : { sslmode }), ...further };
  // libpq knows no other way of writing a space.
  const query = new URLSearchParams(parameters).toString().replaceAll("+", "%20");
  const server = isSocket ? "localhost" : host.includes(":") ? `[${host}]` : host;
  const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgres://${who}@${server}:${port}/${encodeURIComponent(database)}${query === "" ? "" : `?${query}`}`;
}
