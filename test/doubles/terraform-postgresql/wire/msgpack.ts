import { unknown, type Value } from "./value";

/** MessagePack as go-cty writes it: an extension stands for a value that is not known yet (cty/msgpack/unknown.go). */
export function encodeValue(value: Value): Buffer {
  if (value === unknown) return Buffer.from([0xd4, 0, 0]);
  if (value === null) return Buffer.from([0xc0]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") {
    const text = Buffer.from(value, "utf8");
    return Buffer.concat([header(text.length, { small: 0xa0, smallest: 32, wide: 0xdb }), text]);
  }
  if (Array.isArray(value)) {
    const items = (value as readonly Value[]).map(encodeValue);
    return Buffer.concat([header(items.length, { small: 0x90, smallest: 16, wide: 0xdd }), ...items]);
  }
  const entries = Object.entries(value as { readonly [name: string]: Value });
  const parts = entries.flatMap(([name, item]) => [encodeValue(name), encodeValue(item)]);
  return Buffer.concat([header(entries.length, { small: 0x80, smallest: 16, wide: 0xdf }), ...parts]);
}

/** Reads one value; throws a RangeError where it is cut off. */
export function decodeValue(content: Uint8Array): Value {
  return new Reader(Buffer.from(content)).value();
}

function header(length: number, form: { small: number; smallest: number; wide: number }): Buffer {
  if (length < form.smallest) return Buffer.from([form.small | length]);
  const wide = Buffer.alloc(5);
  wide.writeUInt8(form.wide);
  wide.writeUInt32BE(length, 1);
  return wide;
}

function encodeNumber(value: number): Buffer {
  if (Number.isInteger(value) && value >= 0 && value < 128) return Buffer.from([value]);
  const wide = Buffer.alloc(9);
  if (Number.isSafeInteger(value)) {
    wide.writeUInt8(0xd3);
    wide.writeBigInt64BE(BigInt(value), 1);
  } else {
    wide.writeUInt8(0xcb);
    wide.writeDoubleBE(value, 1);
  }
  return wide;
}

class Reader {
  #at = 0;
  readonly #content: Buffer;

  constructor(content: Buffer) {
    this.#content = content;
  }

  value(): Value {
    const code = this.#take(1).readUInt8();
    if (code < 0x80) return code;
    if (code < 0x90) return this.#map(code & 0x0f);
    if (code < 0xa0) return this.#list(code & 0x0f);
    if (code < 0xc0) return this.#text(code & 0x1f);
    if (code >= 0xe0) return code - 0x100;
    switch (code) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xca:
        return this.#take(4).readFloatBE();
      case 0xcb:
        return this.#take(8).readDoubleBE();
      default:
        return this.#wide(code);
    }
  }

  #wide(code: number): Value {
    const size = (first: number): number => this.#unsigned(2 ** (code - first));
    if (code >= 0xc4 && code <= 0xc6) return this.#text(size(0xc4));
    if (code >= 0xc7 && code <= 0xc9) return this.#extension(size(0xc7));
    if (code >= 0xcc && code <= 0xcf) return this.#unsigned(2 ** (code - 0xcc));
    if (code >= 0xd0 && code <= 0xd3) return this.#signed(2 ** (code - 0xd0));
    if (code >= 0xd4 && code <= 0xd8) return this.#extension(2 ** (code - 0xd4));
    if (code >= 0xd9 && code <= 0xdb) return this.#text(size(0xd9));
    if (code === 0xdc || code === 0xdd) return this.#list(this.#unsigned(code === 0xdc ? 2 : 4));
    if (code === 0xde || code === 0xdf) return this.#map(this.#unsigned(code === 0xde ? 2 : 4));
    throw new RangeError(`Expected MessagePack, got the code ${code}`);
  }

  #list(length: number): Value {
    return Array.from({ length }, () => this.value());
  }

  #map(length: number): Value {
    return Object.fromEntries(Array.from({ length }, () => [this.value() as string, this.value()]));
  }

  #text(length: number): string {
    return this.#take(length).toString("utf8");
  }

  /** Every extension of go-cty is an unknown value, the later ones with what is known of it. */
  #extension(length: number): Value {
    this.#take(1 + length);
    return unknown;
  }

  #unsigned(size: number): number {
    const part = this.#take(size);
    return size === 8 ? Number(part.readBigUInt64BE()) : part.readUIntBE(0, size);
  }

  #signed(size: number): number {
    const part = this.#take(size);
    return size === 8 ? Number(part.readBigInt64BE()) : part.readIntBE(0, size);
  }

  #take(length: number): Buffer {
    const part = this.#content.subarray(this.#at, this.#at + length);
    if (part.length < length) throw new RangeError("Expected more of a MessagePack value");
    this.#at += length;
    return part;
  }
}
