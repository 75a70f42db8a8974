/**
 * A read-only view of a map with some entries seen otherwise. Always shows the map below as it is now;
 * `patches` gives what is seen in place of an entry, for its keys only. Entries that only a patch
 * has come last.
 */
export class OverlayMap<K, V> implements ReadonlyMap<K, V> {
  readonly #below: ReadonlyMap<K, V>;
  readonly #patches: ReadonlyMap<K, (below: V | undefined) => V | undefined>;

  constructor(below: ReadonlyMap<K, V>, patches: ReadonlyMap<K, (below: V | undefined) => V | undefined>) {
    this.#below = below;
    this.#patches = patches;
  }

  get size(): number {
    let size = this.#below.size;
    for (const key of this.#patches.keys()) {
      if (!this.#below.has(key) && this.has(key)) size += 1;
    }
    return size;
  }

  get(key: K): V | undefined {
    const below = this.#below.get(key);
    const patch = this.#patches.get(key);
    return patch === undefined ? below : (patch(below) ?? below);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.#below) yield [key, this.get(key) ?? value];
    for (const key of this.#patches.keys()) {
      const added = this.#below.has(key) ? undefined : this.get(key);
      if (added !== undefined) yield [key, added];
    }
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}
