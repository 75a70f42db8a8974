import { Client } from "pg";
import { alice, applyOne, end, hold, read } from "../../contract/fixtures";
import { postgresqlGateway, type PostgresqlUnderTest } from "../../contract/postgresql-gateway";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests, postgresOrigins } from "../../support/postgres";
import { habits, runTrials } from "./trials";

/** Set by `npm run test:leases`, which runs the whole number. */
const count = Number(process.env["LEASEHOLD_TRIALS"] ?? 28);

jest.setTimeout(1_200_000);

for (const from of postgresOrigins()) {
  describeWith(postgres, `leases that end while their holders are in (${from})`, () => {
    const server = postgresForTests({ from });

    test(`after ${count} endings no session of ${habits.length} kinds works, nor a login`, async () => {
      const under = await postgresqlGateway(server());
      const trials = await runTrials(under, server(), count);
      process.stderr.write(`${from}: ${JSON.stringify(trials)}\n`);
      expect(trials).toMatchObject({ statementsAfter: [], loginsAfter: [], notEnded: [] });
    });

    /** A login that gives its password only when told: the server has looked at VALID UNTIL before it asks for one. */
    const slowLogin = async (under: PostgresqlUnderTest) => {
      const secret = await under.secretOf(alice, read);
      let give: () => void = () => undefined;
      let isAsked: () => void = () => undefined;
      const told = new Promise<void>((resolve) => (give = resolve));
      const asked = new Promise<void>((resolve) => (isAsked = resolve));
      const client = new Client({
        host: server().host,
        port: server().port,
        database: under.database,
        user: secret?.user ?? "",
        password: async () => {
          isAsked();
          await told;
          return secret?.password ?? "";
        },
      });
      client.on("error", () => undefined);
      const connected = client.connect().then(
        () => true,
        () => false,
      );
      await asked;
      return { client, give, connected };
    };

    test("a login that was begun before an ending is refused when it comes to its end", async () => {
      const under = await postgresqlGateway(server());
      const provider = under.provider();
      await applyOne(under, provider, hold(under));
      const login = await slowLogin(under);
      expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended" });
      login.give();
      expect(await login.connected).toBe(false);
      await provider.close();
    });

    test("a login that was begun before VALID UNTIL gets in after it while nothing of ours runs, as docs/postgresql.md says", async () => {
      const under = await postgresqlGateway(server());
      const provider = under.provider();
      await applyOne(under, provider, hold(under, { seconds: 3 }));
      const login = await slowLogin(under);
      for (let again = await under.logIn(alice, read); again !== undefined; again = await under.logIn(alice, read)) {
        await again.end();
        await under.clock.sleep(100);
      }
      login.give();
      expect(await login.connected).toBe(true);
      expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended", sessionsCut: 1 });
      await provider.close();
    });
  });
}
