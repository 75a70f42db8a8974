import type { Construct } from "constructs";
import type { GuardrailPattern } from "../model/safeguard";
import { Declaration } from "./declaration";
import { checkItems, checkLine, checkName, checkNotEmpty, misuse } from "./misuse";

/** What a Guardrail is made with. */
export interface GuardrailProps {
  /**
   * The name at the gateway.
   * @default - the construct's id
   */
  readonly guardrailName?: string;
  /**
   * What it is for, in one line.
   * @default - none
   */
  readonly description?: string;
  /**
   * What is blocked in what goes in: made by `Guardrail.denyWords` and `Guardrail.pattern`.
   * @default - nothing
   */
  readonly input?: readonly GuardrailPattern[];
  /**
   * What is blocked in what comes out.
   * @default - nothing
   */
  readonly output?: readonly GuardrailPattern[];
  /**
   * Take over a guardrail of this name that somebody else made; shown in the plan.
   * @default false
   */
  readonly adopt?: boolean;
}

/** What the gateway blocks on a Connection: in commands, and in answers. */
export class Guardrail extends Declaration {
  readonly guardrailName: string;
  readonly description: string | undefined;
  readonly input: readonly GuardrailPattern[];
  readonly output: readonly GuardrailPattern[];
  readonly adopt: boolean;

  constructor(scope: Construct, id: string, props: GuardrailProps) {
    super(scope, id);
    const { description, input = [], output = [] } = props;
    if (description !== undefined) checkLine(`\`description\` of guardrail \`${id}\``, description, 250);
    const expected = "patterns made by Guardrail.denyWords or Guardrail.pattern";
    checkItems(`\`input\` of guardrail \`${id}\``, input, expected, isPattern);
    checkItems(`\`output\` of guardrail \`${id}\``, output, expected, isPattern);
    checkNotEmpty(`\`input\` and \`output\` together of guardrail \`${id}\``, [...input, ...output]);
    this.guardrailName = checkName(`the name of guardrail \`${id}\``, props.guardrailName ?? id);
    this.description = description;
    this.input = [...input];
    this.output = [...output];
    this.adopt = props.adopt ?? false;
  }

  /** Blocks what contains one of these words. */
  static denyWords(...words: readonly string[]): GuardrailPattern {
    const what = "the words of Guardrail.denyWords";
    return { type: "denyWords", words: checkNotEmpty(what, words).map((word) => checkLine(what, word, 200)) };
  }

  /** Blocks what matches a regular expression in the syntax of RE2, which knows no look-around and no back references. */
  static pattern(expression: string): GuardrailPattern {
    const pattern = checkLine("the argument of Guardrail.pattern", expression, 1000);
    if (notInRe2.test(pattern)) {
      throw misuse("the argument of Guardrail.pattern", "without look-around and back references", expression);
    }
    return { type: "pattern", pattern };
  }
}

const notInRe2 = /(?<!\\)(?:\\\\)*(?:\(\?(?:=|!|<=|<!)|\\[1-9])/;

function isPattern(value: GuardrailPattern): boolean {
  return value?.type === "denyWords" ? Array.isArray(value.words) : typeof value?.pattern === "string";
}
