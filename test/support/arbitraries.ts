import * as fc from "fast-check";
import { emailPattern, identifierPattern } from "../../lib/model/names";
import { hasHiddenCharacter } from "../../lib/model/characters";
import { instantOf } from "../../lib/model/instant";
import { canonicalReason, type AccessRequest } from "../../lib/model/request";

/** Names by the grammar, among them those that YAML or JavaScript take for something else. */
export const identifier: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(new RegExp(identifierPattern)),
  fc.constantFrom(
    "true",
    "null",
    "no",
    "1",
    "1e3",
    "0x1f",
    "0o7",
    "constructor",
    "hasownproperty",
    "then",
    "2026-11-25",
  ),
);

const localPart = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,20}[A-Za-z0-9]$/);

/** E-mail addresses by the grammar. */
export const email: fc.Arbitrary<string> = fc
  .tuple(localPart, fc.stringMatching(/^[a-z0-9]{1,10}(\.[a-z0-9]{1,10}){1,3}$/))
  .map(([local, domain]) => `${local}@${domain}`)
  .filter((one) => new RegExp(emailPattern).test(one));

/** An e-mail, `group:…` or `service:…`. */
export const principal: fc.Arbitrary<string> = fc.oneof(
  email,
  identifier.map((name) => `group:${name}`),
  identifier.map((name) => `service:${name}`),
);

/** `<resource>/<level>` */
export const connection: fc.Arbitrary<string> = fc.tuple(identifier, identifier).map(([a, b]) => `${a}/${b}`);

/** Reasons in their canonical form, of all kinds of characters. */
export const reason: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ maxLength: 100 }),
    fc.string({ unit: "binary", maxLength: 100 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
  )
  .map((text) => canonicalReason(text))
  .filter((text) => text !== "" && !hasHiddenCharacter(text));

/** A sorted list without repeats. */
export function sortedSet(item: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(item, { minLength: 1, maxLength }).map((items) => items.toSorted());
}

const seconds = fc.integer({ min: 0, max: 250_000_000_000 });

/** Requests in their canonical form. */
export const accessRequest: fc.Arbitrary<AccessRequest> = fc
  .record(
    {
      name: identifier,
      for: sortedSet(principal, 5),
      access: sortedSet(connection, 5),
      durationSeconds: fc.integer({ min: 1, max: 90 * 86_400 }),
      startBefore: seconds.map((at) => instantOf((at + 1) * 1_000)),
      reason,
      ticket: fc.stringMatching(/^[!-~]{1,100}$/),
      rule: identifier,
      extends: identifier,
    },
    { requiredKeys: ["name", "for", "access", "startBefore", "reason"] },
  )
  .chain((request) =>
    fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined }).map((before): AccessRequest => {
      const at = Date.parse(request.startBefore) - (before ?? 0);
      return before === undefined || at < 0 ? request : { ...request, startAfter: instantOf(at) };
    }),
  );
