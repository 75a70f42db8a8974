import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { postgresSql } from "../../../lib/adapters/postgres";
import { systemRandom } from "../../../lib/adapters/random";
import { epochMsOf, instantOf, plusSeconds } from "../../../lib/model/instant";
import type { Clock, Provider } from "../../../lib/ports";
import { installSql } from "../../../providers/postgresql";
import { postgresqlProvider } from "../../../providers/postgresql/provider";
import { alice, applyAll, applyOne, bob, end, hold, read, write } from "../../contract/fixtures";
import { postgresqlGateway, quoted, tryLogIn, type PostgresqlUnderTest } from "../../contract/postgresql-gateway";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests, postgresOrigins } from "../../support/postgres";

jest.setTimeout(120_000);

for (const from of postgresOrigins()) {
  describeWith(postgres, `a PostgreSQL database that is not as it should be (${from})`, () => {
    const server = postgresForTests({ from, settings: { log_statement: "all", log_min_duration_statement: "0" } });
    const opened: Provider[] = [];
    afterEach(async () => {
      for (const provider of opened.splice(0)) await provider.close();
    });
    const providerOf = (under: PostgresqlUnderTest): Provider => {
      const provider = under.provider();
      opened.push(provider);
      return provider;
    };
    const at = (under: PostgresqlUnderTest, over: { readonly url?: string; readonly clock?: Clock }): Provider => {
      const sql = postgresSql({
        root: __dirname,
        environment: {},
        url: over.url ?? under.url,
        named: "the test's URL",
      });
      const provider = postgresqlProvider({
        gateway: "prod",
        installation: under.installation,
        sql,
        clock: over.clock ?? under.clock,
        random: systemRandom(),
        seal: async (_, text) => text,
      });
      opened.push(provider);
      return provider;
    };
    const held = async (under: PostgresqlUnderTest, provider: Provider, over: Parameters<typeof hold>[1] = {}) => {
      const outcome = await applyOne(under, provider, hold(under, over));
      if (outcome.kind !== "held") throw new Error(JSON.stringify(outcome));
      return outcome.lease;
    };

    it("is told to be without our functions, with what to run", async () => {
      const under = await postgresqlGateway(server());
      await under.query("DROP SCHEMA leasehold CASCADE");
      const provider = providerOf(under);
      for (const looking of [() => provider.describe(), () => provider.observe(), () => provider.findSpent(["a"])]) {
        await expect(looking()).rejects.toMatchObject({ code: "E510" });
      }
      expect(await applyOne(under, provider, hold(under))).toMatchObject({
        kind: "refused",
        because: "passing",
        why: expect.stringContaining("not installed"),
      });
      expect(await applyOne(under, provider, end())).toMatchObject({ kind: "refused" });
    });

    it("is told to have older functions, and ends leases all the same", async () => {
      const under = await postgresqlGateway(server());
      const provider = providerOf(under);
      await held(under, provider);
      await under.query("UPDATE leasehold.setting SET version = 0");
      await expect(provider.observe()).rejects.toThrow(/version 0, this leasehold needs \d/);
      expect(await applyOne(under, provider, hold(under, { person: bob }))).toMatchObject({ kind: "refused" });
      expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended", wasThere: true });
      await under.query(installSql(under.install));
      await expect(provider.observe()).resolves.toMatchObject({ leases: [] });
    });

    it("is not touched with a superuser's login, nor with one of its functions' owner", async () => {
      const under = await postgresqlGateway(server());
      const asSuperuser = at(under, { url: server().url({ database: under.database }) });
      await expect(asSuperuser.observe()).rejects.toThrow(/logs in as postgres, a superuser/);
      expect(await applyOne(under, asSuperuser, hold(under))).toMatchObject({ kind: "refused" });
      await under.query("GRANT leasehold_owner TO leasehold_reconciler");
      await expect(providerOf(under).describe()).rejects.toThrow(/a member of the functions' owner/);
      await under.query("REVOKE leasehold_owner FROM leasehold_reconciler");
    });

    it("says that the login is refused, not that there are no leases", async () => {
      const under = await postgresqlGateway(server());
      const url = server().url({ database: under.database, user: "leasehold_reconciler", password: "wrong" });
      await expect(at(under, { url }).observe()).rejects.toMatchObject({ code: "E501" });
      const nowhere = server().url({
        database: "nowhere",
        user: "leasehold_reconciler",
        password: "of-the-reconciler",
      });
      await expect(at(under, { url: nowhere }).observe()).rejects.toMatchObject({ code: "E510" });
    });

    it.each([
      ["can log in itself", "LOGIN"],
      ["may make roles", "CREATEROLE"],
    ])("gives no level whose role %s, and says why", async (_, attribute) => {
      const under = await postgresqlGateway(server());
      const provider = providerOf(under);
      await under.query(`ALTER ROLE ${quoted(under.roles.read)} ${attribute}`);
      expect(await applyOne(under, provider, hold(under))).toMatchObject({ kind: "refused", because: "permanent" });
      const { objects } = await provider.observe();
      expect(objects.find((one) => one.value.name === read)?.flaw).toContain("its role");
      expect(objects.find((one) => one.value.kind === "gate")?.value).toMatchObject({ connections: [write] });
    });

    it("gives no level whose role comes with more than a level may have", async () => {
      const under = await postgresqlGateway(server());
      await under.query(`GRANT pg_execute_server_program TO ${quoted(under.roles.read)}`);
      const outcome = await applyOne(under, providerOf(under), hold(under));
      expect(outcome).toMatchObject({ kind: "refused", why: expect.stringContaining("pg_execute_server_program") });
    });

    it("gives no level whose role is gone, and ends what was given of it", async () => {
      const under = await postgresqlGateway(server());
      const provider = providerOf(under);
      await held(under, provider);
      await under.query(`DROP OWNED BY ${quoted(under.roles.read)}; DROP ROLE ${quoted(under.roles.read)}`);
      const state = await provider.observe();
      expect(state.objects.find((one) => one.value.name === read)?.flaw).toContain("is not there");
      expect(state.leases).toMatchObject([{ person: alice, status: "lapsed" }]);
      expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended", wasThere: true });
      expect((await provider.observe()).leases).toEqual([]);
    });

    it("gives no level of a database that is not there, nor of one that was renamed, and says so", async () => {
      const under = await postgresqlGateway(server());
      const [first, ...rest] = under.install.levels;
      await under.query(installSql({ ...under.install, levels: [{ ...first!, database: "no such" }, ...rest] }));
      const provider = providerOf(under);
      expect(await applyOne(under, provider, hold(under))).toMatchObject({
        because: "permanent",
        why: 'its database "no such" is not there',
      });
      const { objects } = await provider.observe();
      expect(objects.find((one) => one.value.name === read)?.flaw).toBe('its database "no such" is not there');
      expect(objects.find((one) => one.value.kind === "gate")?.value).toMatchObject({ connections: [write] });
    });

    it("says which lines of pg_hba.conf do not look at VALID UNTIL, and that it holds no entry then", async () => {
      const under = await postgresqlGateway(server());
      const provider = providerOf(under);
      expect(await provider.describe()).toMatchObject({
        holds: { entry: true, sessions: false, overrun: "unbounded" },
      });
      const path = join(server().directory, "cluster", "pg_hba.conf");
      const before = readFileSync(path, "utf8");
      appendFileSync(path, "host all /^lh_ 10.0.0.0/8 trust\nhost all postgres 10.0.0.0/8 trust\n");
      await under.query("SELECT pg_reload_conf()");
      expect(await provider.describe()).toMatchObject({ holds: { entry: false } });
      const { weaknesses } = await provider.observe();
      expect(weaknesses).toEqual([
        expect.stringMatching(/^Line \d+ of pg_hba.conf \(host, trust\) can let a lease role in/),
      ]);
      writeFileSync(path, before);
      await under.query("SELECT pg_reload_conf()");
      await under.query("REVOKE EXECUTE ON FUNCTION pg_hba_file_rules() FROM leasehold_owner");
      expect((await provider.observe()).weaknesses).toEqual([expect.stringContaining("does not show its pg_hba.conf")]);
    });

    it("ends a lease whose role owns something, says so, and drops the role when nothing needs it", async () => {
      const under = await postgresqlGateway(server());
      const provider = providerOf(under);
      await under.query(`GRANT CREATE ON SCHEMA public TO ${quoted(under.roles.read)}`);
      const { ref } = await held(under, provider, { startBefore: plusSeconds(under.clock.now(), 60) });
      const client = await under.logIn(alice, read);
      await client?.query("CREATE TABLE mine (id int)");
      await client?.end();
      expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended", wasThere: true });
      const roleIsThere = async () =>
        (await under.query("SELECT FROM pg_roles WHERE rolname = $1", [ref])).length === 1;
      const forget = `UPDATE leasehold.spent SET until = now() - interval '1 s';
        UPDATE leasehold.lease SET ended_at = now() - interval '1 day'`;
      await under.query(forget);
      await applyOne(under, provider, end(bob));
      expect(await roleIsThere()).toBe(true);
      expect((await provider.observe()).weaknesses).toEqual([expect.stringContaining("owns 1 object,")]);
      await under.query(`REASSIGN OWNED BY ${quoted(ref)} TO postgres`);
      await applyOne(under, provider, end(bob));
      expect(await roleIsThere()).toBe(false);
      expect(await under.query("SELECT FROM leasehold.spent")).toEqual([]);
    });

    it("remembers a spent grant past its latest start, whatever became of it", async () => {
      const under = await postgresqlGateway(server());
      const provider = providerOf(under);
      const startBefore = plusSeconds(under.clock.now(), 20 * 86_400);
      const effect = hold(under, { startBefore });
      await applyOne(under, provider, effect);
      await applyOne(under, provider, end());
      await under.query("UPDATE leasehold.lease SET ended_at = now() - interval '1 day'");
      await applyOne(under, provider, end(bob));
      const [row] = await under.query("SELECT until > $1::timestamptz AS is_past FROM leasehold.spent", [startBefore]);
      expect(row).toEqual({ is_past: true });
      expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "refused", because: "spent" });
    });

    it("comes to one lease and one ending with two reconcilers at once", async () => {
      const under = await postgresqlGateway(server());
      const [one, other] = [providerOf(under), providerOf(under)];
      for (let round = 0; round < 5; round += 1) {
        const effect = hold(under, { request: `both-${round}` });
        const outcomes = await Promise.all([one, other].map((each) => applyOne(under, each, { ...effect })));
        expect(outcomes.map((outcome) => outcome.kind)).toEqual(["held", "held"]);
        expect((await one.observe()).leases).toHaveLength(1);
        const endings = await Promise.all([one, other].map((each) => applyOne(under, each, end())));
        expect(endings.map((ending) => ending.kind)).toEqual(["ended", "ended"]);
        expect((await one.observe()).leases).toEqual([]);
      }
    });

    it("ends a lease when it was asked to, with a clock that is an hour off", async () => {
      const under = await postgresqlGateway(server());
      const late: Clock = { ...under.clock, now: () => instantOf(epochMsOf(under.clock.now()) + 3_600_000) };
      const provider = at(under, { clock: late });
      const { skewMs } = await provider.describe();
      expect(Math.round(skewMs / 60_000)).toBe(-60);
      const effect = { ...hold(under), end: plusSeconds(late.now(), 600) };
      await applyOne(under, provider, effect);
      const [row] = await under.query("SELECT extract(epoch FROM ends_at - now())::int AS left FROM leasehold.lease");
      expect(Number(row?.["left"])).toBeGreaterThan(570);
      expect(Number(row?.["left"])).toBeLessThan(601);
    });

    it("holds 3,000 leases on one level, shows them all, and ends some of them", async () => {
      const under = await postgresqlGateway(server());
      const provider = providerOf(under);
      // As `leasehold.hold` leaves them, but without a verifier each, which the server takes 5 ms of computing for.
      await under.query(`DO $$ DECLARE
          v_role name; v_person text; v_end timestamptz := date_trunc('milliseconds', now()) + interval '1 hour'; v_grant text;
        BEGIN FOR i IN 1..3000 LOOP
          v_person := 'p' || i || '@example.com';
          v_grant := translate(lpad(i::text, 26, '0'), '0123456789', 'abcdefghij');
          v_role := leasehold.role_of('${under.installation}', v_person, '${read}');
          EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 10 VALID UNTIL %L', v_role, v_end);
          EXECUTE format('GRANT %I TO %I', (SELECT role FROM leasehold.level WHERE connection = '${read}'), v_role);
          INSERT INTO leasehold.lease VALUES (v_role, v_person, '${read}', v_grant, 0, 'sealed', now(), v_end, NULL);
          INSERT INTO leasehold.spent VALUES (v_grant, 0, v_end, v_role);
        END LOOP; END $$`);
      // From PostgreSQL 16 on, who makes a role is who may change it: here that was the superuser.
      await under.query(`DO $$ DECLARE v_role name; BEGIN
        IF current_setting('server_version_num')::int >= 160000 THEN
          FOR v_role IN SELECT role FROM leasehold.lease LOOP
            EXECUTE format('GRANT %I TO leasehold_owner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE', v_role);
          END LOOP;
        END IF; END $$`);
      expect((await provider.observe()).leases).toHaveLength(3_000);
      const people = Array.from({ length: 40 }, (_, i) => `p${i * 70 + 1}@example.com`);
      const outcomes = await applyAll(
        under,
        provider,
        people.map((person) => end(person)),
      );
      expect(outcomes.every((one) => one.kind === "ended" && one.wasThere)).toBe(true);
      expect((await provider.observe()).leases).toHaveLength(2_960);
    });

    it("quotes names of 63 bytes of quotes, and whatever else people are called", async () => {
      const quotes = '"'.repeat(57);
      let names = 0;
      const under = await postgresqlGateway(server(), {
        roleNames: () => `${quotes}'\\${(names += 1)}${from}`.slice(0, 63),
      });
      const provider = providerOf(under);
      const people = [
        "o'hara@example.com",
        '"; DROP TABLE orders; --',
        "$$",
        "\\",
        "é".repeat(100),
        "%I%L%s",
        "-- x",
        "lh_0",
      ];
      for (const person of people) {
        await held(under, provider, { person });
        expect(await under.isLetIn(person, read)).toBe(true);
        expect(await applyOne(under, provider, end(person))).toMatchObject({ kind: "ended", wasThere: true });
        expect(await under.isLetIn(person, read)).toBe(false);
      }
      expect(await applyOne(under, provider, hold(under, { person: "a\nb" }))).toMatchObject({ kind: "refused" });
    });

    it("keeps 100 passwords out of the server's log and of what it shows of its sessions", async () => {
      const under = await postgresqlGateway(server());
      const provider = providerOf(under);
      const people = Array.from({ length: 100 }, (_, i) => `canary${i}@example.com`);
      await applyAll(
        under,
        provider,
        people.map((person) => hold(under, { person })),
      );
      const passwords: string[] = [];
      for (const person of people) passwords.push((await under.secretOf(person, read))?.password ?? "");
      const client = await tryLogIn(server(), {
        ...((await under.secretOf(people[0]!, read)) ?? { user: "", password: "" }),
        database: under.database,
      });
      const shown = JSON.stringify(await under.query("SELECT * FROM pg_stat_activity"));
      await client?.end();
      const log = server().log();
      expect(log).toContain("canary99@example.com");
      expect(new Set(passwords).size).toBe(100);
      expect(passwords.filter((one) => one.length < 40 || log.includes(one) || shown.includes(one))).toEqual([]);
    });

    it("goes on where it was when the server was restarted in the middle", async () => {
      const under = await postgresqlGateway(server());
      const provider = providerOf(under);
      await held(under, provider);
      const effects = Array.from({ length: 30 }, (_, i) => hold(under, { person: `r${i}@example.com` }));
      const going = applyAll(under, provider, effects);
      await server().stop("immediate");
      const outcomes = await going;
      for (const one of outcomes) expect(["held", "refused", "unknown"]).toContain(one.kind);
      for (const one of outcomes) if (one.kind === "refused") expect(one.because).toBe("passing");
      expect(await applyOne(under, provider, end())).toMatchObject({ kind: expect.stringMatching(/refused|unknown/) });
      await server().start();
      const again = at(under, {});
      for (let tries = 0; tries < 100; tries += 1) {
        const all = await applyAll(under, again, effects);
        if (all.every((one) => one.kind === "held")) break;
        await under.clock.sleep(100);
      }
      expect((await again.observe()).leases).toHaveLength(31);
      expect(await applyOne(under, again, end())).toMatchObject({ kind: "ended", wasThere: true });
    });
  });
}
