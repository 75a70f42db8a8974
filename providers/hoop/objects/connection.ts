/** Connections between normal form and hoop's: sections 3 and 10 of gateway/hoop-api.md. */
import { digestOf } from "../../../lib/model/canonical";
import { gateName, type ConnectionObject } from "../../../lib/model/gateway-object";
import type { ResourceKind } from "../../../lib/model/resource";
import type { ConnectionItem } from "../client/connections";
import type { Fields } from "../client/shape";
import type { Dialect } from "../dialect";
import { hoopTypeOf, tryKindOf } from "./kinds";
import { installationTag } from "./mark";
import { isWayInTag, readWayIn, type StoredWayIn } from "./way-in";

/** What a Connection is read and written with besides itself. */
export interface ConnectionContext {
  readonly dialect: Dialect;
  /** Names of agents by id. */
  readonly agents: ReadonlyMap<string, string>;
  /** The agent of Connections that name none; its name is then left out of the normal form. */
  readonly defaultAgent: string | undefined;
  /** Names of our safeguards by the id of the Connection that they are on. */
  readonly guardrailsOn: ReadonlyMap<string, readonly string[]>;
  readonly maskingRulesOn: ReadonlyMap<string, readonly string[]>;
}

/** The parts of a body that the caller has looked up. */
export interface ConnectionParts {
  readonly installation: string;
  readonly agentId: string;
  readonly stored: StoredWayIn;
  /** `envvar:KEY` to base64: everything that `secret` is to hold. */
  readonly secret: Readonly<Record<string, string>>;
  readonly guardrailIds: readonly string[];
}

/**
 * The body of a Connection: as read, changed. `reviewers` is the second lock: with it the Connection
 * is closed even while the gate does not name it; a PUT that forgets it would open it.
 */
export function connectionBody(
  value: ConnectionObject,
  parts: ConnectionParts,
  before: ConnectionItem | undefined,
): Fields {
  const isDefault = value.command.length === 0 && before !== undefined && isFilledIn(before);
  return {
    ...before?.raw,
    name: value.name,
    resource_name: value.resource,
    ...hoopTypeOf(value.resourceKind),
    agent_id: parts.agentId,
    command: isDefault ? [...before.command] : [...value.command],
    secret: { ...parts.secret },
    access_mode_connect: "enabled",
    access_mode_exec: "disabled",
    access_mode_runbooks: "disabled",
    access_schema: "disabled",
    reviewers: [gateName],
    force_approve_groups: [],
    min_review_approvals: null,
    access_max_duration: null,
    mandatory_metadata_fields: [],
    guardrail_rules: [...parts.guardrailIds],
    connection_tags: {
      ...foreignTags(before?.tags ?? {}),
      ...parts.stored.tags,
      [installationTag]: parts.installation,
      ...(isDefault ? { [commandTag]: commandDigest(before.command) } : {}),
    },
  };
}

/** A Connection in normal form; of one that is not ours the list's view is enough. */
export function connectionOf(item: ConnectionItem, context: ConnectionContext): ConnectionObject {
  const kind: ResourceKind = tryKindOf(item) ?? "tcp";
  const agent = context.agents.get(item.agentId) ?? item.agentId;
  return {
    kind: "connection",
    name: item.name,
    resource: item.resource,
    resourceKind: kind,
    ...readWayIn(item, kind, context.dialect.storesSecrets),
    command: isFilledIn(item) ? [] : item.command,
    ...(agent === context.defaultAgent ? {} : { agent }),
    guardrails: (context.guardrailsOn.get(item.id) ?? []).toSorted(),
    maskingRules: (context.maskingRulesOn.get(item.id) ?? []).toSorted(),
  };
}

/** Why a Connection of ours has to be written again though its value is as declared. */
export function connectionFlaw(item: ConnectionItem): string | undefined {
  const isLocked = item.reviewers.length === 1 && item.reviewers[0] === gateName;
  const flaws = [
    ...(isLocked ? [] : ["its second lock is off"]),
    ...(item.forcing.length === 0 ? [] : ["somebody may force an approval"]),
    ...(item.isMoreEnabled ? ["more than connect is switched on"] : []),
    ...(item.isConnectEnabled ? [] : ["connect is switched off"]),
    ...(item.mandatoryMetadata.length === 0 ? [] : ["it asks for metadata that no lease has"]),
    ...(tryKindOf(item) === undefined ? ["its type is not one of ours"] : []),
  ];
  return flaws.length === 0 ? undefined : flaws.join(", ");
}

/**
 * The tag to add when the gateway has filled in a command of its own; undefined when nothing is to
 * add. With it the command counts as none, as long as it stays what it was.
 */
export function filledInTag(
  value: ConnectionObject,
  after: ConnectionItem,
): Readonly<Record<string, string>> | undefined {
  if (value.command.length > 0 || after.command.length === 0 || isFilledIn(after)) return undefined;
  return { [commandTag]: commandDigest(after.command) };
}

const commandTag = "leasehold-command";

function isFilledIn(item: ConnectionItem): boolean {
  return item.command.length > 0 && item.tags[commandTag] === commandDigest(item.command);
}

function commandDigest(command: readonly string[]): string {
  return digestOf(command).slice(0, 32);
}

function foreignTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const foreign = Object.entries(tags).filter(([tag]) => tag !== commandTag && !isWayInTag(tag));
  return Object.fromEntries(foreign);
}
