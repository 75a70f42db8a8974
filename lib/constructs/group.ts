import type { Construct } from "constructs";
import { everyoneName } from "../model/principal";
import { Declaration } from "./declaration";
import { checkItems, checkName, misuse } from "./misuse";
import { everyone, groupNamed, type IGroup, type IPrincipal, type IServiceAccount, type IUser } from "./reference";

/** What a Group is made with. */
export interface GroupProps {
  /**
   * The name by which requests and approvals call it (`group:<name>`).
   * @default - the construct's id
   */
  readonly groupName?: string;
  /**
   * Users, ServiceAccounts and other Groups in it.
   * @default - none
   */
  readonly members?: readonly (IUser | IServiceAccount | IGroup)[];
  /**
   * A team on GitHub (`org/slug`) whose members are read at each decision. Such a Group may only
   * approve: it can neither ask nor be a beneficiary, nor have members here.
   * @default - the members are those listed
   */
  readonly githubTeam?: string;
}

/** A named set of people. */
export class Group extends Declaration implements IGroup {
  readonly principalRef: string;
  readonly groupName: string;
  readonly members: readonly (IUser | IServiceAccount | IGroup)[];
  readonly githubTeam: string | undefined;

  constructor(scope: Construct, id: string, props: GroupProps = {}) {
    super(scope, id);
    const name = checkName(`the name of group \`${id}\``, props.groupName ?? id);
    if (name === everyoneName) {
      throw misuse(`the name of group \`${id}\``, "another than that of the built-in group", name, "use `everyone`");
    }
    const { members = [], githubTeam } = props;
    checkItems(`\`members\` of group \`${id}\``, members, "Users, ServiceAccounts and Groups", isPrincipal);
    if (githubTeam !== undefined) checkTeam(id, githubTeam, members.length);
    this.groupName = name;
    this.principalRef = `group:${name}`;
    this.members = [...members];
    this.githubTeam = githubTeam;
  }

  /** A Group by name, for use before or away from its declaration. */
  static named(name: string): IGroup {
    return groupNamed(name);
  }

  /** The built-in Group of every declared User. */
  static get everyone(): IGroup {
    return everyone;
  }
}

/** Whether a value can stand among members or in `who`. */
export function isPrincipal(value: unknown): value is IPrincipal {
  return (
    typeof value === "object" && value !== null && "principalRef" in value && typeof value.principalRef === "string"
  );
}

const teamPattern = /^[A-Za-z0-9](?:[-_]?[A-Za-z0-9]){0,38}\/[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9_])?$/;

function checkTeam(id: string, team: string, members: number): void {
  if (!teamPattern.test(team)) {
    throw misuse(`\`githubTeam\` of group \`${id}\``, "an organisation and a team's slug, like `acme/security`", team);
  }
  if (members > 0) {
    throw misuse(`\`members\` of group \`${id}\``, "left out beside `githubTeam`", `${members} members`);
  }
}
