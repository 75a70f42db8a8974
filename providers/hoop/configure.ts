/** Writing and deleting the objects of a gateway's configuration; each write is read back. */
import { isFailure } from "../../lib/errors";
import type { ConfigureEffect, EffectOutcome } from "../../lib/ports";
import type { ApiAnswer } from "./client/api";
import { outcomeOfFailure, whyOf, type HoopRun } from "./run";

/** One object as a noun's file knows how to find, write and check it. */
export interface Target {
  /** What is there now; undefined when nothing is. */
  readonly before: { readonly ref: string; readonly installation: string | undefined } | undefined;
  /** Sends the write; any answer says little. */
  readonly write: () => Promise<ApiAnswer>;
  /** Looks whether it is as wanted. */
  readonly check: () => Promise<Checked>;
}

/** What a look after a write found. */
export type Checked =
  | { readonly kind: "as wanted"; readonly ref?: string; readonly secretsUpdatedAt?: string }
  | { readonly kind: "not as wanted"; readonly why: string };

/** A refusal before anything was sent. */
export interface Obstacle {
  readonly because: "permanent" | "passing";
  readonly why: string;
}

/** Carries out one effect on its target, which may already be an obstacle. */
export async function configureTarget(
  run: HoopRun,
  effect: ConfigureEffect,
  find: () => Promise<Target | Obstacle>,
): Promise<EffectOutcome> {
  let sent = false;
  try {
    const target = await find();
    const obstacle = "because" in target ? target : ownership(run, effect, target);
    if (obstacle !== undefined || "because" in target) return { kind: "refused", effect, ...(obstacle as Obstacle) };
    sent = true;
    return await writeAndCheck(run, effect, target);
  } catch (thrown) {
    return sent ? { kind: "unknown", effect, why: whyOf(thrown) } : outcomeOfFailure(effect, thrown);
  }
}

/** Only what is ours is touched, and what is nobody's where the rules adopt it. */
function ownership(run: HoopRun, effect: ConfigureEffect, target: Target): Obstacle | undefined {
  const { before } = target;
  if (before === undefined || effect.subject.kind === "user") return undefined;
  if (effect.ref !== undefined && effect.ref !== before.ref) {
    return { because: "passing", why: "it was made anew since it was observed" };
  }
  if (before.installation === run.context.installation) return undefined;
  if (before.installation !== undefined) return { because: "permanent", why: "it belongs to another installation" };
  return effect.adopt ? undefined : { because: "permanent", why: "somebody else made it; `adopt` takes it over" };
}

async function writeAndCheck(run: HoopRun, effect: ConfigureEffect, target: Target): Promise<EffectOutcome> {
  const sent = await send(target);
  if (sent.kind === "unanswered" || sent.answer.status >= 500) await run.context.clock.sleep(landingMs, run.signal);
  const checked = await target.check();
  if (checked.kind === "as wanted") {
    const { ref, secretsUpdatedAt } = checked;
    return {
      kind: "configured",
      effect,
      ...(ref === undefined ? {} : { ref }),
      ...(secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt }),
    };
  }
  if (sent.kind === "unanswered") return { kind: "unknown", effect, why: sent.why };
  const { status, isLicenceLimit } = sent.answer;
  if (isLicenceLimit)
    return { kind: "refused", effect, because: "permanent", why: "the gateway's licence holds no more of it" };
  if (status >= 200 && status < 300) return { kind: "unknown", effect, why: checked.why };
  const because = status >= 500 || status === 409 ? "passing" : "permanent";
  return { kind: "refused", effect, because, why: `the gateway answered ${status}: ${checked.why}` };
}

const landingMs = 2_000;

type Sent =
  { readonly kind: "answered"; readonly answer: ApiAnswer } | { readonly kind: "unanswered"; readonly why: string };

async function send(target: Target): Promise<Sent> {
  try {
    return { kind: "answered", answer: await target.write() };
  } catch (thrown) {
    if (!isFailure(thrown, "unreachable")) throw thrown;
    return { kind: "unanswered", why: whyOf(thrown) };
  }
}
