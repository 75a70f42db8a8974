import { saying, type Cluster } from "../postgres/cluster";
import { quoted } from "../postgres/quote";
import { text, type ResourceKind } from "../protocol/kind";
import type { ObjectValue } from "../wire/value";

/** `postgresql_grant_role` (resource_postgresql_grant_role.go of 1.26.0). */
export const grantRole: ResourceKind = {
  defaults: { with_admin_option: false },
  forceNew: ["role", "grant_role", "with_admin_option"],
  async create(cluster, planned) {
    const [role, granted] = [quoted(text(planned, "role")), quoted(text(planned, "grant_role"))];
    const option = planned["with_admin_option"] === true ? " WITH ADMIN OPTION" : "";
    await cluster.transaction("", async (transaction) => {
      await saying("could not execute revoke query", () => transaction.run(`REVOKE ${granted} FROM ${role}`));
      await saying("could not execute grant query", () => transaction.run(`GRANT ${granted} TO ${role}${option}`));
    });
    return (await readGrantRole(cluster, planned)) ?? planned;
  },
  read: readGrantRole,
  update: (_, { planned }) => Promise.resolve(planned),
  async remove(cluster, prior) {
    const [role, granted] = [quoted(text(prior, "role")), quoted(text(prior, "grant_role"))];
    await cluster.transaction("", (transaction) =>
      saying("could not execute revoke query", () => transaction.run(`REVOKE ${granted} FROM ${role}`)),
    );
  },
};

async function readGrantRole(cluster: Cluster, state: ObjectValue): Promise<ObjectValue | undefined> {
  const [role, granted] = [text(state, "role"), text(state, "grant_role")];
  const [found] = await cluster.transaction("", (transaction) =>
    transaction.rows<{ admin: boolean }>(
      `SELECT admin_option AS admin FROM pg_auth_members
       WHERE pg_get_userbyid(member) = $1 AND pg_get_userbyid(roleid) = $2`,
      [role, granted],
    ),
  );
  if (found === undefined) return undefined;
  return { ...state, with_admin_option: found.admin, id: [role, granted, found.admin].join("_") };
}
