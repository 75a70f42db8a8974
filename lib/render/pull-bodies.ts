import { durationWords } from "../model/duration";
import type { Instant } from "../model/instant";
import type { AccessRequest } from "../model/request";
import { count, someOf } from "./counts";
import { fitSections } from "./markdown-fit";
import { mostCommentCharacters } from "./plan-markdown";
import { utcWords, whenWords } from "./times";
import { bounded, markdownVoice } from "./voice";

/** A pull request as we open it: the title and the commit's message hold only names, which are plain. */
export interface OpenedText {
  readonly title: string;
  readonly message: string;
  readonly body: string;
}

/** A request that is opened as a pull request. */
export interface OpenedRequest {
  readonly request: AccessRequest;
  readonly path: string;
  /** Whom it will ask, a step each, as far as the policy in force says: `1 of security`. */
  readonly steps: readonly string[];
  /** Who was asked to review, by login or team. */
  readonly reviewers: readonly string[];
  readonly now: Instant;
}

/** The text of the pull request of `leasehold request --pull-request`. */
export function requestPullText({ request, path, steps, reviewers, now }: OpenedRequest): OpenedText {
  const title = bounded(`Request ${request.name}: ${request.access.join(", ")}`, mostTitle);
  const length = request.durationSeconds === undefined ? "the rule's default" : durationWords(request.durationSeconds);
  const lines = [
    `- for: ${someOf(request.for.map(strong), mostNames)}`,
    `- access: ${someOf(request.access.map(strong), mostNames)}`,
    `- how long: ${length}, from the start`,
    ...(request.startAfter === undefined ? [] : [`- not before: ${whenWords(request.startAfter, now)}`]),
    `- start at the latest: ${whenWords(request.startBefore, now)}`,
    `- why: ${text(request.reason)}`,
    ...(request.ticket === undefined ? [] : [`- ticket: ${text(request.ticket)}`]),
    ...(request.extends === undefined ? [] : [`- extends: ${text(request.extends)}`]),
    `- file: ${code(path)}`,
  ];
  const asked = steps.length === 0 ? "" : `Needs: ${steps.slice(0, mostNames).map(text).join(", then ")}.`;
  const told = reviewers.length === 0 ? "" : `Asked to review: ${someOf(reviewers.map(text), mostNames)}.`;
  const body = [lines.join("\n"), asked, told, "This text decides nothing: the comment below says what becomes of it."];
  return { title, message: title, body: body.filter((part) => part !== "").join("\n\n") };
}

/** A request file that is tidied away. */
export interface TidiedFile {
  readonly request: string;
  readonly path: string;
  /** Where it is moved to; absent when it is deleted. */
  readonly to?: string;
  /** Why it is over. */
  readonly why: string;
  /** When the last of its Grants ended; absent where none ever began. */
  readonly endedAt?: Instant;
}

/** The text of the pull request of `leasehold tidy --pull-request`. */
export function tidyPullText(files: readonly TidiedFile[]): OpenedText {
  const title = `Archive ${count(files.length, "ended request")}`;
  const lines = files.map(({ request, path, to, why, endedAt }) => {
    const where = to === undefined ? "deleted" : `to ${code(to)}`;
    const when = endedAt === undefined ? "" : `, ended ${utcWords(endedAt)}`;
    return `- ${strong(request)}: ${text(why)}${when}; ${code(path)} ${where}`;
  });
  const { text: body } = fitSections({
    seen: ["Nobody's access changes: everything that these files asked for is over, and their names are spent."],
    folded: [{ title: `Files (${files.length})`, body: lines.join("\n") }],
    last: "Next: merge it; nobody has to approve it",
    most: mostCommentCharacters,
    command: "leasehold tidy",
  });
  return { title, message: title, body };
}

/** GitHub takes 256. */
const mostTitle = 120;
const mostNames = 20;
const { text, strong, code } = markdownVoice;
