/**
 * What a rules program imports from `leasehold`: the constructs, and the types of what they become.
 * Light on purpose: a rules program starts with every plan.
 */
export {
  AccessApp,
  AccessRequest,
  AccessRule,
  AccessStack,
  Approval,
  ApprovalRule,
  ApprovalStep,
  Approvers,
  AutomaticApproval,
  Condition,
  Connection,
  Duration,
  everyone,
  Group,
  Guardrail,
  MaskingRule,
  PostgresqlLevel,
  Resource,
  Secret,
  ServiceAccount,
  StepwiseApproval,
  User,
  Window,
} from "./constructs";
export type {
  AccessAppProps,
  AccessRequestProps,
  AccessRuleProps,
  AccessStackProps,
  Approver,
  AutomaticApprovalProps,
  BudgetProps,
  ConnectionMatch,
  ConnectionProps,
  GroupProps,
  GuardrailProps,
  IConnection,
  IGroup,
  IPrincipal,
  IServiceAccount,
  IUser,
  MaskingRuleProps,
  PostgresqlAdminProps,
  PostgresqlCustomProps,
  PostgresqlLevelProps,
  PostgresqlMigrateProps,
  PostgresqlSchemasProps,
  ResourceProps,
  RuleDuration,
  ServiceAccountProps,
  UserProps,
} from "./constructs";
export { catalogue, LeaseholdError } from "./errors";
export type { Diagnostic, ErrorCode, SourceRange } from "./errors";
export type { Manifest } from "./model/manifest";
export type {
  ColumnPrivileges,
  DefaultPrivileges,
  LevelPrivileges,
  ObjectPrivileges,
  PrivilegesInSchema,
} from "./model/privileges";
export type { ResourceClass, ResourceKind } from "./model/resource";
export type { GuardrailPattern } from "./model/safeguard";
export { synthesize } from "./synth";
export type { GovernedConfig, Synthesis } from "./synth";
