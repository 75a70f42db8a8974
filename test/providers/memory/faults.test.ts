import { memoryGateway } from "../../contract/memory-gateway";
import { alice, applyOne, end, hold, prepare, read } from "../../contract/fixtures";
import type { FaultScript, MemoryFault } from "../../../providers/memory/faults";

async function faulty(script: () => MemoryFault | undefined) {
  const faults: FaultScript = () => script();
  const under = await memoryGateway(faults);
  const provider = under.provider();
  return { under, provider };
}

describe("the accidents of the memory provider", () => {
  it.each<[MemoryFault, string, boolean]>([
    [{ kind: "drop" }, "unknown", false],
    [{ kind: "unanswered" }, "unknown", true],
    [{ kind: "late", after: 1 }, "unknown", false],
    [{ kind: "double" }, "held", true],
    [{ kind: "refuse", because: "passing" }, "refused", false],
  ])("%j of a hold is told as %s, and converges", async (fault, told, isThere) => {
    let armed: MemoryFault | undefined;
    const { under, provider } = await faulty(() => armed);
    await prepare(under, provider);
    const effect = hold(under);
    armed = fault;
    expect((await applyOne(under, provider, effect)).kind).toBe(told);
    armed = undefined;
    expect(await under.isLetIn(alice, read)).toBe(isThere);
    expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "held" });
    expect((await provider.observe()).leases).toHaveLength(1);
    expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended", wasThere: true });
    expect(await under.isLetIn(alice, read)).toBe(false);
  });

  it("lands a late effect before a later call, once", async () => {
    let armed: MemoryFault | undefined;
    const { under, provider } = await faulty(() => armed);
    await prepare(under, provider);
    armed = { kind: "late", after: 2 };
    await applyOne(under, provider, hold(under));
    armed = undefined;
    expect((await provider.observe()).leases).toHaveLength(0);
    expect((await provider.observe()).leases).toHaveLength(1);
    expect((await provider.observe()).leases).toHaveLength(1);
  });

  it.each(["describe", "observe"] as const)("a dropped %s throws, and one without rights says so", async (what) => {
    let armed: MemoryFault | undefined;
    const { under, provider } = await faulty(() => armed);
    await prepare(under, provider);
    armed = { kind: "drop" };
    await expect(provider[what]()).rejects.toMatchObject({ code: "E500" });
    armed = { kind: "refuse", because: "credential" };
    await expect(provider[what]()).rejects.toMatchObject({ code: "E501" });
  });
});
