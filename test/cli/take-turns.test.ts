import type { CommandCall } from "../../lib/cli/command";
import { takeTurns } from "../../lib/cli/take-turns";
import { failure } from "../../lib/errors";

/** A call whose waits take no time and are counted. */
function quietCall(): { readonly call: CommandCall; readonly waits: number[] } {
  const waits: number[] = [];
  const shell = {
    clock: { sleep: async (ms: number) => void waits.push(ms) },
    output: { progress: () => undefined },
    random: { bytes: () => Uint8Array.of(0) },
    signal: new AbortController().signal,
  };
  return { call: { shell } as unknown as CommandCall, waits };
}

const overtaken = (): never => {
  throw failure("E604", { fix: "again" });
};

describe("a command that another writer overtakes", () => {
  test("begins again, whether it says so or throws it, and comes to its end", async () => {
    const { call, waits } = quietCall();
    const turns = [() => Promise.resolve(6), async () => overtaken(), () => Promise.resolve(0)];
    expect(await takeTurns(call, () => turns.shift()!())).toBe(0);
    expect(waits).toEqual([1000, 2000]);
  });

  test("gives up after a few turns, and says why", async () => {
    const { call, waits } = quietCall();
    expect(await takeTurns(call, () => Promise.resolve(6))).toBe(6);
    expect(waits).toHaveLength(3);
    await expect(takeTurns(call, async () => overtaken())).rejects.toMatchObject({ code: "E604" });
  });

  test("is not repeated for anything else", async () => {
    const { call, waits } = quietCall();
    expect(await takeTurns(call, () => Promise.resolve(10))).toBe(10);
    await expect(takeTurns(call, () => Promise.reject(failure("E600", { fix: "x" })))).rejects.toMatchObject({
      code: "E600",
    });
    expect(waits).toEqual([]);
  });
});
