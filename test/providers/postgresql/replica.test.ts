import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alice, applyOne, bob, end, hold, read } from "../../contract/fixtures";
import { postgresqlGateway } from "../../contract/postgresql-gateway";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests, postgresOrigins } from "../../support/postgres";

for (const from of postgresOrigins()) {
  describeWith(postgres, `a read replica in place of the primary (${from})`, () => {
    const server = postgresForTests({ from });

    it("is named as what it is, gives nothing, calls nothing ended, and the primary goes on where it was", async () => {
      const under = await postgresqlGateway(server());
      const provider = under.provider();
      await applyOne(under, provider, hold(under));
      await provider.close();
      const signal = join(server().directory, "cluster", "standby.signal");
      await server().stop("fast");
      // A server that finds this follows another one, and changes nothing of its own.
      writeFileSync(signal, "");
      await server().start();
      const [row] = await under.query("SELECT pg_is_in_recovery() AS follows");
      expect(row).toEqual({ follows: true });
      const replica = under.provider();
      for (const looking of [() => replica.describe(), () => replica.observe()]) {
        await expect(looking()).rejects.toMatchObject({
          code: "E510",
          diagnostics: [{ detail: expect.stringContaining("read replica"), fix: expect.stringContaining("primary") }],
        });
      }
      expect(await applyOne(under, replica, hold(under, { person: bob }))).toMatchObject({
        kind: "refused",
        because: "passing",
      });
      expect(await applyOne(under, replica, end())).toMatchObject({
        kind: "refused",
        because: "passing",
        why: expect.stringContaining("read replica"),
      });
      await replica.close();
      await server().stop("fast");
      rmSync(signal);
      await server().start();
      expect(await under.isLetIn(alice, read)).toBe(true);
      const primary = under.provider();
      expect((await primary.observe()).leases).toMatchObject([{ person: alice, status: "live" }]);
      expect(await applyOne(under, primary, end())).toMatchObject({ kind: "ended", wasThere: true });
      await primary.close();
    });
  });
}
