import { alice, applyOne, bob, end, hold, read } from "../../contract/fixtures";
import { postgresqlGateway } from "../../contract/postgresql-gateway";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests, postgresOrigins } from "../../support/postgres";

for (const from of postgresOrigins()) {
  describeWith(postgres, `transactions that a holder has prepared for a commit in two phases (${from})`, () => {
    const server = postgresForTests({ from, settings: { max_prepared_transactions: "5" } });

    it("outlive the lease, are told until a superuser has undone them, and nobody else commits them", async () => {
      const under = await postgresqlGateway(server());
      const provider = under.provider();
      await under.query(`GRANT INSERT ON orders TO PUBLIC`);
      const { kind } = await applyOne(under, provider, hold(under));
      expect(kind).toBe("held");
      const holder = await under.logIn(alice, read);
      await holder?.query("BEGIN");
      await holder?.query("INSERT INTO orders VALUES (2, 'x')");
      await holder?.query("PREPARE TRANSACTION 'left ''behind'");
      // While the lease stands they are the holder's own business.
      expect((await provider.observe()).weaknesses).toEqual([]);
      expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended", wasThere: true });
      const state = await provider.observe();
      expect(state.leases).toEqual([]);
      expect(state.weaknesses).toEqual([
        expect.stringMatching(
          /^Lease role lh_[0-9a-f]{40} \(alice@example\.com on lhtest-orders-read\) has ended and left 1 prepared transaction/,
        ),
      ]);
      expect(await under.query("SELECT id FROM orders WHERE id = 2")).toEqual([]);
      await applyOne(under, provider, hold(under, { person: bob }));
      const other = await under.logIn(bob, read);
      await expect(other?.query("COMMIT PREPARED 'left ''behind'")).rejects.toMatchObject({ code: "42501" });
      await other?.end();

      // The role is kept meanwhile: without it nobody could tell whose they are.
      await under.query(`UPDATE leasehold.spent SET until = now() - interval '1 s';
        UPDATE leasehold.lease SET ended_at = now() - interval '1 day' WHERE ended_at IS NOT NULL`);
      await applyOne(under, provider, end("nobody@example.com"));
      expect((await provider.observe()).weaknesses).toHaveLength(1);
      const query =
        /SELECT gid, database .* WHERE owner = 'lh_[0-9a-f]{40}'/.exec(state.weaknesses?.[0] ?? "")?.[0] ?? "";
      expect(await under.query(query)).toEqual([{ gid: "left 'behind", database: under.database }]);
      await under.query("ROLLBACK PREPARED 'left ''behind'");
      expect((await provider.observe()).weaknesses).toEqual([]);
      await applyOne(under, provider, end("nobody@example.com"));
      expect(await under.query("SELECT FROM leasehold.lease WHERE person = $1", [alice])).toEqual([]);
      await provider.close();
    });
  });
}
