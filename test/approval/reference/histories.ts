/** Random histories of pull requests, rich in attacks; one seed is one history. */
import { Dice } from "./dice";
import { Story } from "./story";
import type { History } from "./world";

/** A history and the kinds of attack and of ordinary life that it has. */
export interface Generated {
  readonly seed: number;
  readonly history: History;
  readonly kinds: readonly string[];
}

/** Makes the history of a seed. */
export function historyOf(seed: number): Generated {
  const dice = new Dice(seed);
  const story = new Story(dice);
  story.begin();
  story.branch();
  const pushes = dice.weighted([1, 2, 3], [6, 3, 1]);
  for (let push = 0; push < pushes; push++) {
    if (push > 0) story.later();
    story.review();
    if (dice.chance(0.3)) story.moveBase();
  }
  const history = story.end();
  return { seed, history, kinds: [...story.kinds].sort() };
}
