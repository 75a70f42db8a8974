import type { ProviderDescription } from "../../lib/model/gateway";
import { judgeDescription } from "../../lib/workspace/doctor";

const hoop: ProviderDescription = {
  gateway: "main",
  provider: "hoop",
  version: "1.148.0",
  holds: { entry: true, sessions: false, overrun: "one duration" },
  maxSliceSeconds: 172_800,
  kinds: ["tcp"],
  principals: ["user"],
  guardrailKinds: ["tcp"],
  maxGuardrails: 1,
  maxMaskingRules: 0,
  skewMs: 0,
  storesSecrets: true,
  endingsPerSecond: 8,
  wholeEverySeconds: 600,
};

test("a gateway whose lists hide settings is told with how often they are read", () => {
  expect(judgeDescription("main", hoop)[0]).toMatchObject({
    verdict: "good",
    sentence:
      "hoop 1.148.0 answers. It cuts sessions only while Leasehold runs; without us one can last one duration more. With `--every` its hidden settings are read anew every 10 min.",
  });
});

test("a gateway that hides nothing is told without", () => {
  const { wholeEverySeconds: _none, ...embedded } = hoop;
  expect(judgeDescription("main", embedded)[0]?.sentence).not.toContain("--every");
});

test.each([
  [0, "good"],
  [-5_001, "weak"],
  [60_001, "bad"],
])("a clock %i ms from ours is %s", (skewMs, verdict) => {
  expect(judgeDescription("main", { ...hoop, skewMs })[1]).toMatchObject({ name: "gateway main clock", verdict });
});
