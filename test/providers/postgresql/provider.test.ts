import { postgresqlGateway } from "../../contract/postgresql-gateway";
import { providerContract } from "../../contract/provider";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests, postgresOrigins } from "../../support/postgres";

jest.setTimeout(60_000);

for (const from of postgresOrigins()) {
  describeWith(postgres, `PostgreSQL as the ${from} brings it`, () => {
    const server = postgresForTests({ from });
    providerContract(`direct leases (${from})`, () => postgresqlGateway(server()), { holdsLeasesOnly: true });
  });
}
