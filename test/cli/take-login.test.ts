import { systemRandom } from "../../lib/adapters/random";
import { takeLogin } from "../../lib/cli/take-login";
import type { LeaseLogin } from "../../lib/workspace/lease-secret";
import { tryLogIn } from "../contract/postgresql-gateway";
import { CuttingProxy } from "../support/cutting-proxy";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests, type TestPostgres } from "../support/postgres";

describeWith(postgres, "handing a lease's login out once", () => {
  const server = postgresForTests();
  const ports = { random: systemRandom(), environment: {}, root: __dirname };
  let count = 0;

  /** A role as a lease has it, and its login as it is sealed. */
  const sealed = async (over: Partial<LeaseLogin> = {}): Promise<LeaseLogin> => {
    const user = `lh_"${(count += 1)}`;
    await server().query(`CREATE ROLE "${user.replaceAll('"', '""')}" LOGIN PASSWORD 'sealed'`);
    const { host, port } = server();
    const facts = {
      grant: "g",
      person: "ana@example.com",
      connection: "orders-db/read",
      until: "2026-01-01T00:00:00Z",
    };
    return { ...facts, host, port, database: "postgres", user, password: "sealed", ...over };
  };
  const letsIn = async (login: LeaseLogin, password: string): Promise<boolean> => {
    const client = await tryLogIn(server() as TestPostgres, { user: login.user, password, database: "postgres" });
    await client?.end();
    return client !== undefined;
  };
  const code = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (thrown: { readonly code?: string }) => thrown.code,
    );

  it("changes what is sealed for what is printed, and nothing but the verifier is told", async () => {
    const login = await sealed();
    const taken = await takeLogin(login, ports);
    expect(taken).toEqual({ ...login, password: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect([await letsIn(login, "sealed"), await letsIn(login, taken.password)]).toEqual([false, true]);
    expect(await code(takeLogin(login, ports))).toBe("E507");
    expect([await letsIn(login, "sealed"), await letsIn(login, taken.password)]).toEqual([false, true]);
  });

  it("hands it out to one of those who ask in the same moment", async () => {
    const login = await sealed();
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => takeLogin(login, ports)));
    const printed = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value.password] : []));
    const opening = await Promise.all(printed.map((password) => letsIn(login, password)));
    expect(opening.filter((isIn) => isIn)).toEqual([true]);
    const refused = asked.flatMap((one) => (one.status === "rejected" ? [one.reason as { code: string }] : []));
    for (const one of refused) expect(["E507", "E500"]).toContain(one.code);
    expect(await letsIn(login, "sealed")).toBe(false);
  });

  it("goes by a socket, whose directory stands where a host would", async () => {
    const login = await sealed({ host: server().directory });
    const { password } = await takeLogin(login, ports);
    expect(await letsIn(login, password)).toBe(true);
  });

  it("looks whether it was done where the answer was lost, and prints nothing that opens nothing", async () => {
    const proxy = new CuttingProxy(server().port, "ALTER ROLE");
    const port = await proxy.listen();
    const done = await sealed({ port });
    proxy.cutNext("lose the answer");
    const { password } = await takeLogin(done, ports);
    expect([await letsIn(done, "sealed"), await letsIn(done, password)]).toEqual([false, true]);
    const undone = await sealed({ port });
    proxy.cutNext("lose the request");
    expect(await code(takeLogin(undone, ports))).toBe("E500");
    expect(await letsIn(undone, "sealed")).toBe(true);
    const { password: second } = await takeLogin(undone, ports);
    expect(await letsIn(undone, second)).toBe(true);
    proxy.isUp = false;
    expect(await code(takeLogin(await sealed({ port }), ports))).toBe("E500");
    expect(proxy.cuts).toBe(2);
    await proxy.close();
  });

  it("never goes to another machine without TLS", async () => {
    expect(await code(takeLogin(await sealed({ host: "db.example.com" }), ports))).toBe("E702");
  });
});
