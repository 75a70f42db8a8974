import { RootConstruct, type IConstruct } from "constructs";
import { ApprovalRule } from "./approval";
import type { Connection } from "./connection";
import { declarationsBelow, type Declaration } from "./declaration";
import { Group } from "./group";
import { misuse } from "./misuse";
import { Resource } from "./resource";
import { User } from "./user";

/** What an AccessApp is made with. */
export interface AccessAppProps {
  /**
   * Whom an edit of the rules, of leasehold.yaml or of other governed files needs. Groups are often
   * declared after the app: name them with `Group.named("platform")`.
   */
  readonly policyApproval: ApprovalRule;
}

/** The root of the rules: everything that is declared below it becomes one Manifest. */
export class AccessApp extends RootConstruct {
  /** See `AccessAppProps.policyApproval`. */
  readonly policyApproval: ApprovalRule;

  constructor(props: AccessAppProps) {
    super();
    const approval: unknown = props?.policyApproval;
    if (!(approval instanceof ApprovalRule) || approval.automatic !== undefined) {
      throw misuse("`policyApproval`", "made by Approval.of or Approval.steps", approval);
    }
    this.policyApproval = approval;
    notice?.(this);
  }

  /** The app that a construct is declared in; throws E203 when its root is none. */
  static of(construct: IConstruct): AccessApp {
    const { root } = construct.node;
    if (root instanceof AccessApp) return root;
    throw misuse(`the root of \`${construct.node.path}\``, "an AccessApp", root);
  }

  /** Every Declaration, in the order in which they were made. */
  get declarations(): readonly Declaration[] {
    return declarationsBelow(this);
  }

  /** The Resource of a name; throws E203 when there is none. */
  findResource(name: string): Resource {
    return found("resource", name, this.tryFindResource(name));
  }

  /** The Resource of a name, or undefined. */
  tryFindResource(name: string): Resource | undefined {
    return this.declarations.find((one): one is Resource => one instanceof Resource && one.resourceName === name);
  }

  /** The Connection of an id (`orders-db/read`); throws E203 when there is none. */
  findConnection(id: string): Connection {
    return found("connection", id, this.tryFindConnection(id));
  }

  /** The Connection of an id, or undefined. */
  tryFindConnection(id: string): Connection | undefined {
    const [resource = "", level = ""] = id.split("/");
    return this.tryFindResource(resource)?.tryFindConnection(level);
  }

  /** The Group of a name; throws E203 when there is none. */
  findGroup(name: string): Group {
    return found("group", name, this.tryFindGroup(name));
  }

  /** The Group of a name, or undefined. */
  tryFindGroup(name: string): Group | undefined {
    return this.declarations.find((one): one is Group => one instanceof Group && one.groupName === name);
  }

  /** The User of an e-mail; throws E203 when there is none. */
  findUser(email: string): User {
    return found("user", email, this.tryFindUser(email));
  }

  /** The User of an e-mail, or undefined. */
  tryFindUser(email: string): User | undefined {
    return this.declarations.find((one): one is User => one instanceof User && one.email === email);
  }
}

/** Calls `listener` for every AccessApp made from now on. For the runner of rules programs, which has to find it. */
export function onAppCreated(listener: (app: AccessApp) => void): void {
  notice = listener;
}

let notice: ((app: AccessApp) => void) | undefined;

function found<T>(kind: string, name: string, one: T | undefined): T {
  if (one !== undefined) return one;
  throw misuse(`the name of a ${kind}`, "declared in this app", name, `declare the ${kind} first, or correct the name`);
}
