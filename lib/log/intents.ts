import { objectKey, type ObjectSubject } from "../model/gateway-object";
import type { GrantId } from "../model/grant";

/** The key of a Grant's pending intent in `LogState.intents`. */
export function grantIntentKey(kind: "activation" | "change" | "ending", grant: GrantId): string {
  return `${kind}:${grant}`;
}

/** The key of a pending change to a gateway's object in `LogState.intents`. */
export function objectIntentKey(gateway: string, subject: ObjectSubject): string {
  return `configuration:${objectKey(gateway, subject)}`;
}
