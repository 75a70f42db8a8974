import { limits } from "../../lib/model/limits";
import type { GovernedConfig } from "../../lib/synth";

/** The governed part of a leasehold.yaml that says as little as possible: one gateway, `main`. */
export const governed: GovernedConfig = {
  gateways: { main: { provider: "memory", users: "declared" } },
  approvals: "local",
  limits: {
    maxDurationSeconds: limits.defaultMaxDurationSeconds,
    startWithinSeconds: limits.defaultStartWithinSeconds,
    approvalValidForSeconds: limits.defaultApprovalValidForSeconds,
    bulkRemovals: { count: 5, percent: 10 },
  },
  protected: [],
};
