import { saying, type Cluster, type Transaction } from "../postgres/cluster";
import { literal, quoted } from "../postgres/quote";
import { asMemberOf, lockRole } from "../postgres/roles";
import { isSameSet, text, texts, type ResourceKind } from "../protocol/kind";
import { unknown, type ObjectValue } from "../wire/value";

/** `postgresql_role` (resource_postgresql_role.go of 1.26.0). */
export const role: ResourceKind = {
  defaults: {
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
  },
  forceNew: [],
  // The only one of the four that has an `Importer`: `schema.ImportStatePassthroughContext`, resource_postgresql_role.go:53.
  importer: "byId",
  problems(config) {
    const isGiven = (name: string): boolean => config[name] !== null && config[name] !== undefined;
    const isMissing = (name: string): boolean => config[name] !== unknown && !isGiven(name);
    const pairs = [
      ["password_wo", "password_wo_version"],
      ["password_wo_version", "password_wo"],
    ] as const;
    return [
      ...pairs
        .filter(([one, other]) => isGiven(one) && config[one] !== unknown && isMissing(other))
        .map(([one, other]) => `"${one}": all of \`${one},${other}\` must be specified`),
      ...(isGiven("password") && (isGiven("password_wo") || isGiven("password_wo_version"))
        ? ['"password": conflicts with password_wo']
        : []),
    ];
  },
  async create(cluster, planned, config) {
    const name = text(planned, "name");
    await cluster.transaction("", async (transaction) => {
      const options = [
        ...passwordOption(planned, config),
        validUntil(planned),
        connectionLimit(planned),
        ...flags(planned),
      ];
      await saying(`error creating role ${name}`, () =>
        transaction.run(`CREATE ROLE ${quoted(name)} WITH ${options.join(" ")}`),
      );
      await grantRoles(transaction, planned);
      await setSettings(transaction, undefined, planned);
    });
    return (await readRole(cluster, { ...planned, id: name })) ?? planned;
  },
  read: readRole,
  async update(cluster, { prior, planned, config }) {
    const [before, name] = [text(prior, "name"), text(planned, "name")];
    await cluster.transaction("", async (transaction) => {
      await lockRole(transaction, before);
      if (before !== name) await transaction.run(`ALTER ROLE ${quoted(before)} RENAME TO ${quoted(name)}`);
      const isNewPassword =
        text(config, "password_wo") === ""
          ? prior["password"] !== planned["password"]
          : prior["password_wo_version"] !== planned["password_wo_version"];
      const options = [
        ...(isNewPassword ? passwordOption(planned, config) : []),
        ...(prior["valid_until"] === planned["valid_until"] ? [] : [validUntil(planned)]),
        ...(prior["connection_limit"] === planned["connection_limit"] ? [] : [connectionLimit(planned)]),
        ...flags(planned).filter((flag) => !flags(prior).includes(flag)),
      ];
      for (const option of options) {
        await saying(`error updating role ${option.split(" ")[0]}`, () =>
          transaction.run(`ALTER ROLE ${quoted(name)} WITH ${option}`),
        );
      }
      for (const granted of await rolesOf(transaction, name)) {
        await saying(`could not revoke role ${granted} from ${name}`, () =>
          transaction.run(`REVOKE ${quoted(granted)} FROM ${quoted(name)}`),
        );
      }
      await grantRoles(transaction, planned);
      await setSettings(transaction, prior, planned);
    });
    return (await readRole(cluster, { ...planned, id: name })) ?? planned;
  },
  async remove(cluster, prior) {
    const name = text(prior, "name");
    await cluster.transaction("", async (transaction) => {
      await lockRole(transaction, name);
      if (prior["skip_reassign_owned"] !== true) {
        await asMemberOf(transaction, [name], async () => {
          await saying(`could not reassign owned by role ${name} to ${cluster.user}`, () =>
            transaction.run(`REASSIGN OWNED BY ${quoted(name)} TO ${quoted(cluster.user)}`),
          );
          await saying(`could not drop owned by role ${name}`, () => transaction.run(`DROP OWNED BY ${quoted(name)}`));
        });
      }
      if (prior["skip_drop_role"] === true) return;
      await saying(`could not delete role ${name}`, () => transaction.run(`DROP ROLE ${quoted(name)}`));
    });
  },
};

const flagNames = [
  ["superuser", "SUPERUSER"],
  ["create_database", "CREATEDB"],
  ["create_role", "CREATEROLE"],
  ["inherit", "INHERIT"],
  ["login", "LOGIN"],
  ["bypass_row_level_security", "BYPASSRLS"],
  ["replication", "REPLICATION"],
] as const;

function flags(state: ObjectValue): readonly string[] {
  return flagNames.map(([name, word]) => (state[name] === true ? word : `NO${word}`));
}

function validUntil(state: ObjectValue): string {
  const until = text(state, "valid_until");
  return `VALID UNTIL ${literal(until === "" || until.toLowerCase() === "infinity" ? "infinity" : until)}`;
}

function connectionLimit(state: ObjectValue): string {
  return `CONNECTION LIMIT ${Number(state["connection_limit"] ?? -1)}`;
}

function passwordOption(planned: ObjectValue, config: ObjectValue): readonly string[] {
  const password = text(planned, "password") || text(config, "password_wo");
  if (password === "") return [];
  return [password.toUpperCase() === "NULL" ? "PASSWORD NULL" : `ENCRYPTED PASSWORD ${literal(password)}`];
}

async function grantRoles(transaction: Transaction, planned: ObjectValue): Promise<void> {
  const name = text(planned, "name");
  for (const granted of texts(planned, "roles")) {
    await saying(`could not grant role ${granted} to ${name}`, () =>
      transaction.run(`GRANT ${quoted(granted)} TO ${quoted(name)}`),
    );
  }
}

async function rolesOf(transaction: Transaction, name: string): Promise<readonly string[]> {
  const rows = await transaction.rows<{ name: string }>(
    `SELECT DISTINCT pg_get_userbyid(roleid) AS name FROM pg_auth_members JOIN pg_roles ON member = pg_roles.oid WHERE rolname = $1`,
    [name],
  );
  return rows.map((row) => row.name);
}

/** What is kept as settings of the role; the search path is written each time, as the real provider does. */
async function setSettings(
  transaction: Transaction,
  prior: ObjectValue | undefined,
  planned: ObjectValue,
): Promise<void> {
  const name = quoted(text(planned, "name"));
  const path = texts(planned, "search_path");
  const wanted = path.length === 0 ? "DEFAULT" : path.map(quoted).join(", ");
  await transaction.run(`ALTER ROLE ${name} SET search_path TO ${wanted}`);
  for (const setting of ["statement_timeout", "idle_in_transaction_session_timeout"] as const) {
    const [before, after] = [Number(prior?.[setting] ?? 0), Number(planned[setting] ?? 0)];
    if (before === after) continue;
    await transaction.run(
      after === 0 ? `ALTER ROLE ${name} RESET ${setting}` : `ALTER ROLE ${name} SET ${setting} TO ${after}`,
    );
  }
  const assumed = text(planned, "assume_role");
  if (text(prior ?? {}, "assume_role") === assumed) return;
  await transaction.run(
    assumed === "" ? `ALTER ROLE ${name} RESET ROLE` : `ALTER ROLE ${name} SET ROLE TO ${quoted(assumed)}`,
  );
}

/** As it is now. Whom the role is a member of is read too; who is a member of the role is not looked at. */
async function readRole(cluster: Cluster, state: ObjectValue): Promise<ObjectValue | undefined> {
  const id = text(state, "id");
  return cluster.transaction("", async (transaction) => {
    const [found] = await transaction.rows<ObjectValue & { readonly config: readonly string[] }>(
      `SELECT rolname AS name, rolsuper AS superuser, rolinherit AS inherit, rolcreaterole AS create_role,
         rolcreatedb AS create_database, rolcanlogin AS login, rolconnlimit AS connection_limit,
         COALESCE(rolvaliduntil::text, 'infinity') AS valid_until, rolreplication AS replication,
         rolbypassrls AS bypass_row_level_security, COALESCE(rolconfig, '{}') AS config
       FROM pg_roles WHERE rolname = $1`,
      [id],
    );
    if (found === undefined) return undefined;
    const { config, ...columns } = found;
    const roles = await rolesOf(transaction, id);
    const before = texts(state, "roles");
    return {
      ...state,
      ...columns,
      id,
      encrypted_password: true,
      skip_drop_role: state["skip_drop_role"] === true,
      skip_reassign_owned: state["skip_reassign_owned"] === true,
      roles: isSameSet(roles, before) ? before : roles,
      ...settingsOf(config),
    };
  });
}

function settingsOf(config: readonly string[]): ObjectValue {
  const settings = new Map(config.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]));
  const path = settings.get("search_path");
  return {
    search_path: path === undefined ? [] : path.split(", ").map((one) => one.replace(/^"|"$/g, "")),
    statement_timeout: Number(settings.get("statement_timeout") ?? 0),
    idle_in_transaction_session_timeout: Number(settings.get("idle_in_transaction_session_timeout") ?? 0),
    assume_role: settings.get("role") ?? "",
  };
}
