import type { Instant } from "../model/instant";
import type { LogRecord } from "../model/record";
import { canonicalJsonText } from "./json";
import { count } from "./counts";
import { recordSentence } from "./record-sentence";
import { relativeWords, utcWords } from "./times";
import { terminalVoice } from "./voice";

/** How records are told. JSON is one record a line, as they stand in the Log. */
export interface LogRecordOptions {
  readonly format: "text" | "json";
  readonly now: Instant;
  readonly colour?: boolean;
}

/** Records of the Log, the oldest first: a sentence each, or JSON lines (schemas/log-record.v1.json); no line break at the end. */
export function renderLogRecords(records: readonly LogRecord[], options: LogRecordOptions): string {
  if (options.format === "json") return records.map((record) => canonicalJsonText(record)).join("\n");
  const voice = terminalVoice({ colour: options.colour ?? false });
  const width = String(records.at(-1)?.sequence ?? 0).length;
  const lines = records.map((record) => {
    const when = `${utcWords(record.time)} (${relativeWords(record.time, options.now)})`;
    const place = voice.paint("quiet", `${String(record.sequence).padStart(width)}  ${when}`);
    return `${place}  ${recordSentence(record.body, voice)}.`;
  });
  return [...lines, `Log: ${count(records.length, "record")} shown.`].join("\n");
}
