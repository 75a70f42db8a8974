/** Promise 14: fail closed. */
import { failure } from "../../lib/errors";
import type { LogStore, Provider } from "../../lib/ports";
import { House } from "./support/house";
import { gateway, request } from "./support/rules";

const codes = ["E500", "E501", "E502"] as const;
const exits: Readonly<Record<string, number>> = { E500: 10, E501: 4, E502: 10 };
const reads = ["describe", "observe", "findSpent"] as const;

async function readyHouse(): Promise<House> {
  const house = await House.open();
  await house.merge(request("short", { for: ["bob@x.test"], durationSeconds: 60 }));
  await house.apply();
  await house.merge(request("short", { for: ["bob@x.test"], durationSeconds: 60 }), request("first"));
  house.clock.advanceSeconds(60);
  return house;
}

test.each(reads.flatMap((call) => codes.map((code) => [call, code] as const)))(
  "when %s fails with %s, nothing starts, what is due ends, and the exit code says so",
  async (call, code) => {
    const house = await readyHouse();
    const fails = () => Promise.reject(failure(code, { detail: "planted", fix: "nothing" }));
    const provider: Provider = { ...house.provider(), [call]: fails };
    const report = await house.pass({ providers: new Map([[gateway, provider]]) });
    expect(house.isIn("alice@x.test")).toBe(false);
    expect((await house.grant(house.id("short", "bob@x.test")))?.phase).toBe("ended");
    expect(report.exitCodes).toEqual([exits[code]]);
  },
);

test("one of two gateways that cannot be read stops new access on both", async () => {
  const house = await readyHouse();
  const dead: Provider = {
    ...house.provider(),
    gateway: "other",
    describe: () => Promise.reject(failure("E500", { detail: "refused", fix: "start it" })),
  };
  const report = await house.pass({ providers: new Map([...house.parts().providers, ["other", dead]]) });
  expect(house.isIn("alice@x.test")).toBe(false);
  expect(report.exitCodes).toEqual([10]);
});

const calls = ["takeEpoch", "tryReadBlob", "readSpool"] as const;
test.each(calls)("when the store's %s fails, nothing starts", async (call) => {
  const house = await readyHouse();
  const broken: LogStore = {
    ...house.store,
    read: house.store.read,
    [call]: () => Promise.reject(failure("E606", { detail: "planted", fix: "nothing" })),
  };
  const report = await house.pass({ store: broken }).catch((error: unknown) => error);
  expect(house.isIn("alice@x.test")).toBe(false);
  expect(report instanceof Error || (report as { exitCodes: readonly number[] }).exitCodes.length > 0).toBe(true);
});

test("an approval source that cannot tell stops new access", async () => {
  const house = await readyHouse();
  const approvalSource = { approvalsFor: () => Promise.reject(new Error("garbage")) };
  const report = await house.pass({ approvalSource });
  expect(house.isIn("alice@x.test")).toBe(false);
  expect(report.exitCodes).toEqual([1]);
});

test.each(["drop", "unanswered", "double"] as const)(
  "when holds are lost or repeated (%s), two passes later the world is right",
  async (kind) => {
    const house = await readyHouse();
    house.faults = (call) => (call.name === "apply" && call.effect.kind === "hold" ? { kind } : undefined);
    const report = await house.pass();
    expect(report.exitCodes).toEqual(kind === "drop" ? [7] : kind === "unanswered" ? [7] : []);
    house.faults = undefined;
    await house.pass();
    expect(house.isIn("alice@x.test")).toBe(true);
    expect(house.world.leases.filter((row) => row.person === "alice@x.test" && row.state === "approved")).toHaveLength(
      1,
    );
  },
);

test("a credential that may not write is told as such, and nothing is left half done", async () => {
  const house = await readyHouse();
  house.faults = (call) =>
    call.name === "apply" && call.effect.kind === "hold" ? { kind: "refuse", because: "credential" } : undefined;
  const report = await house.pass();
  expect(report.exitCodes).toEqual([4]);
});
