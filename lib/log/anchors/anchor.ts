import { sign, verify } from "node:crypto";
import { failure, type LeaseholdError } from "../../errors";
import type { Anchor } from "../../model/anchor";
import { canonicalJson } from "../../model/canonical";
import { isDigest, isInstant, isObject } from "../shape";
import type { AnchorKey, AnchorSigner } from "./keys";

/** What anchors are held against before anything is believed of them. */
export interface AnchorTrust {
  /** Anchors of any other are refused; undefined: the caller looks at it. */
  readonly installation?: string;
  /** Keys that anchors must be signed with. None: signatures are not looked at, and unsigned anchors are taken. */
  readonly keys: readonly AnchorKey[];
}

/** Signs an anchor; without a signer it stays unsigned. */
export function sealAnchor(anchor: Anchor, signer: AnchorSigner | undefined): Anchor {
  if (signer === undefined) return anchor;
  const signed: Anchor = { ...anchor, key: signer.id };
  return { ...signed, signature: sign(null, signedBytes(signed), signer.privateKey).toString("base64") };
}

/** The line of an anchor, without its line break: its canonical JSON. */
export function anchorLine(anchor: Anchor): string {
  return canonicalJson(anchor);
}

/** Reads an anchor and checks it; `where` names the file and line. Throws E610 for one that is not to be trusted. */
export function readAnchor(line: string, trust: AnchorTrust, where: string): Anchor {
  const anchor = tryParseAnchor(line);
  if (anchor === undefined) throw distrusted(`${where}: it is no anchor that this version can read`);
  if (trust.installation !== undefined && anchor.installation !== trust.installation) {
    throw distrusted(
      `${where}: it is of installation \`${anchor.installation.slice(0, 64)}\`, expected \`${trust.installation}\``,
    );
  }
  const flaw = trust.keys.length === 0 ? undefined : signatureFlaw(anchor, trust.keys);
  if (flaw !== undefined) throw distrusted(`${where}: ${flaw}`);
  return anchor;
}

/** The error for an anchor that is not to be trusted. */
export function distrusted(detail: string, cause?: unknown): LeaseholdError {
  return failure("E610", {
    detail,
    fix: "find out who changed it, then put back a copy; is the key or the installation new, move the file away: the next pass begins another",
    cause,
  });
}

/** So that no signature made for anything else is ever one of an anchor. */
const domain = "leasehold anchor.v1\n";

function signedBytes({ signature: _left, ...statement }: Anchor): Buffer {
  return Buffer.from(domain + canonicalJson(statement), "utf8");
}

function signatureFlaw(anchor: Anchor, keys: readonly AnchorKey[]): string | undefined {
  if (anchor.key === undefined || anchor.signature === undefined) return "it is not signed";
  const known = keys.find(({ id }) => id === anchor.key);
  if (known === undefined) return `it is signed with key ${anchor.key}, which is not known here`;
  const isGood = verify(null, signedBytes(anchor), known.key, Buffer.from(anchor.signature, "base64"));
  return isGood ? undefined : `its signature is not that of key ${anchor.key}`;
}

function tryParseAnchor(line: string): Anchor | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(value) || Object.keys(value).some((key) => !Object.hasOwn(fields, key))) return undefined;
  const isWhole = Object.entries(fields).every(([name, check]) => check(value[name]));
  if (!isWhole || (value["key"] === undefined) !== (value["signature"] === undefined)) return undefined;
  const anchor = value as unknown as Anchor;
  return anchorLine(anchor) === line ? anchor : undefined;
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;
const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    value === undefined || (typeof value === "string" && pattern.test(value));

/** Every field of an anchor. One that is not here could not be signed knowingly, and is refused. */
const fields: Readonly<Record<keyof Anchor, (value: unknown) => boolean>> = {
  format: (value) => value === 1,
  installation: (value) => typeof value === "string" && value.length > 0 && value.length <= 200,
  sequence: isCount,
  epoch: isCount,
  hash: isDigest,
  time: isInstant,
  replaces: (value) => value === undefined || isRange(value),
  key: matches(/^[0-9a-f]{16}$/),
  // The last character carries two bits of the 64 bytes; the others are zero, so that there is one way to write each.
  signature: matches(/^[A-Za-z0-9+/]{85}[AQgw]==$/),
};

function isRange(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).length !== 2) return false;
  const { first, last } = value;
  return isCount(first) && isCount(last) && (first as number) <= (last as number);
}
