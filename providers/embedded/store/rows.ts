/** The rows that the gateway stores. Times are microseconds since 1970; rows are never changed in place. */

/** Microseconds since 1970. */
export type Micros = number;

/** active or inactive, of people and machines alike. */
export type Standing = "active" | "inactive";

/** A person. Keyed by e-mail, which is case-sensitive. */
export interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly status: Standing;
  readonly groups: readonly string[];
  /** scrypt of the password, when there is one. */
  readonly password: string | null;
}

/** A group that was made by itself; groups also exist through their members. */
export interface GroupRow {
  readonly name: string;
}

/** A service account, keyed by subject. */
export interface ServiceAccountRow {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly status: Standing;
  readonly groups: readonly string[];
}

/** A managed API key; only the hash of the key is stored. */
export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly masked: string;
  readonly status: "active" | "revoked";
  readonly groups: readonly string[] | null;
  readonly createdBy: string;
  readonly createdAt: Micros;
}

/** An agent; the gateway's own one is built in. */
export interface AgentRow {
  readonly id: string;
  readonly name: string;
  readonly mode: string;
  readonly builtIn: boolean;
}

/** A connection; in the embedded gateway `secret` holds the values of addresses only. */
export interface ConnectionRow {
  readonly id: string;
  readonly name: string;
  readonly resourceName: string;
  readonly type: string;
  readonly subtype: string;
  readonly agentId: string;
  readonly command: readonly string[];
  readonly secret: Readonly<Record<string, string>>;
  readonly secretsUpdatedAt: Micros;
  readonly accessModeConnect: string;
  readonly accessModeExec: string;
  readonly accessModeRunbooks: string;
  readonly accessSchema: string;
  readonly reviewers: readonly string[];
  readonly redactTypes: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly forceApproveGroups: readonly string[] | null;
  readonly accessMaxDuration: number | null;
  readonly minReviewApprovals: number | null;
  readonly mandatoryMetadataFields: readonly string[];
  readonly attributes: readonly string[];
}

/** A connection tag once seen. */
export interface TagRow {
  readonly id: string;
  readonly key: string;
  readonly value: string;
  readonly createdAt: Micros;
  readonly updatedAt: Micros;
}

/** An attribute once seen. */
export interface AttributeRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Micros;
}

/** A plugin that was enabled; only `access_control` has an effect. */
export interface PluginRow {
  readonly id: string;
  readonly name: string;
}

/** Which groups see a connection while `access_control` is enabled. */
export interface AccessListRow {
  readonly id: string;
  readonly connectionId: string;
  readonly groups: readonly string[] | null;
  readonly updatedAt: Micros;
}

/** An access request rule: who must ask. */
export interface AccessRuleRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly accessType: string;
  readonly connectionNames: readonly string[];
  readonly attributes: readonly string[];
  readonly approvalRequiredGroups: readonly string[];
  readonly reviewersGroups: readonly string[];
  readonly allGroupsMustApprove: boolean;
  readonly minApprovals: number | null;
  readonly forceApprovalGroups: readonly string[];
  readonly skipReviewGroups: readonly string[] | null;
  readonly accessMaxDuration: number | null;
  readonly createdAt: Micros;
  readonly updatedAt: Micros;
}

/** What a session of the gateway is doing. */
export type SessionStatus = "open" | "ready" | "done";

/** A session: the bookkeeping row of a grant, or one that carries or carried bytes. */
export interface SessionRow {
  readonly id: string;
  readonly userEmail: string;
  readonly userName: string;
  readonly connectionId: string;
  readonly connection: string;
  readonly resourceName: string;
  readonly type: string;
  readonly subtype: string;
  readonly connectionTags: Readonly<Record<string, string>>;
  readonly verb: "connect" | "exec";
  readonly status: SessionStatus;
  readonly exitCode: number | null;
  readonly correlationId: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly metrics: Readonly<Record<string, unknown>> | null;
  readonly eventSize: number;
  readonly startDate: Micros;
  readonly endDate: Micros | null;
  readonly reviewId: string | null;
}

/** Where a review stands; expiry changes none of these. */
export type ReviewStatus = "PENDING" | "APPROVED" | "REJECTED" | "REVOKED";

/** Who answered for one group of a review. */
export interface Reviewer {
  readonly id: string;
  /** Absent on what was approved by the provision call itself. */
  readonly name?: string;
  readonly email: string;
}

/** One group of a review. */
export interface ReviewGroup {
  readonly id: string;
  readonly group: string;
  readonly status: ReviewStatus;
  readonly reviewedBy: Reviewer | null;
  readonly reviewDate: Micros | null;
}

/** A review: the grant itself, when `type` is jit and it is APPROVED. */
export interface ReviewRow {
  readonly id: string;
  readonly sessionId: string;
  readonly userEmail: string;
  readonly connectionId: string;
  readonly type: "jit" | "onetime";
  /** Seconds. */
  readonly duration: number;
  readonly status: ReviewStatus;
  readonly revokeAt: Micros | null;
  readonly createdAt: Micros;
  readonly groups: readonly ReviewGroup[];
  readonly timeWindow: unknown;
  readonly ruleName: string | null;
  /** Of the rule, as the rule says it. */
  readonly minApprovals: number | null;
  /** How many groups must approve. */
  readonly needed: number;
  readonly forceApprovalGroups: readonly string[] | null;
  readonly rejectionReason: string | null;
  /** Its end was seen: whatever the clock does, it lets nobody in again. */
  readonly over: boolean;
}

/** A guardrail. */
export interface GuardrailRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly input: readonly GuardrailRule[];
  readonly output: readonly GuardrailRule[];
  readonly connectionIds: readonly string[];
  readonly createdAt: Micros;
  readonly updatedAt: Micros;
}

/** What one guardrail looks for. */
export interface GuardrailRule {
  readonly type: string;
  readonly words: readonly string[];
  readonly pattern_regex: string;
}

/** A data masking rule. */
export interface MaskingRuleRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly connectionIds: readonly string[];
  readonly supportedEntityTypes: readonly MaskingEntities[];
  readonly customEntityTypes: readonly unknown[];
  readonly scoreThreshold: number | null;
  readonly updatedAt: Micros;
}

/** Entity types that are masked, under one name. */
export interface MaskingEntities {
  readonly name: string;
  readonly entity_types: readonly string[];
}

/** One line of the audit log. */
export interface AuditRow {
  readonly id: string;
  readonly actorSubject: string;
  readonly actorEmail: string;
  readonly actorName: string;
  readonly createdAt: Micros;
  readonly resourceType: string;
  readonly action: string;
  readonly httpMethod: string;
  readonly httpStatus: number;
  readonly httpPath: string;
  readonly clientIp: string;
  readonly errorMessage: string;
}

/** One-off values of a gateway. */
export interface SettingRow {
  readonly name: string;
  readonly value: string;
}

/** Every table by name. */
export interface Tables {
  readonly users: UserRow;
  readonly groups: GroupRow;
  readonly serviceAccounts: ServiceAccountRow;
  readonly apiKeys: ApiKeyRow;
  readonly agents: AgentRow;
  readonly connections: ConnectionRow;
  readonly tags: TagRow;
  readonly attributes: AttributeRow;
  readonly plugins: PluginRow;
  readonly accessLists: AccessListRow;
  readonly accessRules: AccessRuleRow;
  readonly sessions: SessionRow;
  readonly reviews: ReviewRow;
  readonly guardrails: GuardrailRow;
  readonly maskingRules: MaskingRuleRow;
  readonly audit: AuditRow;
  readonly settings: SettingRow;
}

/** The name of a table. */
export type TableName = keyof Tables;

/** What a row is found by. */
export const keyOf: { readonly [T in TableName]: (row: Tables[T]) => string } = {
  users: (row) => row.email,
  groups: (row) => row.name,
  serviceAccounts: (row) => row.subject,
  apiKeys: (row) => row.name,
  agents: (row) => row.name,
  connections: (row) => row.name,
  tags: (row) => `${row.key}=${row.value}`,
  attributes: (row) => row.name,
  plugins: (row) => row.name,
  accessLists: (row) => row.connectionId,
  accessRules: (row) => row.id,
  sessions: (row) => row.id,
  reviews: (row) => row.id,
  guardrails: (row) => row.id,
  maskingRules: (row) => row.id,
  audit: (row) => row.id,
  settings: (row) => row.name,
};

/** One change of what is stored. */
export type Change =
  | { readonly [T in TableName]: { readonly table: T; readonly put: Tables[T] } }[TableName]
  | { readonly table: TableName; readonly drop: string }
  /** The ends of these reviews were seen. */
  | { readonly over: readonly string[] };
