import type { Construct } from "constructs";
import { isEmail } from "../model/names";
import { Declaration } from "./declaration";
import { checkKeys, checkName, misuse } from "./misuse";
import { serviceAccountNamed, type IServiceAccount, type IUser } from "./reference";

/** What a ServiceAccount is made with. */
export interface ServiceAccountProps {
  /**
   * The name by which requests call it (`service:<name>`).
   * @default - the construct's id
   */
  readonly serviceAccountName?: string;
  /**
   * The User who answers for it.
   * @default - nobody
   */
  readonly owner?: IUser;
  /**
   * Public keys (`age1…` or `ssh-… …`) that a direct lease's secret is sealed to.
   * @default - none; no direct lease
   */
  readonly keys?: readonly string[];
}

/** A machine identity: a pipeline, a job. */
export class ServiceAccount extends Declaration implements IServiceAccount {
  readonly principalRef: string;
  readonly serviceAccountName: string;
  readonly owner: IUser | undefined;
  readonly keys: readonly string[];

  constructor(scope: Construct, id: string, props: ServiceAccountProps = {}) {
    super(scope, id);
    const { owner, keys = [] } = props;
    if (owner !== undefined && !isEmail(owner.email)) {
      throw misuse(`\`owner\` of service account \`${id}\``, "a User or User.named(e-mail)", owner);
    }
    this.serviceAccountName = checkName(`the name of service account \`${id}\``, props.serviceAccountName ?? id);
    this.principalRef = `service:${this.serviceAccountName}`;
    checkKeys(`service account \`${id}\``, keys);
    this.owner = owner;
    this.keys = [...keys];
  }

  /** A ServiceAccount by name, for use before or away from its declaration. */
  static named(name: string): IServiceAccount {
    return serviceAccountNamed(name);
  }
}
