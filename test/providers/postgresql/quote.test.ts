import * as fc from "fast-check";
import { quotedName, quotedText } from "../../../providers/postgresql/quote";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests } from "../../support/postgres";

const perQuery = 1_000;
const queries = 50;

describeWith(postgres, "quoted names and texts", () => {
  const server = postgresForTests();

  it(`are read by the server as what they are: ${perQuery * queries * 2} hostile ones`, async () => {
    const sample = fc.sample(fc.tuple(hostile(), hostile()), { numRuns: perQuery * queries });
    for (let at = 0; at < sample.length; at += perQuery) {
      const some = sample.slice(at, at + perQuery);
      const sql = some.map(([name, text]) => `SELECT ${quotedText(text)} AS ${quotedName(name)}`);
      const [first] = some[0] ?? [""];
      const rows = await server().query(
        `SELECT array_agg(t) AS all_of_them FROM (${sql.join(" UNION ALL ")}) AS u(t); `.replace(/; $/, ""),
      );
      expect(rows[0]?.["all_of_them"]).toEqual(some.map(([, text]) => text));
      const named = await server().query(`SELECT 1 AS ${quotedName(first)}`);
      expect(Object.keys(named[0] ?? {})).toEqual([first]);
    }
  }, 120_000);

  it("refuse what PostgreSQL cannot hold", () => {
    expect(() => quotedName("a\0b")).toThrow(RangeError);
    expect(() => quotedText("\0")).toThrow(RangeError);
  });
});

/** Up to 63 bytes, as names may have, out of what matters to a reader of SQL. */
function hostile(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    '"',
    "'",
    "\\",
    ";",
    "--",
    "/*",
    "*/",
    "$$",
    "$fn$",
    "%I",
    "%L",
    "%",
    "\n",
    "\t",
    "x",
    "é",
    "😀",
    " ",
    "''",
    '""',
    "E'",
    "U&'",
    "\\'",
    "DROP ROLE postgres",
    "{",
    "}",
    ",",
    "NULL",
  );
  return fc
    .array(piece, { minLength: 1, maxLength: 12 })
    .map((pieces) => pieces.join(""))
    .filter((text) => Buffer.byteLength(text) <= 63);
}
