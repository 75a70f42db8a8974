/** All routes, in the order in which they are tried: fixed paths before those with names in them. */
import { agentRoutes } from "./agents";
import { apiKeyRoutes } from "./api-keys";
import { auditRoutes } from "./audit";
import { connectRoutes } from "./connect";
import { connectionRoutes } from "./connections";
import { groupRoutes } from "./groups";
import { guardrailRoutes } from "./guardrails";
import { labelRoutes } from "./labels";
import { loginRoutes } from "./login";
import { maskingRoutes } from "./masking";
import { pluginRoutes } from "./plugins";
import { provisionRoute } from "./provision";
import { reviewRoutes } from "./reviews";
import type { Route } from "./route";
import { ruleRoutes } from "./rules";
import { serverRoutes } from "./server";
import { serviceAccountRoutes } from "./service-accounts";
import { sessionRoutes } from "./sessions";
import { userRoutes } from "./users";

/** The routes of the gateway. */
export const allRoutes: readonly Route[] = [
  ...serverRoutes,
  ...loginRoutes,
  ...groupRoutes,
  ...userRoutes,
  ...serviceAccountRoutes,
  ...apiKeyRoutes,
  ...agentRoutes,
  ...connectionRoutes,
  ...pluginRoutes,
  ...ruleRoutes,
  provisionRoute,
  ...sessionRoutes,
  ...reviewRoutes,
  ...guardrailRoutes,
  ...maskingRoutes,
  ...labelRoutes,
  ...auditRoutes,
  ...connectRoutes,
];
