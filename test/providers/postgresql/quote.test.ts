import * as fc from "fast-check";
import { doBlock, quotedName, quotedText } from "../../../providers/postgresql/quote";
import { sayBar } from "../../simulation/bars/bar";
import { hostileSqlName } from "../../support/hostile-sql";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests } from "../../support/postgres";

/** Set by `npm run test:leases`, which runs the whole number. */
const count = Number(process.env["LEASEHOLD_NAMES"] ?? 20_000);
const perQuery = 1_000;

describeWith(postgres, "quoted names and texts", () => {
  const server = postgresForTests();

  it(`are read by the server as what they are: ${count} hostile ones`, async () => {
    const seed = Number(process.env["LEASEHOLD_SEED"] ?? Date.now() % 2 ** 31);
    const sample = fc.sample(fc.tuple(hostileSqlName(), hostileSqlName()), { seed, numRuns: count / 2 });
    for (let at = 0; at < sample.length; at += perQuery) {
      const some = sample.slice(at, at + perQuery);
      const texts = some.map(([, text]) => `SELECT ${quotedText(text)}`).join(" UNION ALL ");
      const [read] = await server().query(`SELECT array_agg(t) AS texts FROM (${texts}) AS u(t)`);
      expect(read?.["texts"]).toEqual(some.map(([, text]) => text));
      const [named] = await server().query(`SELECT ${some.map(([name]) => `1 AS ${quotedName(name)}`).join(", ")}`);
      expect(new Set(Object.keys(named ?? {}))).toEqual(new Set(some.map(([name]) => name)));
    }
    const bar = `bar 11 (postgresql): ${sample.length * 2} hostile names and texts quoted and read by the server, seed ${seed}: 0 read as anything else`;
    sayBar({ bar, isReached: true });
  }, 600_000);

  it("stand in a block that nothing in them can close", async () => {
    const names = fc
      .sample(hostileSqlName(), 2_000)
      .concat("$do$", "$do$$do1$", "END\n$do$; DROP TABLE x; DO $do$ BEGIN");
    const blocks = names.map((name, n) =>
      doBlock(`BEGIN PERFORM set_config('test.n${n}', ${quotedText(name)}, false); END`),
    );
    const settings = names.map((_, n) => `current_setting('test.n${n}')`);
    const [read] = await server().query(`${blocks.join("\n")} SELECT ARRAY[${settings.join(", ")}] AS names`);
    expect(read?.["names"]).toEqual(names);
  }, 600_000);

  it("refuse what PostgreSQL cannot hold", () => {
    expect(() => quotedName("a\0b")).toThrow(RangeError);
    expect(() => quotedText("\0")).toThrow(RangeError);
  });
});
