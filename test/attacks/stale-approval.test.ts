import { accessRepository, Lanternworks, requestFile } from "../support/lanternworks";

/** THREATS.md, "stale approval": approve, then push. */
describe("an approval that is older than the commit", () => {
  let house: Lanternworks;
  beforeAll(async () => {
    house = await Lanternworks.open({ isHere: true });
  });
  afterAll(() => house.close());

  test("does not cover what a later push adds, and says so", async () => {
    const number = await house.propose("ana-orders", { "requests/ana-orders.yaml": requestFile("ana-orders") }, "ana");
    await house.approve(number, "dev");
    expect(await house.plan(number)).toMatchObject({ conclusion: "success", ran: { exitCode: 0 } });

    await house.push(
      "ana-orders",
      { "requests/ana-orders.yaml": requestFile("ana-orders", { duration: "3h" }) },
      "ana",
    );
    const after = await house.plan(number);
    expect(after).toMatchObject({ conclusion: "action_required", ran: { exitCode: 0 } });
    expect(after.comment).toMatch(/approval void/i);

    await house.github.merge({ repository: accessRepository, number, method: "squash" });
    const applied = await house.apply();
    expect(applied.exitCode).toBe(5);
    expect(await house.access()).toEqual([]);
  });
});
