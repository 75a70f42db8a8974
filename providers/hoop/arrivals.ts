/** Results that arrive from several tasks, read one by one as they come. */

/** A queue with one reader. */
export class Arrivals<T> implements AsyncIterable<T> {
  private readonly waiting: T[] = [];
  private wake: (() => void) | undefined;
  private ended: { readonly failure?: unknown } | undefined;

  /** Adds a result. */
  push(value: T): void {
    this.waiting.push(value);
    this.wake?.();
  }

  /** Says that nothing more comes; with a failure, that the reader is to throw it. */
  end(how: { readonly failure?: unknown } = {}): void {
    this.ended = how;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (;;) {
      const next = this.waiting.shift();
      if (next !== undefined) {
        yield next;
      } else if (this.ended !== undefined) {
        if ("failure" in this.ended) throw this.ended.failure;
        return;
      } else {
        await new Promise<void>((resolve) => (this.wake = resolve));
      }
    }
  }
}
