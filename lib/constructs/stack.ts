import { Construct, type IConstruct } from "constructs";
import { checkName, misuse } from "./misuse";

/** What an AccessStack is made with. */
export interface AccessStackProps {
  /**
   * What belongs into this stack, for readers of the rules.
   * @default - none
   */
  readonly description?: string;
}

/** A part of the rules that belongs together, e.g. an environment or a team; its id opens the paths below it. */
export class AccessStack extends Construct {
  readonly description: string | undefined;

  constructor(scope: Construct, id: string, props: AccessStackProps = {}) {
    super(scope, checkName("the id of a stack", id));
    this.description = props.description;
  }

  /** The nearest stack that a construct is declared in; throws E203 when there is none. */
  static of(construct: IConstruct): AccessStack {
    const stack = construct.node.scopes.findLast((one): one is AccessStack => one instanceof AccessStack);
    if (stack !== undefined) return stack;
    throw misuse(`the scopes of \`${construct.node.path}\``, "within an AccessStack", construct);
  }
}
