export { AccessApp, onAppCreated, type AccessAppProps } from "./app";
export {
  Approval,
  ApprovalRule,
  ApprovalStep,
  Approvers,
  AutomaticApproval,
  StepwiseApproval,
  type Approver,
  type AutomaticApprovalProps,
} from "./approval";
export { Condition, type BudgetProps } from "./condition";
export { Connection, type ConnectionProps } from "./connection";
export { isSelected, type ConnectionMatch, type ConnectionSelector } from "./connection-match";
export { Declaration, onDeclared } from "./declaration";
export { Duration } from "./duration";
export { Group, type GroupProps } from "./group";
export { Guardrail, type GuardrailProps } from "./guardrail";
export { MaskingRule, type MaskingRuleProps } from "./masking-rule";
export {
  PostgresqlLevel,
  type PostgresqlAdminProps,
  type PostgresqlCustomProps,
  type PostgresqlLevelProps,
  type PostgresqlMigrateProps,
  type PostgresqlSchemasProps,
} from "./postgresql-level";
export {
  everyone,
  type IConnection,
  type IGroup,
  type IPrincipal,
  type IServiceAccount,
  type IUser,
} from "./reference";
export { AccessRequest, type AccessRequestProps } from "./request";
export { Resource, type ResourceProps } from "./resource";
export { AccessRule, type AccessRuleProps, type RuleDuration } from "./rule";
export { Secret } from "./secret";
export { ServiceAccount, type ServiceAccountProps } from "./service-account";
export { AccessStack, type AccessStackProps } from "./stack";
export { User, type UserProps } from "./user";
export { Window } from "./window";
