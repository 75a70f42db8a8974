import { hash } from "node:crypto";

/**
 * Small numbers (1 to 255) by an id, in 17 bytes an entry and outside of the heap: for millions of ids of which nothing
 * else has to be known. Keeps 128 bits of a SHA-256, so no two ids are ever taken for one.
 */
export class IdTable {
  #mask = 1_023;
  #keys = new Uint32Array(4 * 1_024);
  #values = new Uint8Array(1_024);
  #size = 0;
  readonly #words: (id: string) => Words;

  /** `words` gives 128 bits of an id, always in the same object. */
  constructor(words: (id: string) => Words) {
    this.#words = words;
  }

  /** The number of an id; 0 for one that has none. */
  get(id: string): number {
    return this.#values[this.#placeOf(this.#words(id))] ?? 0;
  }

  set(id: string, value: number): void {
    if (3 * this.#size >= 2 * this.#mask) this.#grow();
    this.#put(this.#words(id), value);
  }

  #put(words: Words, value: number): void {
    const place = this.#placeOf(words);
    if (this.#values[place] === 0) this.#size += 1;
    this.#values[place] = value;
    this.#keys.set(words, 4 * place);
  }

  /** Where the entry is, or where it would go. */
  #placeOf(words: Words): number {
    const keys = this.#keys;
    // Taken one by one: to take a list apart costs more than all the rest.
    const a = words[0];
    const b = words[1];
    const c = words[2];
    const d = words[3];
    let place = (a ^ (b << 1) ^ (c << 2) ^ (d << 3)) & this.#mask;
    while (this.#values[place] !== 0) {
      const at = 4 * place;
      if (keys[at] === a && keys[at + 1] === b && keys[at + 2] === c && keys[at + 3] === d) return place;
      place = (place + 1) & this.#mask;
    }
    return place;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#mask = 2 * this.#mask + 1;
    this.#keys = new Uint32Array(4 * (this.#mask + 1));
    this.#values = new Uint8Array(this.#mask + 1);
    this.#size = 0;
    for (const [place, value] of values.entries()) {
      if (value !== 0) this.#put(keys.subarray(4 * place, 4 * place + 4) as unknown as Words, value);
    }
  }
}

/** 128 bits. */
export type Words = readonly [number, number, number, number] & ArrayLike<number>;

/** The bits of any text: of its SHA-256. */
export function wordsOfText(): (text: string) => Words {
  return (text) => {
    const bytes = hash("sha256", text, "buffer");
    return [bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readUInt32LE(8), bytes.readUInt32LE(12)];
  };
}

/** The bits of a Grant's id, which is a SHA-256 in base32 already: of its 26 characters the first 24 and 8 bits of the last two. */
export function wordsOfGrantId(): (id: string) => Words {
  const words: [number, number, number, number] = [0, 0, 0, 0];
  return (id) => {
    for (let n = 0; n < 4; n += 1) {
      let word = 0;
      for (let at = 6 * n; at < 6 * n + 6; at += 1) word = (word << 5) | digitOf(id.charCodeAt(at));
      // Six characters are 30 bits; two of the eight that are left fill them up.
      const rest = (digitOf(id.charCodeAt(24)) << 5) | digitOf(id.charCodeAt(25));
      words[n] = ((word << 2) | ((rest >> (2 * n)) & 3)) >>> 0;
    }
    return words;
  };
}

/** `a` to `z` are 0 to 25, `2` to `7` are 26 to 31. */
function digitOf(code: number): number {
  return code >= 97 ? code - 97 : code - 24;
}
