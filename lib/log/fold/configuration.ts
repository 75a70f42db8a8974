import { objectKey } from "../../model/gateway-object";
import type { LogRecord, RecordBody } from "../../model/record";
import { illegal } from "./illegal";
import { drop, put, type FoldState } from "./state";
import { objectIntentKey } from "../intents";

/** A record about the configuration of a gateway. */
export type ConfigurationBody = Extract<RecordBody, { readonly type: `configuration.${string}` }>;

/** Folds a record about the configuration of a gateway; an outcome needs its intent. */
export function foldConfiguration(state: FoldState, record: LogRecord, body: ConfigurationBody): void {
  const { gateway, subject } = body;
  const key = objectIntentKey(gateway, subject);
  if (body.type === "configuration.intended") {
    const { value } = body;
    const { sequence } = record;
    put(state, state.intents, key, { sequence, kind: "configuration", gateway, subject, value });
    return;
  }
  if (!state.intents.has(key)) throw illegal(record, `no change of ${objectKey(gateway, subject)} is pending`);
  drop(state, state.intents, key);
  if (body.type === "configuration.failed") return;
  const { value, ref, secretsUpdatedAt } = body;
  if (value === null) {
    drop(state, state.objects, objectKey(gateway, subject));
    return;
  }
  put(state, state.objects, objectKey(gateway, subject), {
    gateway,
    subject,
    value,
    ...(ref === undefined ? {} : { ref }),
    ...(secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt }),
  });
}
