/** A server whose admin is no superuser, as managed services have it: what is printed is run by a role with CREATEROLE. */
import type { Client } from "pg";
import { systemClock } from "../../../lib/adapters/clock";
import { postgresSql } from "../../../lib/adapters/postgres";
import { systemRandom } from "../../../lib/adapters/random";
import { installSql, type InstallOptions } from "../../../providers/postgresql";
import { postgresqlProvider } from "../../../providers/postgresql/provider";
import { alice, end, hold, installationA, read, secretsOf } from "../../contract/fixtures";
import { quoted, tryLogIn } from "../../contract/postgresql-gateway";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests, postgresOrigins } from "../../support/postgres";

for (const from of postgresOrigins()) {
  describeWith(postgres, `an admin without superuser (${from})`, () => {
    const server = postgresForTests({ from });
    let admin: Client;
    let isBefore16: boolean;
    const level = "read of the managed";
    const install: InstallOptions = {
      installation: installationA,
      reconciler: "leasehold_reconciler",
      observer: "leasehold_observer",
      maxSeconds: 86_400,
      levels: [{ connection: read, role: level, database: "managed" }],
    };
    const tell = (sql: string) =>
      admin.query(sql).then(
        () => "done",
        (thrown: { message: string; hint?: string }) => `${thrown.message}\n${thrown.hint ?? ""}`,
      );

    beforeAll(async () => {
      await server().query("CREATE ROLE cloud_admin LOGIN CREATEROLE CREATEDB PASSWORD 'of-the-admin'");
      await server().query("CREATE ROLE other_admin NOLOGIN CREATEROLE");
      const login = { user: "cloud_admin", password: "of-the-admin" };
      const first = (await tryLogIn(server(), { ...login, database: "postgres" })) as Client;
      await first.query("CREATE DATABASE managed");
      await first.end();
      admin = (await tryLogIn(server(), { ...login, database: "managed" })) as Client;
      const [row] = await server().query("SELECT current_setting('server_version_num')::int < 160000 AS is_before");
      isBefore16 = row?.["is_before"] === true;
    });
    afterAll(() => admin.end());

    it("is told what it lacks, in words with the statement that gives it, and nothing is half installed", async () => {
      await server().query(`SET ROLE other_admin; CREATE ROLE ${quoted(level)} NOLOGIN`);
      const told: string[] = [];
      for (const lacks of [
        "GRANT pg_signal_backend TO cloud_admin WITH ADMIN OPTION",
        `GRANT ${quoted(level)} TO cloud_admin WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`,
      ]) {
        const answer = await tell(installSql(install));
        await admin.query("ROLLBACK");
        told.push(answer);
        if (answer === "done") break;
        expect(answer).toContain(lacks);
        expect(
          await server().query("SELECT FROM pg_namespace WHERE nspname = 'leasehold'", { database: "managed" }),
        ).toEqual([]);
        await server().query(lacks, { database: "managed" });
      }
      // Up to 15, CREATEROLE is enough for both.
      expect(told.map((one) => one.split("\n")[0])).toEqual(
        isBefore16
          ? ["done"]
          : [
              "cloud_admin may not give pg_signal_backend, without which no session can be cut when a lease ends",
              `cloud_admin may not give the role of level ${read}`,
            ],
      );
    });

    it("installs, twice, and what it installed gives leases, ends them and cuts their sessions", async () => {
      expect(await tell(installSql(install))).toBe("done");
      expect(await tell(installSql(install))).toBe("done");
      await admin.query("ALTER ROLE leasehold_reconciler PASSWORD 'of-the-reconciler'");
      const [left] = await server().query(
        "SELECT pg_has_role('cloud_admin', 'leasehold_owner', 'USAGE') AS is_member, rolsuper FROM pg_roles WHERE rolname = 'leasehold_owner'",
      );
      expect(left).toEqual({ is_member: false, rolsuper: false });
      const url = server().url({ database: "managed", user: "leasehold_reconciler", password: "of-the-reconciler" });
      const clock = systemClock();
      let secret = { user: "", password: "" };
      const provider = postgresqlProvider({
        gateway: "prod",
        installation: installationA,
        sql: postgresSql({ root: __dirname, environment: {}, url, named: "the test's URL" }),
        clock,
        random: systemRandom(),
        seal: async (_, text) => {
          secret = JSON.parse(text) as typeof secret;
          return "sealed";
        },
      });
      const under = { installation: installationA, clock } as Parameters<typeof hold>[0];
      const outcomeOf = async (effect: ReturnType<typeof hold> | ReturnType<typeof end>) => {
        for await (const outcome of provider.apply([effect], { secrets: secretsOf })) return outcome;
        return undefined;
      };
      expect(await outcomeOf({ ...hold(under), keys: ["any"] })).toMatchObject({ kind: "held" });
      const holder = (await tryLogIn(server(), { ...secret, database: "managed" })) as Client;
      const out = new Promise((resolve) => holder.once("end", resolve));
      expect((await provider.observe()).leases).toMatchObject([{ person: alice, status: "live" }]);
      // The server's own lines of pg_hba.conf are not shown to such an admin: that is said, and nothing else is wrong.
      expect((await provider.observe()).weaknesses).toEqual([expect.stringContaining("does not show its pg_hba.conf")]);
      expect(await outcomeOf(end())).toMatchObject({ kind: "ended", wasThere: true, sessionsCut: 1 });
      await out;
      expect(await tryLogIn(server(), { ...secret, database: "managed" })).toBeUndefined();
      await provider.close();
    });
  });
}
