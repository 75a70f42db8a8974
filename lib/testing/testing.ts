import type { AccessApp } from "../constructs";
import type { GovernedGateway } from "../model/config";
import { limits } from "../model/limits";
import { synthesize, type GovernedConfig } from "../synth";
import { RulesUnderTest } from "./rules-under-test";

/** What a test may say about leasehold.yaml; the rest has its defaults. */
export interface TestingOptions {
  /**
   * Gateways by name.
   * @default - one for each that a Resource names, else one called `main`
   */
  readonly gateways?: Readonly<Record<string, GovernedGateway>>;
  /**
   * Where approvals come from.
   * @default "local"
   */
  readonly approvals?: GovernedConfig["approvals"];
  /**
   * Caps of the organisation.
   * @default - those of a leasehold.yaml that says nothing
   */
  readonly limits?: Partial<GovernedConfig["limits"]>;
}

/** The way into tests of rules: build an app, synthesise it, ask what it means. */
export const Testing = {
  /** Synthesises an app as `leasehold synth` would; throws E202 with every problem of the rules. */
  synth(app: AccessApp, options: TestingOptions = {}): RulesUnderTest {
    const governed: GovernedConfig = {
      gateways: options.gateways ?? gatewaysOf(app),
      approvals: options.approvals ?? "local",
      limits: { ...defaultLimits, ...options.limits },
      protected: [],
    };
    return new RulesUnderTest(synthesize(app, governed));
  },
} as const;

const defaultLimits: GovernedConfig["limits"] = {
  maxDurationSeconds: limits.defaultMaxDurationSeconds,
  startWithinSeconds: limits.defaultStartWithinSeconds,
  approvalValidForSeconds: limits.defaultApprovalValidForSeconds,
  bulkRemovals: { count: 5, percent: 10 },
};

function gatewaysOf(app: AccessApp): Readonly<Record<string, GovernedGateway>> {
  const named = app.declarations.flatMap((one) =>
    "gateway" in one && typeof one.gateway === "string" ? [one.gateway] : [],
  );
  const names = named.length === 0 ? ["main"] : [...new Set(named)].toSorted();
  return Object.fromEntries(names.map((name) => [name, { provider: "memory", users: "declared" }]));
}
