import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";

/** One deadline. */
export interface Deadline {
  readonly id: GrantId;
  readonly end: Instant;
}

/** Deadlines by their time: a binary heap, so that adding and taking cost a few steps however many there are. */
export class Deadlines {
  readonly #heap: Deadline[] = [];

  add(id: GrantId, end: Instant): void {
    const heap = this.#heap;
    const added = { id, end };
    let at = heap.push(added) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as Deadline;
      if (parent.end <= end) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = added;
  }

  /** Takes out all up to a time, the earliest first. */
  *takeUntil(until: Instant): Generator<Deadline> {
    for (let first = this.#heap[0]; first !== undefined && first.end <= until; first = this.#heap[0]) {
      this.#takeFirst();
      yield first;
    }
  }

  /** The earliest time of those that still hold; forgets the ones before it that do not. */
  first(isHolding: (id: GrantId, end: Instant) => boolean): Instant | undefined {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (isHolding(first.id, first.end)) return first.end;
      this.#takeFirst();
    }
    return undefined;
  }

  #takeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const [a, b] = [heap[left], heap[right]];
      if (a === undefined) break;
      const [least, child] = b !== undefined && b.end < a.end ? [b, right] : [a, left];
      if (last.end <= least.end) break;
      heap[at] = least;
      at = child;
    }
    heap[at] = last;
  }
}
