import { killEverywhere } from "./everywhere";

test(
  "Show 5 on the hoop double: killed at each step of a pass, Log and gateway agree after the next one",
  () => killEverywhere("hoop"),
  600_000,
);
