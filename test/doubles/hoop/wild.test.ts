/** The double is never kinder than the real gateway: what gateway/hoop-api.md says in words, beyond the recorded cases. */
import { join } from "node:path";
import { temporaryFolder } from "../../support/folders";
import { closed, eventually, exchange, type Resource, Scene, startResource } from "../../providers/embedded/support";
import { TestClock } from "../test-clock";
import { type HoopDouble, startHoopDouble } from ".";

const root = temporaryFolder();
let clock: TestClock;
let double: HoopDouble;
let resource: Resource;
let scene: Scene;
let count = 0;

beforeEach(async () => {
  clock = new TestClock();
  resource = await startResource();
  count += 1;
  double = await startHoopDouble({ directory: join(root, String(count)), clock });
  scene = await Scene.of(double, resource.port);
  await scene.must("POST", "/access-requests/rules", {
    name: "leasehold-gate",
    access_type: "jit_command",
    connection_names: ["orders-read"],
    approval_required_groups: [],
    reviewers_groups: ["leasehold-gate"],
    all_groups_must_approve: true,
    min_approvals: 1,
    force_approval_groups: [],
  });
});

afterEach(async () => {
  scene.close();
  await double.close();
  resource.close();
});

/** Whether a connect gets in at once; a client that waits is left to its close. */
async function getsIn(): Promise<boolean> {
  const opened = scene.open().then(
    () => true,
    () => false,
  );
  const before = await waitingCount();
  const waits = eventually(async () => (await waitingCount()) > before).then(() => false);
  return Promise.race([opened, waits.catch(() => false)]);
}

async function waitingCount(): Promise<number> {
  const { data } = await scene.must("GET", "/sessions?review.status=PENDING&limit=100");
  return data.length;
}

describe("which grant counts", () => {
  test("the newest: an expired one shadows an older one in force, until it is revoked", async () => {
    await scene.grant(3600, "long");
    clock.jump(10);
    const short = await scene.grant(1, "short");
    clock.jump(2000);
    expect(await getsIn()).toBe(false);
    await scene.revoke(short);
    expect(await getsIn()).toBe(true);
  });

  test("all of them: revoking one leaves the other of two identical calls in force", async () => {
    const first = await scene.grant(3600, "same");
    const second = await scene.grant(3600, "same");
    expect(second).not.toBe(first);
    await scene.revoke(second);
    expect(await getsIn()).toBe(true);
  });

  test("also after its user was deleted and made again", async () => {
    await scene.grant(3600);
    await scene.must("DELETE", "/users/alice@example.com");
    await scene.must("POST", "/users", { email: "alice@example.com", name: "Alice", groups: [] });
    scene.token = (await scene.must("POST", "/users/alice@example.com/token")).token;
    expect(await getsIn()).toBe(true);
  });

  test("not of a connection that was made again under the same name, nor can it be revoked while it is gone", async () => {
    const grant = await scene.grant(3600);
    await scene.must("DELETE", "/connections/orders-read");
    expect((await scene.revoke(grant)).status).toBe(500);
    await scene.addConnection("orders-read", resource.port);
    expect(await getsIn()).toBe(false);
    expect((await scene.revoke(grant)).status).toBe(200);
  });

  test("also when an admin approves it again after its end", async () => {
    await scene.must("PUT", "/connections/orders-read", {
      ...(await scene.must("GET", "/connections/orders-read")),
      reviewers: ["admin"],
    });
    const grant = await scene.grant(5);
    clock.jump(6000);
    expect(await getsIn()).toBe(false);
    expect((await scene.must("PUT", `/reviews/${grant}`, { status: "APPROVED" })).status).toBe("APPROVED");
    expect(await getsIn()).toBe(true);
  });

  test("and without a gate everybody gets in, without an end", async () => {
    await scene.must("DELETE", "/access-requests/rules/leasehold-gate");
    const tunnel = await scene.open();
    expect(tunnel.until).toBeUndefined();
    expect(await exchange(tunnel, "x")).toBe("x");
  });
});

describe("a live session", () => {
  test("outlives its grant: it is cut a whole duration after its own start", async () => {
    await scene.grant(8);
    clock.jump(5000);
    const tunnel = await scene.open();
    clock.jump(4000);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(await exchange(tunnel, "past the end")).toBe("past the end");
    clock.jump(4000);
    await closed(tunnel);
  });

  test.each([
    ["a revoke", async (grant: string) => scene.revoke(grant)],
    ["a kill of the grant's own row", async (grant: string) => scene.must("POST", `/sessions/${grant}/kill`)],
    [
      "the user's deactivation",
      () => scene.must("PUT", "/users/alice@example.com", { email: "a", status: "inactive" }),
    ],
    ["being hidden", () => scene.must("POST", "/plugins", { name: "access_control", connections: [] })],
    ["the connection's deletion", () => scene.must("DELETE", "/connections/orders-read")],
  ])("outlives %s", async (_what, act) => {
    const grant = await scene.grant(3600);
    const tunnel = await scene.open();
    await exchange(tunnel, "x");
    await act(grant);
    expect(await exchange(tunnel, "still here")).toBe("still here");
    await scene.must("POST", `/sessions/${tunnel.session}/kill`);
    await closed(tunnel);
  });

  test("of native approval is done when its review is revoked, although the stream lives on", async () => {
    await scene.must("POST", "/users", { email: "gate@example.com", name: "Gate", groups: ["leasehold-gate"] });
    const { token } = await scene.must("POST", "/users/gate@example.com/token");
    const opened = scene.open();
    await eventually(async () => (await waitingCount()) === 1);
    const { data } = await scene.must("GET", "/sessions?review.status=PENDING");
    const gate = new Scene(double);
    gate.token = token;
    expect((await gate.asAlice("PUT", `/reviews/${data[0]!.id}`, { status: "APPROVED" })).status).toBe(200);
    const tunnel = await opened;
    expect(tunnel.session).toBe(data[0]!.id);
    expect((await scene.row(tunnel.session)).status).toBe("ready");
    await scene.revoke(tunnel.session);
    expect((await scene.row(tunnel.session)).status).toBe("done");
    expect(await exchange(tunnel, "lives on")).toBe("lives on");
  });

  test("is dropped at once on a tcp connection with a guardrail", async () => {
    const { id } = await scene.must("GET", "/connections/orders-read");
    await scene.must("POST", "/guardrails", { name: "no-drop", input: { rules: [] }, connection_ids: [id] });
    await scene.grant(3600);
    const tunnel = await scene.open();
    await closed(tunnel);
    expect((await scene.row(tunnel.session)).status).toBe("done");
  });
});

describe("accidents on command", () => {
  test("an approve that overtakes a revoke: both answer 200 and it is left APPROVED, once", async () => {
    const grant = await scene.grant(3600);
    double.overtakeRevokes(1);
    expect((await scene.revoke(grant)).json.status).toBe("REVOKED");
    expect((await scene.must("GET", `/reviews/${grant}`)).status).toBe("APPROVED");
    await scene.revoke(grant);
    expect((await scene.must("GET", `/reviews/${grant}`)).status).toBe("REVOKED");
  });

  test("a kill that reaches nothing answers 204 all the same, and the row says done", async () => {
    await scene.grant(3600);
    const tunnel = await scene.open();
    await exchange(tunnel, "x");
    double.loseKills(1);
    expect((await scene.api("POST", `/sessions/${tunnel.session}/kill`)).status).toBe(204);
    expect((await scene.row(tunnel.session)).status).toBe("done");
    expect(await exchange(tunnel, "alive")).toBe("alive");
    await scene.must("POST", `/sessions/${tunnel.session}/kill`);
    await closed(tunnel);
  });
});

describe("small print", () => {
  test("eight makers of one connection at once: one 201, seven 409", async () => {
    const [agent] = await scene.must("GET", "/agents");
    const body = {
      name: "same-name",
      type: "custom",
      agent_id: agent!.id,
      access_mode_connect: "enabled",
      access_mode_exec: "disabled",
      access_mode_runbooks: "disabled",
      access_schema: "disabled",
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => scene.api("POST", "/connections", body)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  });

  test("32 identical grants at once are 32 grants", async () => {
    await Promise.all(Array.from({ length: 32 }, () => scene.grant(3600, "same")));
    expect((await scene.must("GET", "/sessions?correlation_id=same")).total).toBe(32);
  });

  test("grants, reviews and kills are not in its audit log, users are", async () => {
    const grant = await scene.grant(3600);
    await scene.revoke(grant);
    await scene.must("POST", `/sessions/${grant}/kill`);
    const { data } = await scene.must("GET", "/audit/logs?page_size=100");
    const kinds = new Set(data.map((entry: { readonly resource_type: string }) => entry.resource_type));
    expect([...kinds].sort()).toEqual(["connections", "users"]);
  });

  test("a PENDING review survives its client and a kill, and an approval opens access later", async () => {
    expect(await getsIn()).toBe(false);
    const { data } = await scene.must("GET", "/sessions?review.status=PENDING");
    await scene.must("POST", `/sessions/${data[0]!.id}/kill`);
    expect((await scene.must("GET", `/reviews/${data[0]!.id}`)).status).toBe("PENDING");
    expect((await scene.revoke(data[0]!.id)).status).toBe(400);
    expect((await scene.api("PUT", `/reviews/${data[0]!.id}`, { status: "REJECTED" })).status).toBe(200);
  });
});
