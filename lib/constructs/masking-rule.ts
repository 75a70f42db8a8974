import type { Construct } from "constructs";
import { sortedUnique } from "./condition";
import { Declaration } from "./declaration";
import { checkItems, checkLine, checkName, checkNotEmpty, checkWholeNumber } from "./misuse";

/** What a MaskingRule is made with. */
export interface MaskingRuleProps {
  /**
   * The name at the gateway.
   * @default - the construct's id
   */
  readonly maskingRuleName?: string;
  /**
   * What it is for, in one line.
   * @default - none
   */
  readonly description?: string;
  /** Kinds of entities by the gateway's names, e.g. `EMAIL_ADDRESS`. */
  readonly entityTypes: readonly string[];
  /**
   * How sure the recogniser must be, in hundredths (0 to 100).
   * @default - the gateway's own
   */
  readonly scoreThresholdPercent?: number;
  /**
   * Take over a masking rule of this name that somebody else made; shown in the plan.
   * @default false
   */
  readonly adopt?: boolean;
}

/** What the gateway masks in the answers of a Connection. */
export class MaskingRule extends Declaration {
  readonly maskingRuleName: string;
  readonly description: string | undefined;
  readonly entityTypes: readonly string[];
  readonly scoreThresholdPercent: number | undefined;
  readonly adopt: boolean;

  constructor(scope: Construct, id: string, props: MaskingRuleProps) {
    super(scope, id);
    const { description, entityTypes, scoreThresholdPercent } = props;
    if (description !== undefined) checkLine(`\`description\` of masking rule \`${id}\``, description, 250);
    const what = `\`entityTypes\` of masking rule \`${id}\``;
    checkItems(what, checkNotEmpty(what, entityTypes), "names like `EMAIL_ADDRESS`", (one) => entityType.test(one));
    if (scoreThresholdPercent !== undefined) {
      checkWholeNumber(`\`scoreThresholdPercent\` of masking rule \`${id}\``, scoreThresholdPercent, 0, 100);
    }
    this.maskingRuleName = checkName(`the name of masking rule \`${id}\``, props.maskingRuleName ?? id);
    this.description = description;
    this.entityTypes = sortedUnique(entityTypes);
    this.scoreThresholdPercent = scoreThresholdPercent;
    this.adopt = props.adopt ?? false;
  }
}

const entityType = /^[A-Z][A-Z0-9_]{0,62}$/;
