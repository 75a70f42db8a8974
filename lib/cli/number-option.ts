import { failure } from "../errors";
import type { CommandCall } from "./command";

/** An option that is the number or id of something on GitHub; throws E800 for anything else. */
export function numberOption(call: CommandCall, name: string): number {
  const text = String(call.options[name]);
  if (/^[1-9][0-9]{0,15}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw failure("E800", { detail: `--${name} is not a number`, fix: `write it like --${name} 12` });
}

/** An option that is the id of a commit; undefined when it was not given, E800 for anything else. */
export function commitOption(call: CommandCall, name: string): string | undefined {
  const text = call.options[name] as string | undefined;
  if (text === undefined || /^[0-9a-f]{40}$/.test(text)) return text;
  throw failure("E800", { detail: `--${name} is not a commit's id`, fix: "give all 40 digits of it" });
}
