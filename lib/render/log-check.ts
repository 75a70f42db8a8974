import type { Anchor } from "../model/anchor";
import { canonicalJson } from "../model/canonical";
import { utcWords } from "./times";

/** What the check run `leasehold log` says of an anchor; its line stands in the text, to be copied. */
export function renderLogCheck(anchor: Anchor): {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
} {
  const { key, sequence, time } = anchor;
  const seal =
    key === undefined
      ? "It is **not signed**: it shows a restored copy or a mistake, and nothing against somebody who can write check runs."
      : `It is signed with key ${key}.`;
  return {
    title: `The Log at record ${sequence}, ${key === undefined ? "not signed" : "signed"}`,
    summary: `Record ${sequence} was the last of the Log at ${utcWords(time)}. A Log without it was cut, restored or made anew. ${seal}`,
    text: [
      "Save the line below in a file to hold an export of the Log against it: `leasehold log verify EXPORT --against FILE --key KEY`.",
      "",
      "```json",
      canonicalJson(anchor),
      "```",
      "",
    ].join("\n"),
  };
}
