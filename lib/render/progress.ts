import { durationWords } from "../model/duration";
import { secondsBetween, type Instant } from "../model/instant";

/** How far long work is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly startedAt: Instant;
  readonly now: Instant;
  /** What is counted, e.g. `grants`; from us, never from people. */
  readonly of?: string;
  /** Columns for the bar; default 20, 0 for none. */
  readonly bar?: number;
}

/** One line of progress: `[########            ] 400 of 1000 grants, 40 %, 12 s left`. */
export function progressLine(progress: Progress): string {
  const { done, total, startedAt, now, of, bar = 20 } = progress;
  const part = total <= 0 ? 1 : Math.min(1, Math.max(0, done / total));
  const filled = Math.round(part * bar);
  const picture = bar === 0 ? "" : `[${"#".repeat(filled)}${" ".repeat(bar - filled)}] `;
  const counted = `${done} of ${total}${of === undefined ? "" : ` ${of}`}, ${Math.floor(part * 100)} %`;
  return `${picture}${counted}${timeLeft(part, secondsBetween(startedAt, now))}`;
}

/** Time left at the speed so far, once there is a speed to speak of. */
function timeLeft(part: number, elapsed: number): string {
  if (part >= 1) return `, took ${durationWords(Math.max(0, elapsed))}`;
  if (part <= 0 || elapsed < 1) return "";
  return `, ${durationWords(Math.max(1, (elapsed / part) * (1 - part)))} left`;
}
