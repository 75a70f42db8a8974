import type { Construct } from "constructs";
import { connectionId, gatewayNamePattern, type ConnectionId } from "../model/names";
import type { LevelPrivileges } from "../model/privileges";
import type { SecretRef } from "../model/resource";
import { Declaration } from "./declaration";
import { Guardrail } from "./guardrail";
import { MaskingRule } from "./masking-rule";
import { checkItems, checkLine, checkName, misuse } from "./misuse";
import { PostgresqlLevel } from "./postgresql-level";
import { connectionNamed, type IConnection } from "./reference";
import { Secret } from "./secret";

/** What a Connection is made with. */
export interface ConnectionProps {
  /**
   * The name at the gateway: 3 to 254 letters, digits, `_`, `.`, `-`.
   * @default - `<resource>-<level>`
   */
  readonly gatewayName?: string;
  /**
   * How the gateway logs in, by the gateway's names: plain texts, and Secrets by reference.
   * @default - none
   */
  readonly credentials?: Readonly<Record<string, string | Secret>>;
  /**
   * Other plain settings of the way in, e.g. `database` or `sslmode`.
   * @default - none
   */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * The command that the gateway's agent runs, where the kind needs one.
   * @default - the gateway's own for the kind
   */
  readonly command?: readonly string[];
  /**
   * What the gateway blocks here.
   * @default - nothing
   */
  readonly guardrails?: readonly Guardrail[];
  /**
   * What the gateway masks here.
   * @default - nothing
   */
  readonly maskingRules?: readonly MaskingRule[];
  /**
   * What the level carries in a PostgreSQL database: the role that `leasehold synth --terraform` declares, and that direct
   * leases are members of.
   * @default - not said: whoever set the database up knows
   */
  readonly privileges?: PostgresqlLevel;
  /**
   * Take over a connection of this name that somebody else made; shown in the plan.
   * @default false
   */
  readonly adopt?: boolean;
}

/** One way into a Resource at one level of privilege; made by `Resource.connection`. */
export class Connection extends Declaration implements IConnection {
  readonly connectionId: ConnectionId;
  readonly resourceName: string;
  readonly level: string;
  readonly gatewayName: string;
  /** Settings and plain credentials together. */
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretRef>>;
  readonly command: readonly string[];
  readonly guardrails: readonly Guardrail[];
  readonly maskingRules: readonly MaskingRule[];
  readonly privileges: LevelPrivileges | undefined;
  readonly adopt: boolean;

  /** Use `Resource.connection`. */
  constructor(resource: Construct & { readonly resourceName: string }, level: string, props: ConnectionProps = {}) {
    super(resource, checkName(`a level of resource \`${resource.resourceName}\``, level));
    const id = connectionId(resource.resourceName, level);
    const { credentials = {}, settings = {}, command = [], guardrails = [], maskingRules = [] } = props;
    const gatewayName = props.gatewayName ?? `${resource.resourceName}-${level}`;
    if (!namePattern.test(gatewayName)) {
      throw misuse(`\`gatewayName\` of connection \`${id}\``, "3 to 254 letters, digits, `_`, `.`, `-`", gatewayName);
    }
    checkItems(`\`guardrails\` of connection \`${id}\``, guardrails, "Guardrails", (one) => one instanceof Guardrail);
    checkItems(
      `\`maskingRules\` of connection \`${id}\``,
      maskingRules,
      "MaskingRules",
      (one) => one instanceof MaskingRule,
    );
    this.connectionId = id;
    this.resourceName = resource.resourceName;
    this.level = level;
    this.gatewayName = gatewayName;
    this.settings = plainSettings(id, settings, credentials);
    this.secrets = secretRefs(credentials);
    this.command = command.map((word) => checkLine(`\`command\` of connection \`${id}\``, word, 1000));
    this.guardrails = [...guardrails];
    this.maskingRules = [...maskingRules];
    this.privileges = privilegesOf(resource.resourceName, level, props.privileges);
    this.adopt = props.adopt ?? false;
  }

  /** A Connection by id (`orders-db/read`), for use before or away from its declaration. */
  static named(id: string): IConnection {
    return connectionNamed(id);
  }
}

function privilegesOf(
  resource: string,
  level: string,
  privileges: PostgresqlLevel | undefined,
): LevelPrivileges | undefined {
  if (privileges === undefined || privileges instanceof PostgresqlLevel) return privileges?.entryFor(resource, level);
  throw misuse(
    `\`privileges\` of connection \`${connectionId(resource, level)}\``,
    "made by PostgresqlLevel.read, write, migrate, admin or custom",
    privileges,
  );
}

const namePattern = new RegExp(gatewayNamePattern);
const settingName = /^[A-Za-z_][A-Za-z0-9_.-]{0,62}$/;

function plainSettings(
  id: ConnectionId,
  settings: Readonly<Record<string, string>>,
  credentials: Readonly<Record<string, string | Secret>>,
): Readonly<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(settings), ...Object.entries(credentials)]) {
    const what = `setting \`${name}\` of connection \`${id}\``;
    if (!settingName.test(name)) throw misuse(`the name of a setting of connection \`${id}\``, "a plain name", name);
    if (Object.hasOwn(all, name)) throw misuse(what, "in `settings` or in `credentials`, not in both", name);
    if (value instanceof Secret) continue;
    if (secretNames.test(name)) {
      // The value is not quoted: it may be the secret itself.
      throw misuse(what, "a Secret, never its value", `${String(value).length} characters`, "use Secret.fromEnv(…)");
    }
    all[name] = checkLine(what, value, 1000);
  }
  return all;
}

const secretNames = /pass|secret|token|private.?key/i;

function secretRefs(credentials: Readonly<Record<string, string | Secret>>): Readonly<Record<string, SecretRef>> {
  const secrets = Object.entries(credentials).flatMap(([name, value]) =>
    value instanceof Secret ? [[name, value.ref] as const] : [],
  );
  return Object.fromEntries(secrets);
}
