import { canonicalJson, digestOfText } from "../model/canonical";

/** A state for a stack, and what it leaves out. */
export interface AdoptedState {
  /** A state of Terraform (version 4 of its format), the same bytes for the same stack. */
  readonly state: string;
  /** Addresses of what Terraform only knows when it plans: grants on all tables but some. */
  readonly left: readonly string[];
}

/**
 * The state in which everything of a stack is there already, exactly as it is declared: `terraform state push` takes it where
 * there is none yet. The provider (cyrilgdn/postgresql 1.26.0) can import roles by name and nothing else: postgresql_grant,
 * postgresql_grant_role and postgresql_default_privileges have no importer (resource_postgresql_*.go). But it reads each of
 * them by its own attributes, whatever its id: so the next plan looks at the database and shows what is not there, or not so.
 * `stack` is the text of cdk.tf.json.
 */
export function adoptedState(stack: string, cluster: string): AdoptedState {
  const { resource = {} } = JSON.parse(stack) as { readonly resource?: Resources };
  const all = Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, config]) => ({ type, name, address: `${type}.${name}`, config })),
  );
  const names = new Map(
    all.flatMap(({ type, address, config }) =>
      type === "postgresql_role" ? [[address, plainText(String(config["name"]))] as const] : [],
    ),
  );
  const left: string[] = [];
  const resources = all.flatMap((one) => {
    const attributes = attributesOf(one, names);
    if (attributes === undefined) left.push(one.address);
    return attributes === undefined ? [] : [instanceOf(one, attributes)];
  });
  const document = { version: 4, terraform_version: "1.5.0", serial: 1, outputs: {}, resources, check_results: null };
  // A lineage of its own: Terraform refuses to push over a state of another one.
  const lineage = `leasehold-${digestOfText(canonicalJson([cluster, resources])).slice(0, 32)}`;
  return { state: `${JSON.stringify({ ...document, lineage }, undefined, 2)}\n`, left };
}

type Config = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Readonly<Record<string, Config>>>>;

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly config: Config;
}

function instanceOf({ type, name, config }: Declared, attributes: Config): object {
  const dependencies = [...dependsOn(config), ...referencesIn(config)];
  return {
    mode: "managed",
    type,
    name,
    provider: 'provider["registry.terraform.io/cyrilgdn/postgresql"]',
    instances: [
      { schema_version: 0, attributes, sensitive_attributes: [], dependencies: [...new Set(dependencies)].sort() },
    ],
  };
}

/** What the provider would have in its state; undefined where a value is not known before Terraform plans. */
function attributesOf({ type, address, config }: Declared, names: ReadonlyMap<string, string>): Config | undefined {
  const attributes: Record<string, unknown> = { ...defaultsOf(type) };
  for (const [name, value] of Object.entries(config)) {
    // A password is in no state, and its version is a variable that nobody has set yet.
    if (name === "//" || name === "depends_on" || name.startsWith("password_wo")) continue;
    const known = valueOf(value, names);
    if (known === undefined) return undefined;
    attributes[name] = known;
  }
  // Roles are read by id. The id of the others is made anew from their attributes with each reading.
  attributes["id"] = type === "postgresql_role" ? (names.get(address) ?? "") : `adopted_${address}`;
  return attributes;
}

/** What stands for what is not stated (`Default` in the provider's schemas). */
function defaultsOf(type: string): Config {
  if (type !== "postgresql_role") return { with_grant_option: false };
  return {
    encrypted_password: true,
    valid_until: "infinity",
    connection_limit: -1,
    superuser: false,
    create_database: false,
    create_role: false,
    inherit: true,
    login: false,
    replication: false,
    bypass_row_level_security: false,
    skip_drop_role: false,
    skip_reassign_owned: false,
  };
}

function valueOf(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return textOf(value, names);
  if (!Array.isArray(value)) return value;
  const items = value.map((item) => valueOf(item, names));
  return items.includes(undefined) ? undefined : items;
}

function textOf(text: string, names: ReadonlyMap<string, string>): string | undefined {
  const referred = reference.exec(text)?.[1];
  if (referred !== undefined) return names.get(referred);
  // A space for each escaped sign: were it left out, what stands around it could come to look like a template.
  const isTemplate = /[$%]\{/.test(text.replace(escaped, " "));
  return isTemplate ? undefined : plainText(text);
}

const reference = /^\$\{(postgresql_role\.[A-Za-z0-9_-]+)\.name\}$/;
const escaped = /([$%])\1\{/g;

/** What a text of Terraform's JSON means where it is no template: see text.ts. */
function plainText(text: string): string {
  return text.replace(escaped, "$1{");
}

function dependsOn({ depends_on: list }: Config): readonly string[] {
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === "string") : [];
}

function referencesIn(config: Config): readonly string[] {
  const texts = Object.values(config).flat();
  return texts.flatMap((one) => (typeof one === "string" ? (reference.exec(one)?.[1] ?? []) : []));
}
