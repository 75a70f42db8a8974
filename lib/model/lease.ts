import type { GrantId } from "./grant";

/** What a gateway object says of whose it is: the one identity that a beneficiary cannot rewrite. */
export interface Correlation {
  readonly installation: string;
  readonly grant: GrantId;
  /** 0 is the activation; each shortened or renewed Lease takes the next. */
  readonly generation: number;
}

/** `lh:<installation>:<grant id>:<generation>`, as carried in hoop's `correlation_id`. */
export function correlationText(correlation: Correlation): string {
  return `lh:${correlation.installation}:${correlation.grant}:${correlation.generation}`;
}

/** Reads a correlation; undefined for whatever is not exactly ours in form. */
export function tryParseCorrelation(text: string): Correlation | undefined {
  const match = /^lh:([a-z0-9-]{8,64}):([a-z2-7]{26}):(0|[1-9][0-9]{0,5})$/.exec(text);
  if (match === null) return undefined;
  const [, installation = "", grant = "", generation = ""] = match;
  return { installation, grant, generation: Number(generation) };
}
