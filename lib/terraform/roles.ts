import { Role } from "@cdktf/provider-postgresql/lib/role";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { digestOfText } from "../model/canonical";
import { childOf } from "./child";
import type { ClusterLevel } from "./clusters";
import { terraformText, terraformTexts } from "./text";

/** A level and what stands for it in the stack. */
export interface LevelRole {
  readonly level: ClusterLevel;
  /** What everything of the level is declared under. */
  readonly scope: Construct;
  readonly role: Role;
}

/**
 * The role of a level. `roles` is stated also where it is empty: the provider reads it back, so that a role which somebody
 * made the level a member of shows as drift. Members of the level, such as lease roles, do not show, and are not touched.
 */
export function addLevelRole(stack: TerraformStack, level: ClusterLevel): LevelRole {
  const { role, memberOf } = level.privileges;
  const levels = childOf(stack, "levels");
  const scope = new Construct(childOf(levels, level.resource), level.level);
  return {
    level,
    scope,
    role: new Role(scope, "role", {
      name: terraformText(role),
      login: false,
      roles: terraformTexts(memberOf),
    }),
  };
}

/**
 * The roles that gateways log in as. No password is in any file or state: `password_wo` takes one from an ephemeral variable
 * where it is given, else it is set by hand.
 */
export function addServiceRoles(stack: TerraformStack, levels: readonly LevelRole[]): void {
  const byName = new Map<string, LevelRole[]>();
  for (const one of levels) {
    const { serviceRole } = one.level.privileges;
    if (serviceRole !== undefined) byName.set(serviceRole, [...(byName.get(serviceRole) ?? []), one]);
  }
  const scope = new Construct(stack, "service-roles");
  for (const [name, members] of [...byName].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = terraformText(name);
    const under = childOf(scope, name);
    const password = variable(under, "password", name, {
      type: "string",
      nullable: true,
      sensitive: true,
      description: `A new password of ${text}; never in the state. Give the version a new value with it`,
    });
    password.addOverride("default", null);
    password.addOverride("ephemeral", true);
    const version = variable(under, "password_version", name, {
      type: "string",
      nullable: true,
      description: `Any text; ${text} gets the password anew when it changes`,
    });
    version.addOverride("default", null);
    new Role(under, "role", {
      name: text,
      login: true,
      roles: members.map(({ role }) => role.name),
      passwordWo: password.stringValue,
      passwordWoVersion: version.stringValue,
    });
  }
}

/** Named so that it can be given as an environment variable, `TF_VAR_password_<role>`. */
function variable(
  scope: Construct,
  what: string,
  role: string,
  config: ConstructorParameters<typeof TerraformVariable>[2],
): TerraformVariable {
  const made = new TerraformVariable(scope, what, config);
  const plain = role.replace(/[^A-Za-z0-9_]/g, "_");
  made.overrideLogicalId(`${what}_${plain === role ? role : `${plain}_${digestOfText(role).slice(0, 8)}`}`);
  return made;
}
