import { tryParseInstant, type Instant } from "../model/instant";
import type { ValueProblem } from "./duration-words";
import { shortened } from "./seen";

/** Why a text is no date and time with a zone, in words; undefined when it is one. */
export function instantProblem(text: string): ValueProblem | undefined {
  if (tryParseInstant(text) !== undefined) return undefined;
  const seen = `\`${shortened(text)}\``;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return { detail: `${seen} has no time and no zone`, fix: `write \`${text}T18:00:00Z\`, or the time that you mean` };
  }
  const local = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(:\d{2})?(\.\d+)?$/.exec(text);
  if (local !== null) {
    const [, day = "", minutes = "", seconds = ":00"] = local;
    return {
      detail: `${seen} has no zone`,
      fix: `write \`${day}T${minutes}${seconds}Z\` for UTC, or add an offset such as \`+01:00\``,
    };
  }
  if (/^\d{4}-\d{2}-\d{2} /.test(text))
    return { detail: `${seen} has a space in it`, fix: "put `T` between date and time" };
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/.test(text)) {
    return { detail: `${seen} has no seconds`, fix: "write the seconds too, such as `18:00:00`" };
  }
  if (/^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/.test(text)) {
    return { detail: `${seen} is no day or time that exists`, fix: "check month, day, hour and offset" };
  }
  return {
    detail: `${seen} seen, a date and time with its zone expected`,
    fix: "write it like `2026-11-25T18:00:00Z`",
  };
}

/** An instant as people write it: without milliseconds that are zero. */
export function instantText(instant: Instant): string {
  return instant.replace(".000Z", "Z");
}
