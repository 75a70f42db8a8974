import type { Construct } from "constructs";
import { githubLoginPattern, isEmail } from "../model/names";
import { Declaration } from "./declaration";
import { checkKeys, checkLine, misuse } from "./misuse";
import { userNamed, type IUser } from "./reference";

/** What a User is made with. */
export interface UserProps {
  /** The e-mail by which the gateway knows this person; exact in case. */
  readonly email: string;
  /**
   * The name for people to read.
   * @default - the e-mail stands for it
   */
  readonly name?: string;
  /**
   * The login on GitHub, by which reviews count; its numeric id is pinned when a policy is accepted.
   * @default - this person cannot ask or approve on GitHub
   */
  readonly github?: string;
  /**
   * The manager, who approves where a rule asks for `Approvers.managerOfBeneficiary`.
   * @default - none; such a rule is refused for this person
   */
  readonly manager?: IUser;
  /**
   * Public keys (`age1…` or `ssh-… …`) that a direct lease's secret is sealed to.
   * @default - none; no direct lease
   */
  readonly keys?: readonly string[];
}

/** A human being who may ask, approve and hold access. */
export class User extends Declaration implements IUser {
  readonly principalRef: string;
  readonly email: string;
  /** The name for people to read (`name` would be ambiguous on a construct). */
  readonly displayName: string | undefined;
  readonly github: string | undefined;
  readonly manager: IUser | undefined;
  readonly keys: readonly string[];

  constructor(scope: Construct, id: string, props: UserProps) {
    super(scope, id);
    const { email, name, github, manager, keys = [] } = props;
    if (!isEmail(email)) throw misuse(`\`email\` of user \`${id}\``, "an e-mail address", email);
    if (name !== undefined) checkLine(`\`name\` of user \`${id}\``, name, 200);
    if (github !== undefined && !loginPattern.test(github)) {
      throw misuse(`\`github\` of user \`${id}\``, "a login on GitHub, like `octocat`", github);
    }
    if (manager !== undefined && !isEmail(manager.email)) {
      throw misuse(`\`manager\` of user \`${id}\``, "a User or User.named(e-mail)", manager);
    }
    checkKeys(`user \`${id}\``, keys);
    this.principalRef = email;
    this.email = email;
    this.displayName = name;
    this.github = github;
    this.manager = manager;
    this.keys = [...keys];
  }

  /** A User by e-mail, for use before or away from its declaration. */
  static named(email: string): IUser {
    return userNamed(email);
  }
}

const loginPattern = new RegExp(githubLoginPattern);
