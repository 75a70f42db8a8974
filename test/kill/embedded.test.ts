import { killEverywhere } from "./everywhere";

test(
  "Show 5 on the embedded gateway: killed at each step of a pass, Log and gateway agree after the next one",
  () => killEverywhere("embedded"),
  600_000,
);
