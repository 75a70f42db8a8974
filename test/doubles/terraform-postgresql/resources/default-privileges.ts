import { saying, type Cluster, type Transaction } from "../postgres/cluster";
import { quoted } from "../postgres/quote";
import { asMemberOf, lockRole, roleOid } from "../postgres/roles";
import { isSameSet, text, texts, type ResourceKind } from "../protocol/kind";
import type { ObjectValue } from "../wire/value";
import { isThere } from "./grant";

/** `postgresql_default_privileges` (resource_postgresql_default_privileges.go of 1.26.0). */
export const defaultPrivileges: ResourceKind = {
  defaults: { with_grant_option: false },
  forceNew: ["role", "database", "owner", "schema", "object_type", "with_grant_option"],
  async create(cluster, planned) {
    await inTransaction(cluster, planned, async (transaction) => {
      await revoke(transaction, planned);
      const privileges = texts(planned, "privileges");
      if (privileges.length === 0) return;
      const option = planned["with_grant_option"] === true ? " WITH GRANT OPTION" : "";
      await saying("could not alter default privileges", () =>
        transaction.run(
          `${alter(planned)} GRANT ${privileges.join(",")} ON ${objects(planned)} TO ${quoted(text(planned, "role"))}${option}`,
        ),
      );
    });
    return (await readDefaults(cluster, planned)) ?? planned;
  },
  async read(cluster, state) {
    return (await isThere(cluster, state)) ? readDefaults(cluster, state) : undefined;
  },
  update: (cluster, { planned, config }) => defaultPrivileges.create(cluster, planned, config),
  async remove(cluster, prior) {
    await inTransaction(cluster, prior, (transaction) => revoke(transaction, prior));
  },
};

async function inTransaction(
  cluster: Cluster,
  state: ObjectValue,
  body: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  const owner = text(state, "owner");
  await cluster.transaction(text(state, "database"), async (transaction) => {
    await lockRole(transaction, owner);
    await asMemberOf(transaction, [owner], () => body(transaction));
  });
}

async function revoke(transaction: Transaction, state: ObjectValue): Promise<void> {
  await saying("could not revoke default privileges", () =>
    transaction.run(`${alter(state)} REVOKE ALL ON ${objects(state)} FROM ${quoted(text(state, "role"))}`),
  );
}

function alter(state: ObjectValue): string {
  const schema = text(state, "schema");
  const where = schema === "" ? "" : ` IN SCHEMA ${quoted(schema)}`;
  return `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoted(text(state, "owner"))}${where}`;
}

function objects(state: ObjectValue): string {
  return `${text(state, "object_type").toUpperCase()}S`;
}

const codes: Readonly<Record<string, string>> = {
  table: "r",
  sequence: "S",
  function: "f",
  routine: "f",
  type: "T",
  schema: "n",
};

/** No default at all counts as gone, unless none was asked for. */
async function readDefaults(cluster: Cluster, state: ObjectValue): Promise<ObjectValue | undefined> {
  const [role, owner, schema, type] = ["role", "owner", "schema", "object_type"].map((name) => text(state, name));
  const wanted = texts(state, "privileges");
  const privileges = await cluster.transaction(text(state, "database"), async (transaction) => {
    await lockRole(transaction, owner ?? "");
    const rows = await transaction.rows<{ privilege: string }>(
      `SELECT DISTINCT p.privilege_type AS privilege FROM pg_default_acl d
       LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace CROSS JOIN LATERAL aclexplode(d.defaclacl) p
       WHERE d.defaclobjtype = $3 AND p.grantee = $1 AND COALESCE(n.nspname, '') = $2 AND pg_get_userbyid(p.grantor) = $4`,
      [await roleOid(transaction, role ?? ""), schema, codes[type ?? ""] ?? "", owner],
    );
    return rows.map((row) => row.privilege);
  });
  if (privileges.length === 0 && wanted.length > 0) return undefined;
  const id = [role, text(state, "database"), schema === "" ? "noschema" : schema, owner, type].join("_");
  return { ...state, id, privileges: isSameSet(privileges, wanted) ? wanted : privileges };
}
