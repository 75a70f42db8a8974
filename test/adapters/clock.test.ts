import { getEventListeners } from "node:events";
import { systemClock } from "../../lib/adapters/clock";
import { systemRandom } from "../../lib/adapters/random";
import { tryParseInstant } from "../../lib/model/instant";

const clock = systemClock();

describe("the clock of this machine", () => {
  it("says now as an instant", () => {
    const now = clock.now();
    expect(tryParseInstant(now)).toBe(now);
    expect(clock.now() >= now).toBe(true);
  });

  it("sleeps for as long as it is told", async () => {
    const from = clock.monotonicMs();
    await clock.sleep(30);
    expect(clock.monotonicMs() - from).toBeGreaterThanOrEqual(29);
  });

  it("is woken by a signal without an error, and leaves nothing behind on it", async () => {
    const waking = new AbortController();
    const sleeping = clock.sleep(2 ** 40, waking.signal);
    waking.abort();
    await sleeping;
    await clock.sleep(2 ** 40, waking.signal);
    const other = new AbortController();
    await clock.sleep(1, other.signal);
    expect(getEventListeners(other.signal, "abort")).toEqual([]);
  });
});

it("draws random bytes that do not repeat", () => {
  const random = systemRandom();
  const drawn = Array.from({ length: 100 }, () => Buffer.from(random.bytes(16)).toString("hex"));
  expect(new Set(drawn).size).toBe(100);
  expect(random.bytes(0)).toHaveLength(0);
});
