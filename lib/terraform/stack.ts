import { PostgresqlProvider } from "@cdktf/provider-postgresql/lib/provider";
import { TerraformStack, TerraformVariable, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { TerraformBackend } from "./backend";
import type { ClusterLevels } from "./clusters";
import { addDefaults, addPrivileges, type GrantPlace } from "./grants";
import { addLevelRole, addServiceRoles, type LevelRole } from "./roles";
import { StateBackend } from "./state-backend";
import { terraformText } from "./text";

/**
 * The levels of one cluster as a stack: a NOLOGIN role per level, its privileges, the defaults of stated owners, the roles
 * that gateways log in as. Who is let in, and for how long, never is in here: Terraform can't end anything.
 */
export class ClusterStack extends TerraformStack {
  constructor(scope: Construct, cluster: ClusterLevels, backend: TerraformBackend | undefined) {
    super(scope, cluster.name);
    new StateBackend(this, cluster.name, backend);
    this.addProvider(cluster);
    const roles = cluster.levels.map((level) => addLevelRole(this, level));
    addServiceRoles(this, roles);
    this.addGrants(roles);
  }

  /** User and password come from PGUSER and PGPASSWORD: neither is anybody's to read in a file or in the state. */
  private addProvider({ host, port }: ClusterLevels): void {
    const hostName = this.addVariable("host", {
      type: "string",
      description: "Where Terraform reaches the cluster",
      ...(host === undefined ? {} : { default: terraformText(host) }),
    });
    const portNumber = this.addVariable("port", {
      type: "number",
      description: "Its port",
      default: port ?? 5432,
    });
    new PostgresqlProvider(this, "postgresql", {
      host: hostName.stringValue,
      port: portNumber.numberValue,
    });
  }

  private addVariable(
    name: string,
    config: { readonly type: string; readonly description: string; readonly default?: string | number },
  ): TerraformVariable {
    const variable = new TerraformVariable(this, name, config);
    variable.overrideLogicalId(name);
    return variable;
  }

  /**
   * One grant at a time within a database. Each takes away before it gives, all on the same rows of PostgreSQL's catalog:
   * of 300 at once, 42 failed with `tuple concurrently updated`.
   */
  private addGrants(roles: readonly LevelRole[]): void {
    const last = new Map<string, ITerraformDependable>();
    const chained = (database: string, add: (after: ITerraformDependable[]) => ITerraformDependable): void => {
      const before = last.get(database);
      last.set(database, add(before === undefined ? [] : [before]));
    };
    for (const { scope, level, role } of roles) {
      const { database } = level.privileges;
      const place: GrantPlace = {
        scope,
        role: role.name,
        database: terraformText(database),
        chained: (add) => chained(database, add),
      };
      addPrivileges(place, level.privileges.privileges);
      addDefaults(place, level.privileges.defaults);
    }
  }
}
