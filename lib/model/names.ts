/** The grammar of every name that Leasehold accepts; ASCII only, so that no two names look alike. */

/** Names of requests, rules, stacks, resources, levels, groups, gateways: lower case, digits, `.`, `_`, `-`; 1 to 63 characters. */
export const identifierPattern = "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$";

/** E-mail addresses as gateways know users: case is kept and counts. */
export const emailPattern =
  "^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$";

/** Names of Connections at the gateway (hoop allows letters, digits, `_.-`, 3 to 254). */
export const gatewayNamePattern = "^[A-Za-z0-9_.-]{3,254}$";

/** Logins on GitHub; those of Enterprise Managed Users have an underscore. */
export const githubLoginPattern = "^[A-Za-z0-9](?:[-_]?[A-Za-z0-9]){0,38}$";

/** Public keys that a secret can be sealed to: of age (bech32), and of SSH without their comment, which is nobody's identity. */
export const publicKeyPattern =
  "^(?:age1[02-9ac-hj-np-z]{8,100}|(?:ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{16,1400}={0,2})$";

/** Names of label keys and values. */
export const labelPattern = "^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$";

const identifier = new RegExp(identifierPattern);
const email = new RegExp(emailPattern);

/** Whether a text is an identifier; see `identifierPattern`. */
export function isIdentifier(text: string): boolean {
  return identifier.test(text);
}

/** Whether a text is an e-mail address; see `emailPattern`. */
export function isEmail(text: string): boolean {
  return email.test(text);
}

/** `<resource>/<level>`: the identity of a Connection. */
export type ConnectionId = string;

/** A person: a User's e-mail, or `service:<name>` for a ServiceAccount. */
export type PersonId = string;

/** A Principal as requests and rules name it: an e-mail, `group:<name>` or `service:<name>`. */
export type PrincipalRef = string;

/** Makes a Connection's id. */
export function connectionId(resource: string, level: string): ConnectionId {
  return `${resource}/${level}`;
}

/** Splits a Connection's id; undefined unless both parts are identifiers. */
export function tryParseConnectionId(text: string): { readonly resource: string; readonly level: string } | undefined {
  const [resource = "", level = "", ...rest] = text.split("/");
  return rest.length === 0 && isIdentifier(resource) && isIdentifier(level) ? { resource, level } : undefined;
}

/** What a `PrincipalRef` names. */
export type ParsedPrincipal =
  | { readonly kind: "user"; readonly email: string }
  | { readonly kind: "group"; readonly name: string }
  | { readonly kind: "service"; readonly name: string };

/** Reads a `PrincipalRef`; undefined when it is none. */
export function tryParsePrincipal(text: string): ParsedPrincipal | undefined {
  const colon = text.indexOf(":");
  if (colon < 0) return isEmail(text) ? { kind: "user", email: text } : undefined;
  const kind = text.slice(0, colon);
  const name = text.slice(colon + 1);
  if ((kind !== "group" && kind !== "service") || !isIdentifier(name)) return undefined;
  return { kind, name };
}
