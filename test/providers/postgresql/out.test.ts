import { postgresqlGateway } from "../../contract/postgresql-gateway";
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
  });
}
