import { digestOf, type Digest } from "./canonical";
import type { Instant } from "./instant";
import type { ConnectionId, PrincipalRef } from "./names";

/**
 * What somebody asks for: the canonical value of a request file or construct. Lists are sorted and
 * without repeats; two files that mean the same have equal values.
 */
export interface AccessRequest {
  readonly name: string;
  readonly for: readonly PrincipalRef[];
  readonly access: readonly ConnectionId[];
  /** Counts from activation. Left out: the rule's default. */
  readonly durationSeconds?: number;
  /** The latest activation. */
  readonly startBefore: Instant;
  /** The earliest activation. */
  readonly startAfter?: Instant;
  readonly reason: string;
  readonly ticket?: string;
  /** The rule to ask under, where several match. */
  readonly rule?: string;
  /** The name of the request that this one extends; see `leasehold request --extend`. */
  readonly extends?: string;
}

/** The digest of a request's canonical value; computed once, since a request never changes. */
export function requestDigest(request: AccessRequest): Digest {
  const known = digests.get(request);
  if (known !== undefined) return known;
  const digest = digestOf(request);
  digests.set(request, digest);
  return digest;
}

const digests = new WeakMap<AccessRequest, Digest>();

/** A reason with each run of white space, also line breaks, as one space, and none at its ends. */
export function canonicalReason(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** All merged requests in ascending order of name: what is stored beside the Log by its digest. */
export interface RequestSet {
  readonly requests: readonly AccessRequest[];
}
