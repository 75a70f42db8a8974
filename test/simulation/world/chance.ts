import type { Random } from "../../../lib/ports";

/** A stream of chance that one seed and one purpose decide: what one purpose draws changes nothing for another. */
export class Chance {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(
    readonly seed: number,
    readonly purpose: string,
  ) {
    this.a = mixed(seed >>> 0, `a${purpose}`);
    this.b = mixed(Math.floor(seed / 2 ** 32), `b${purpose}`);
    this.c = mixed(seed >>> 0, `c${purpose}`);
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** The stream of a part of this purpose. */
  part(name: string): Chance {
    return new Chance(this.seed, `${this.purpose}/${name}`);
  }

  /** 32 random bits (sfc32, from the PractRand test suite). */
  next(): number {
    const sum = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + sum) | 0;
    return sum >>> 0;
  }

  /** From 0 up to 1. */
  fraction(): number {
    return this.next() / 2 ** 32;
  }

  /** Whole numbers from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  /** True with this probability. */
  happens(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of a list. */
  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.fraction() * items.length)] as T;
  }

  /** The port of chance. */
  get port(): Random {
    return { bytes: (count) => Uint8Array.from({ length: count }, () => this.next() & 0xff) };
  }
}

/** FNV-1a over a text, started with a number. */
function mixed(start: number, text: string): number {
  let hash = (0x811c9dc5 ^ start) >>> 0;
  for (let at = 0; at < text.length; at += 1) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}
