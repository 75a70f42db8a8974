import { killEverywhere } from "./everywhere";

test("Show 5 on the hoop double: killed at each step of a pass, Log and gateway agree after the next one", async () => {
  const { kills, failures } = await killEverywhere("hoop");
  expect(failures).toEqual([]);
  expect(kills).toBeGreaterThan(50);
}, 900_000);
