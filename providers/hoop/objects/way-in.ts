/**
 * A Connection's address, settings and secrets as hoop stores them: all of it is `secret`, keyed by
 * environment variables, base64. Which is which, and under what name, is kept in the tag
 * `leasehold-names`; where the gateway stores no values, plain settings ride in `leasehold-settings`.
 */
import { canonicalJson } from "../../../lib/model/canonical";
import type { ConnectionObject } from "../../../lib/model/gateway-object";
import type { ResourceKind } from "../../../lib/model/resource";
import { tagsOf, textOfTags } from "./pieces";

/** The part of a Connection that says where it leads and as whom. */
export type WayIn = Pick<ConnectionObject, "host" | "port" | "settings" | "secrets">;

/** Names in tags, and everything that a write puts into `secret` except the values of secrets. */
export interface StoredWayIn {
  readonly tags: Readonly<Record<string, string>>;
  /** `envvar:KEY` to base64. */
  readonly plain: Readonly<Record<string, string>>;
  /** The name of each secret to its `envvar:KEY`. */
  readonly secretKeys: Readonly<Record<string, string>>;
}

/** What it is to be stored as; a text says why it cannot be. */
export function storeWayIn(way: WayIn, kind: ResourceKind, storesSecrets: boolean): StoredWayIn | string {
  const settings = Object.entries(way.settings).toSorted(byName);
  const secrets = Object.keys(way.secrets).toSorted();
  const names = [...settings.map(([name]) => name), ...secrets.map((name) => `@${name}`)];
  const bad = names.find((name) => !storable.test(name));
  if (bad !== undefined) return `\`${bad}\` cannot be the name of a setting there`;
  const clash = clashOf([...settings.map(([name]) => name), ...secrets]);
  if (clash !== undefined) return `two settings would both be ${clash} there`;
  const nameTags = tagsOf(namesTag, names.join(":"), 2);
  const settingTags = tagsOf(settingsTag, storesSecrets ? "" : taggedText(way), 5);
  if (nameTags === undefined || settingTags === undefined) return "its settings are too long for the gateway";
  const values = storesSecrets ? settings.map(([name, value]): [string, string] => [keyOf(name), base64(value)]) : [];
  return {
    tags: { ...nameTags, ...settingTags },
    plain: { ...addressOf(way, kind), ...Object.fromEntries(values) },
    secretKeys: Object.fromEntries(secrets.map((name) => [name, keyOf(name)])),
  };
}

/**
 * What is stored, in normal form. Whatever stands there besides is shown under its own key. Where
 * the gateway stores no values, the tags stand in for what a key that is not an admin's may not see.
 */
export function readWayIn(
  stored: { readonly secret: Readonly<Record<string, string>>; readonly tags: Readonly<Record<string, string>> },
  kind: ResourceKind,
  storesSecrets: boolean,
): WayIn {
  const { secret, tags } = stored;
  const names = textOfTags(namesTag, tags)
    .split(":")
    .filter((name) => name !== "");
  const secretNames = names.filter((name) => name.startsWith("@")).map((name) => name.slice(1));
  const tagged = storesSecrets ? undefined : readTagged(tags);
  const address = Object.keys(secret).length === 0 && tagged !== undefined ? tagged.address : storedAddress(secret);
  const known = new Set([
    ...Object.keys(addressOf(address, kind)),
    ...names.map((name) => keyOf(name.replace("@", ""))),
  ]);
  const extra = Object.keys(secret).filter((key) => !known.has(key));
  const there = secretNames.filter((name) => !storesSecrets || Object.hasOwn(secret, keyOf(name)));
  const settings = tagged?.settings ?? storedSettings(names, secret);
  return {
    ...address,
    settings: { ...settings, ...Object.fromEntries(extra.map((key) => [key, ""])) },
    secrets: Object.fromEntries(there.map((name) => [name, ""])),
  };
}

/** The stored values that `readWayIn` looks at; of everything else, secrets above all, only that it is there. */
export function withoutSecrets(stored: {
  readonly secret: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}): Readonly<Record<string, string>> {
  const names = textOfTags(namesTag, stored.tags).split(":");
  const plain = names.filter((name) => name !== "" && !name.startsWith("@")).map((name) => keyOf(name));
  const shown = new Set(["envvar:HOST", "envvar:PORT", ...plain]);
  return Object.fromEntries(Object.entries(stored.secret).map(([key, value]) => [key, shown.has(key) ? value : ""]));
}

/** A text as hoop stores it. */
export function base64(text: string): string {
  return encoded(text, "base64");
}

/** Tags of ours besides the installation: replaced with each write. */
export function isWayInTag(tag: string): boolean {
  return tag.startsWith(namesTag) || tag.startsWith(settingsTag);
}

const namesTag = "leasehold-names";
const settingsTag = "leasehold-settings";
/** A name as it may stand in a tag and be an environment variable. */
const storable = /^@?[A-Za-z_][A-Za-z0-9_.-]{0,62}$/;
/** hoop's own names of what every house calls otherwise. */
const specialKeys: ReadonlyMap<string, string> = new Map([
  ["password", "PASS"],
  ["database", "DB"],
]);

function keyOf(name: string): string {
  return `envvar:${specialKeys.get(name) ?? name.replaceAll(/[.-]/g, "_").toUpperCase()}`;
}

function clashOf(names: readonly string[]): string | undefined {
  const seen = new Set<string>(["envvar:HOST", "envvar:PORT"]);
  for (const name of names) {
    const key = keyOf(name);
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return undefined;
}

/** HOST and PORT for all kinds, and the URL that an HTTP proxy wants. */
function addressOf(way: Pick<WayIn, "host" | "port">, kind: ResourceKind): Record<string, string> {
  const { host, port } = way;
  if (host === undefined) return {};
  const scheme = kind === "kubernetes" ? "https" : "http";
  const url = `${scheme}://${host}${port === undefined ? "" : `:${port}`}`;
  return {
    "envvar:HOST": base64(host),
    ...(port === undefined ? {} : { "envvar:PORT": base64(String(port)) }),
    ...(kind === "http" || kind === "kubernetes" ? { "envvar:REMOTE_URL": base64(url) } : {}),
  };
}

function storedAddress(secret: Readonly<Record<string, string>>): Pick<WayIn, "host" | "port"> {
  return readAddress(textOf(secret["envvar:HOST"]), textOf(secret["envvar:PORT"]));
}

function readAddress(host: unknown, port: unknown): Pick<WayIn, "host" | "port"> {
  return {
    ...(typeof host === "string" ? { host } : {}),
    ...(typeof port === "string" && /^\d{1,5}$/.test(port) ? { port: Number(port) } : {}),
  };
}

function storedSettings(
  names: readonly string[],
  secret: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const plain = names.filter((name) => !name.startsWith("@"));
  return Object.fromEntries(
    plain.flatMap((name): [string, string][] => {
      const value = textOf(secret[keyOf(name)]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function taggedText(way: WayIn): string {
  const port = way.port === undefined ? {} : { port: String(way.port) };
  return encoded(canonicalJson({ host: way.host, ...port, settings: way.settings }), "base64url");
}

/** Tags that somebody edited read as nothing: the Connection then differs and is written again. */
function readTagged(tags: Readonly<Record<string, string>>): Pick<WayIn, "settings"> & {
  readonly address: Pick<WayIn, "host" | "port">;
} {
  const fields = tryReadObject(Buffer.from(textOfTags(settingsTag, tags), "base64url").toString("utf8"));
  const settings = Object.entries(tryObject(fields["settings"]));
  return {
    address: readAddress(fields["host"], fields["port"]),
    settings: Object.fromEntries(settings.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
  };
}

function tryReadObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return tryObject(JSON.parse(text) as unknown);
  } catch {
    return {};
  }
}

function tryObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function textOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : Buffer.from(value, "base64").toString("utf8");
}

function encoded(text: string, encoding: "base64" | "base64url"): string {
  return Buffer.from(text, "utf8").toString(encoding);
}

function byName(a: readonly [string, string], b: readonly [string, string]): number {
  return a[0] < b[0] ? -1 : 1;
}
