/** Bounded concurrency. */

/** Runs a task per item, at most `width` at a time; results in the order of the items. The first failure ends it, after the tasks in flight. */
export async function mapWithWidth<T, R>(
  items: readonly T[],
  width: number,
  task: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const at = next;
      next += 1;
      try {
        results[at] = await task(items[at] as T);
      } catch (thrown) {
        failed = true;
        throw thrown;
      }
    }
  };
  const workers = Array.from({ length: Math.min(width, items.length) }, () => worker());
  const settled = await Promise.allSettled(workers);
  const rejected = settled.find((one) => one.status === "rejected");
  if (rejected !== undefined) throw rejected.reason;
  return results;
}
