/** What a body says about a connection, checked as hoop checks it. */
import { isUuid } from "../chance";
import type { Gateway } from "../gateway";
import { isAddress } from "../proxy/address";
import type { ConnectionRow } from "../store/rows";
import { type Decoded, decode } from "./decode";
import { refuse, refuseMistake } from "./reply";
import { notUuid } from "./reviews";
import { checkName, isPlain } from "./values";

const optional = {
  resource_name: { kind: "string", go: "ResourceName" },
  subtype: { kind: "string", go: "SubType" },
  command: { kind: "strings", go: "Command" },
  secret: { kind: "map", go: "Secrets" },
  reviewers: { kind: "strings", go: "Reviewers" },
  redact_types: { kind: "strings", go: "RedactTypes" },
  connection_tags: { kind: "map", go: "ConnectionTags" },
  force_approve_groups: { kind: "strings", go: "ForceApproveGroups" },
  access_max_duration: { kind: "int64", go: "AccessMaxDuration" },
  min_review_approvals: { kind: "int64", go: "MinReviewApprovals" },
  mandatory_metadata_fields: { kind: "strings", go: "MandatoryMetadataFields" },
  attributes: { kind: "strings", go: "Attributes" },
  guardrail_rules: { kind: "strings", go: "GuardRailRules" },
} as const;

const shape = {
  go: "Connection",
  fields: {
    name: { kind: "string", go: "Name", required: true },
    type: { kind: "string", go: "Type", required: true },
    agent_id: { kind: "string", go: "AgentId", required: true },
    access_mode_runbooks: { kind: "string", go: "AccessModeRunbooks", required: true },
    access_mode_exec: { kind: "string", go: "AccessModeExec", required: true },
    access_mode_connect: { kind: "string", go: "AccessModeConnect", required: true },
    access_schema: { kind: "string", go: "AccessSchema", required: true },
    ...optional,
  },
} as const;

const patchShape = {
  go: "ConnectionPatch",
  fields: {
    type: { kind: "string", go: "Type" },
    agent_id: { kind: "string", go: "AgentId" },
    access_mode_runbooks: { kind: "string", go: "AccessModeRunbooks" },
    access_mode_exec: { kind: "string", go: "AccessModeExec" },
    access_mode_connect: { kind: "string", go: "AccessModeConnect" },
    access_schema: { kind: "string", go: "AccessSchema" },
    ...optional,
  },
} as const;

type Fields = Partial<Decoded<typeof shape>>;

/** The connection that a POST or PUT body describes; `before` is what a PUT replaces. The id is the caller's business. */
export function readConnection(gateway: Gateway, body: string, before: ConnectionRow | undefined): ConnectionRow {
  const fields: Fields = decode(shape, body);
  const name = before?.name ?? checkName(fields.name ?? "");
  const base = before === undefined || gateway.behaviour.putWipes ? blank(gateway, name, before) : before;
  return merge(gateway, base, fields, before);
}

/** The connection after a PATCH. */
export function readPatch(gateway: Gateway, body: string, before: ConnectionRow): ConnectionRow {
  const fields: Fields = decode(patchShape, body);
  if (!gateway.behaviour.patchIgnores) return merge(gateway, before, fields, before);
  const ignored = ["access_max_duration", "force_approve_groups", "min_review_approvals", "resource_name"];
  const taken = Object.fromEntries(Object.entries(fields).filter(([key]) => !ignored.includes(key)));
  return merge(gateway, before, taken, before);
}

function blank(gateway: Gateway, name: string, before: ConnectionRow | undefined): ConnectionRow {
  return {
    id: before?.id ?? "",
    name,
    resourceName: name,
    type: "custom",
    subtype: "",
    agentId: "",
    command: [],
    secret: {},
    secretsUpdatedAt: before?.secretsUpdatedAt ?? gateway.time.stamp(),
    accessModeConnect: "disabled",
    accessModeExec: "disabled",
    accessModeRunbooks: "disabled",
    accessSchema: "disabled",
    reviewers: [],
    redactTypes: [],
    tags: {},
    forceApproveGroups: null,
    accessMaxDuration: null,
    minReviewApprovals: null,
    mandatoryMetadataFields: [],
    attributes: [],
  };
}

function merge(
  gateway: Gateway,
  base: ConnectionRow,
  fields: Fields,
  before: ConnectionRow | undefined,
): ConnectionRow {
  const secret =
    fields.secret === undefined || fields.secret === null ? base.secret : readSecret(gateway, fields.secret);
  const isRenewed = before !== undefined && (hasSecrets(gateway, fields) || !isSame(before.secret, secret));
  const row: ConnectionRow = {
    ...base,
    resourceName: fields.resource_name || base.resourceName,
    type: fields.type ?? base.type,
    subtype: fields.subtype ?? base.subtype,
    agentId: fields.agent_id ?? base.agentId,
    command: fields.command ?? base.command,
    secret,
    secretsUpdatedAt: isRenewed ? gateway.time.stamp() : base.secretsUpdatedAt,
    accessModeConnect: fields.access_mode_connect ?? base.accessModeConnect,
    accessModeExec: fields.access_mode_exec ?? base.accessModeExec,
    accessModeRunbooks: fields.access_mode_runbooks ?? base.accessModeRunbooks,
    accessSchema: fields.access_schema ?? base.accessSchema,
    reviewers: fields.reviewers ?? base.reviewers,
    redactTypes: fields.redact_types ?? base.redactTypes,
    tags: readTags(fields.connection_tags) ?? base.tags,
    // Null is a value here: it takes a limit away. Absent leaves what the base has.
    forceApproveGroups:
      fields.force_approve_groups === undefined ? base.forceApproveGroups : fields.force_approve_groups,
    accessMaxDuration: fields.access_max_duration === undefined ? base.accessMaxDuration : fields.access_max_duration,
    minReviewApprovals:
      fields.min_review_approvals === undefined ? base.minReviewApprovals : fields.min_review_approvals,
    mandatoryMetadataFields: fields.mandatory_metadata_fields ?? base.mandatoryMetadataFields,
    attributes: fields.attributes ?? base.attributes,
  };
  check(gateway, row);
  return { ...row, command: row.command.length === 0 ? defaultCommand(gateway, row) : row.command };
}

/** Without secrets stored, every write that brings one counts as new: it cannot be compared. */
function hasSecrets(gateway: Gateway, fields: Fields): boolean {
  if (gateway.behaviour.secretsAreStored) return false;
  return Object.entries(fields.secret ?? {}).some(
    ([key, value]) => typeof value === "string" && value !== "" && !isAddress(key, value),
  );
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** Where secrets are not stored only addresses keep their value; of the rest the name stays. */
function readSecret(gateway: Gateway, given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const entries = Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length > 100) refuse(422, "secret: too many keys");
  return Object.fromEntries(
    entries.map(([key, value]): [string, string] => {
      if (typeof value !== "string" || !isPlain(key))
        refuse(400, "json: cannot unmarshal into Go struct field Connection.secret of type string");
      return [key, gateway.behaviour.secretsAreStored || isAddress(key, value) ? value : ""];
    }),
  );
}

function readTags(
  tags: Readonly<Record<string, unknown>> | null | undefined,
): Readonly<Record<string, string>> | undefined {
  if (tags === null || tags === undefined) return undefined;
  const entries = Object.entries(tags);
  if (entries.length > 10) refuse(422, "max tag association reached (10)");
  return Object.fromEntries(
    entries.map(([key, value]): [string, string] => {
      if (typeof value === "string" && isPlain(key) && isPlain(value)) return [key, value];
      return refuse(422, "connection_tags: a tag is too long, empty or not text");
    }),
  );
}

const types = ["database", "application", "custom"];
const failed = "failed creating connection: failed saving connections, reason=";

function check(gateway: Gateway, row: ConnectionRow): void {
  const { behaviour } = gateway;
  const texts = [row.resourceName, row.subtype, ...row.reviewers, ...row.attributes, ...row.mandatoryMetadataFields];
  if (!texts.every((text) => isPlain(text))) refuse(422, "a name is too long or has control characters");
  if (row.minReviewApprovals !== null && row.minReviewApprovals < 1)
    refuse(422, "min review approvals must be greater than 0 or null");
  const wrongEnum = (name: string, value: string): never =>
    refuseMistake(
      behaviour,
      422,
      `${failed}ERROR: invalid input value for enum private.${name}: "${value}" (SQLSTATE 22P02)`,
    );
  if (!types.includes(row.type)) wrongEnum("enum_connection_type", row.type);
  const modes = [row.accessModeRunbooks, row.accessModeExec, row.accessModeConnect, row.accessSchema];
  for (const mode of modes) if (mode !== "enabled" && mode !== "disabled") wrongEnum("enum_access_status", mode);
  if (!isUuid(row.agentId)) refuseMistake(behaviour, 422, `${failed}${notUuid(row.agentId)}`);
  if (!behaviour.unknownAgentsAreTaken && !hasAgent(gateway, row.agentId))
    refuse(422, `agent ${row.agentId} not found`);
}

function hasAgent(gateway: Gateway, id: string): boolean {
  for (const agent of gateway.store.view.table("agents").all()) if (agent.id === id) return true;
  return false;
}

/** For subtypes it knows hoop fills in a command; this one was recorded. */
function defaultCommand(gateway: Gateway, row: ConnectionRow): readonly string[] {
  if (!gateway.behaviour.answersForWhatIsLacking || row.subtype !== "postgres") return [];
  const options = ["-v", "ON_ERROR_STOP=1", "-A", "-F\t", "-P", "pager=off"];
  return ["psql", ...options, "-h", "$HOST", "-U", "$USER", "--port=$PORT", "$DB"];
}
