/** Where a connection leads: `envvar:HOST` and `envvar:PORT` of its secret are addresses, not secrets. */
import type { ConnectionRow } from "../store/rows";
import type { ResourceAddress } from "./stream";

const hostName = /^[A-Za-z0-9_.:-]{1,253}$/;
const portNumber = /^[0-9]{1,5}$/;

/** The address of a connection's resource; undefined when it has none that makes sense. */
export function addressOf(connection: ConnectionRow): ResourceAddress | undefined {
  const host = textOf(connection.secret["envvar:HOST"]);
  const port = Number(textOf(connection.secret["envvar:PORT"]));
  if (host === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  return { host, port };
}

/** Whether a secret's key and base64 value are (part of) an address, and may be stored in the clear. */
export function isAddress(key: string, value: string): boolean {
  const text = textOf(value) ?? "";
  return (key === "envvar:HOST" && hostName.test(text)) || (key === "envvar:PORT" && portNumber.test(text));
}

function textOf(base64: string | undefined): string | undefined {
  return base64 === undefined ? undefined : Buffer.from(base64, "base64").toString("utf8");
}
