import { durationWords, tryParseDuration } from "../model/duration";
import { shortened } from "./seen";

/** What was seen and how to mend it. */
export interface ValueProblem {
  readonly detail: string;
  readonly fix: string;
}

/** Why a text is no duration from one second to `mostSeconds`, in words; undefined when it is one. */
export function durationProblem(text: string, mostSeconds: number): ValueProblem | undefined {
  const seconds = tryParseDuration(text);
  if (seconds !== undefined && seconds <= mostSeconds) return undefined;
  const seen = `\`${shortened(text)}\``;
  if (seconds !== undefined) {
    return {
      detail: `${durationWords(seconds)} asked, at most ${durationWords(mostSeconds)} is possible`,
      fix: `ask for ${durationWords(mostSeconds)} or less`,
    };
  }
  if (text.startsWith("-")) return { detail: `${seen} is negative`, fix: example };
  if (/^(?:0+[dhms])+$/i.test(text) || /^P(?:0+D)?(?:T(?:0+[HMS])+)?$/.test(text)) {
    return { detail: `${seen} is no time at all`, fix: example };
  }
  if (/^P[^T]*[YMW]/i.test(text)) {
    return {
      detail: `${seen} has years, months or weeks, whose length is not fixed or not known here`,
      fix: "write it in days or hours, such as `P30D` or `30d`",
    };
  }
  if (/^\d+$/.test(text))
    return {
      detail: `${seen} has no unit`,
      fix: `write \`${text.slice(0, 9)}m\` for minutes or \`${text.slice(0, 9)}h\` for hours`,
    };
  const open = /^((?:\d+[dhms])+)(\d+)$/.exec(text);
  if (open !== null) {
    return {
      detail: `${seen} has no unit after ${shortened(open[2] ?? "")}`,
      fix: `write \`${shortened(text)}${nextUnit(open[1] ?? "")}\``,
    };
  }
  if (/[.,]/.test(text)) return { detail: `${seen} has a fraction`, fix: "write whole numbers, such as `1h30m`" };
  return { detail: `${seen} seen, a duration such as 2h, 1h30m, 2d or PT2H expected`, fix: example };
}

const example = "write a duration such as `2h`, `1h30m` or `2d`";

function nextUnit(before: string): string {
  const smaller: Readonly<Record<string, string>> = { d: "h", h: "m", m: "s", s: "s" };
  return smaller[before.at(-1) ?? ""] ?? "m";
}
