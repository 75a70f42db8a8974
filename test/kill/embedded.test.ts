import { killEverywhere } from "./everywhere";

test("Show 5 on the embedded gateway: killed at each step of a pass, Log and gateway agree after the next one", async () => {
  const { kills, failures } = await killEverywhere("embedded");
  expect(failures).toEqual([]);
  expect(kills).toBeGreaterThan(50);
}, 900_000);
