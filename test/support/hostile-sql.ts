import * as fc from "fast-check";

/** Names of up to 63 bytes, as PostgreSQL's may have, out of what matters to a reader of SQL; none empty. */
export function hostileSqlName(): fc.Arbitrary<string> {
  const pieces = fc.array(fc.oneof(fc.constantFrom(...meaningful), fc.string({ unit: "binary", maxLength: 4 })), {
    minLength: 1,
    maxLength: 12,
  });
  const quotesAlone = fc.constantFrom('"', "'", "\\", "$").map((one) => one.repeat(63));
  return fc
    .oneof({ weight: 30, arbitrary: pieces.map((some) => some.join("")) }, { weight: 1, arbitrary: quotesAlone })
    .filter((text) => text !== "" && !text.includes("\0") && Buffer.byteLength(text) <= 63);
}

const meaningful = [
  '"',
  "'",
  "\\",
  ";",
  "--",
  "/*",
  "*/",
  "$$",
  "$do$",
  "$do1$",
  "$fn$",
  "$q$",
  "%I",
  "%L",
  "%s",
  "%",
  "%%",
  "%1$s",

  "\n",
  "\r",
  "\t",
  "\u2028",
  "x",
  "é",
  "😀",
  " ",
  "''",
  '""',
  "E'",
  "U&'",
  'U&"',
  "\\'",
  "{",
  "}",
  ",",
  "NULL",
  "(",
  ")",

  "DROP ROLE postgres",
  "ALTER ROLE leasehold_reconciler SUPERUSER",
  "\\! reboot",
  ":name",
  ":'name'",
  "COMMIT",
  "END",
  "lh_",
  "pg_",
  "public",
  "leasehold_owner",
  "CURRENT_USER",
  "END\n$do$;",
];
