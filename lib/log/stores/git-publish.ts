import type { Clock } from "../../ports";
import { GitTrouble, isRefusal } from "./git-failure";
import type { GitRepository } from "./git-repository";

/** What became of moving the Log's ref: it stands where we wanted it, or somebody else has moved it. */
export type Published = { readonly kind: "done" } | { readonly kind: "moved"; readonly tip: string | undefined };

/** How often a push is repeated whose outcome nobody knows, and how long it rests before. */
const restsMs = [100, 1_000, 4_000] as const;

/**
 * Moves the Log's ref from one commit to another that follows it. A push without an answer is looked up at the remote:
 * it may have arrived. While the ref stands where it stood, the same commit is pushed again, so that one
 * that arrives late changes nothing. Throws GitTrouble when it was refused, or nobody can tell.
 */
export async function publish(
  repository: GitRepository,
  clock: Clock,
  move: { readonly from: string | undefined; readonly to: string },
): Promise<Published> {
  const { layout } = await repository.place();
  let seen = "";
  for (const restMs of [0, ...restsMs]) {
    if (restMs > 0) await clock.sleep(restMs);
    const answer = await repository.push([{ ref: layout.ref, ...move }]);
    if (answer.isDone) return { kind: "done" };
    seen = answer.seen;
    const tip = await tryTip(repository);
    if (tip === undefined) continue;
    if (tip.commit === move.to) return { kind: "done" };
    if (tip.commit !== move.from) return { kind: "moved", tip: tip.commit };
    if (isRefusal(seen)) break;
  }
  throw new GitTrouble(seen === "" ? "the push got no answer" : seen, false);
}

async function tryTip(repository: GitRepository): Promise<{ readonly commit: string | undefined } | undefined> {
  try {
    return { commit: (await repository.ask()).tip };
  } catch (thrown) {
    if (thrown instanceof GitTrouble) return undefined;
    throw thrown;
  }
}
