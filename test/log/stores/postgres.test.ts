import { logStoreContract } from "../../contract/log-store";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests } from "../../support/postgres";
import { postgresPlaces } from "../../support/postgres-log";

describeWith(postgres, "a Log in PostgreSQL", () => {
  const server = postgresForTests();
  const { place, close } = postgresPlaces(server);
  afterEach(close);

  logStoreContract("postgres", { fencing: "lock", schedules: 25, crowd: { readers: 8, appends: 60 }, place });
});
