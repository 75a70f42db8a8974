import type { Instant } from "../model/instant";
import type { Head } from "../model/record";
import { count } from "./counts";
import { canonicalJsonText } from "./json";
import { utcWords } from "./times";
import { terminalVoice } from "./voice";

/** What a verification of the Log found; the verdict of lib/log has this shape. */
export type Verification =
  | {
      readonly ok: true;
      /** How many records were read. */
      readonly records: number;
      readonly head: Head | undefined;
      readonly clockWentBack?: { readonly count: number; readonly firstSequence?: number };
    }
  | {
      readonly ok: false;
      readonly fault: { readonly sequence: number; readonly reason: string; readonly detail: string };
    };

/** Anchors that a Log was held against. */
export interface AnchorsHeld {
  readonly count: number;
  /** Anchors of a lost Log, which a later anchor says this one was rebuilt in place of. */
  readonly replaced: number;
  readonly newest?: { readonly sequence: number; readonly time?: Instant; readonly key?: string };
  readonly signatures: "checked" | "not checked" | "none";
}

/** How a verification is told. */
export interface VerificationOptions {
  readonly format: "text" | "json";
  /** What the Log was held against, if anything. */
  readonly anchors?: AnchorsHeld & { readonly heldUpTo?: number };
  readonly colour?: boolean;
  /** Where the Log is, in words. */
  readonly where?: string;
}

/** Whether the Log verifies, its Head, or the first bad record; no line break at the end. */
export function renderVerification(verification: Verification, options: VerificationOptions): string {
  const { anchors } = options;
  if (options.format === "json") return canonicalJsonText({ verificationVersion: 1, ...verification, anchors });
  const voice = terminalVoice({ colour: options.colour ?? false });
  const where = options.where === undefined ? "" : ` ${voice.text(options.where)}`;
  if (!verification.ok) {
    const { sequence, reason, detail } = verification.fault;
    return [
      `${voice.paint("loud", "!")} Record ${sequence} is the first bad one (${voice.text(reason)}): ${voice.text(detail)}.`,
      "  fix: put back a copy that verifies, then run `leasehold log rebuild`; until then only endings happen",
      `Log${where}: does NOT verify.`,
    ].join("\n");
  }
  const { head, records, clockWentBack } = verification;
  const back = clockWentBack?.count ?? 0;
  const first = clockWentBack?.firstSequence === undefined ? "" : `, first at record ${clockWentBack.firstSequence}`;
  return [
    ...(anchors === undefined ? [] : anchorLines(anchors, voice)),
    ...(head === undefined ? [] : [`Head: record ${head.sequence}, epoch ${head.epoch}, ${head.hash}`]),
    ...(back === 0
      ? []
      : [
          `${voice.paint("careful", "~")} The clock went back ${count(back, "time")}${first}: allowed, but worth a look.`,
        ]),
    `Log${where}: ${count(records, "record")}, ${voice.paint("good", "verifies")}.`,
  ].join("\n");
}

function anchorLines(
  { count: held, newest, replaced, signatures }: AnchorsHeld,
  voice: ReturnType<typeof terminalVoice>,
): readonly string[] {
  if (newest === undefined)
    return [`${voice.paint("careful", "~")} No Head was anchored yet: a cut end would not show.`];
  const when = newest.time === undefined ? "" : ` of ${utcWords(newest.time)}`;
  const by = newest.key === undefined || signatures !== "checked" ? "" : `, signed with key ${newest.key}`;
  const gone =
    replaced === 0 ? "" : `; ${count(replaced, "anchor")} of a lost Log ${replaced === 1 ? "is" : "are"} replaced`;
  return [
    `Anchors: ${held} held, the newest is record ${newest.sequence}${when}${by}${gone}.`,
    ...(signatures === "not checked"
      ? [`${voice.paint("careful", "~")} Their signatures were not checked: give \`--key\`.`]
      : []),
  ];
}
