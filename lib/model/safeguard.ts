/** What the gateway looks for in a command or an answer. */
export type GuardrailPattern =
  | { readonly type: "denyWords"; readonly words: readonly string[] }
  | { readonly type: "pattern"; readonly pattern: string };

/** What the gateway blocks on a Connection: in what goes in, and in what comes out. */
export interface Guardrail {
  readonly name: string;
  readonly description?: string;
  readonly input: readonly GuardrailPattern[];
  readonly output: readonly GuardrailPattern[];
  readonly adopt?: boolean;
}

/** What the gateway masks in the answers of a Connection. */
export interface MaskingRule {
  readonly name: string;
  readonly description?: string;
  /** Kinds of entities by the gateway's names, e.g. `EMAIL_ADDRESS`. */
  readonly entityTypes: readonly string[];
  /** How sure the recogniser must be, in hundredths (0 to 100). */
  readonly scoreThresholdPercent?: number;
  readonly adopt?: boolean;
}
