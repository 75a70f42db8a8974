/** What keys of SSH consist of: fields, each after its length (RFC 4251, 5). */

/** Reads fields out of bytes; undefined where they are cut short, or `read` throws for another reason. */
export function tryReadWire<T>(bytes: Buffer, read: (reader: WireReader) => T): T | undefined {
  try {
    return read(new WireReader(bytes));
  } catch {
    // Cut short, or numbers that make no key: none of ours.
    return undefined;
  }
}

/** Reads fields that begin with their length; throws past the end. */
export class WireReader {
  #at = 0;

  constructor(private readonly all: Buffer) {}

  take(length: number): Buffer {
    if (length > this.all.length - this.#at) throw new RangeError("Expected more bytes");
    this.#at += length;
    return this.all.subarray(this.#at - length, this.#at);
  }

  count(): number {
    return this.take(4).readUInt32BE();
  }

  bytes(): Buffer {
    return this.take(this.count());
  }

  text(): string {
    return this.bytes().toString("latin1");
  }

  /** A positive number without the zeros before it. */
  number(): Buffer {
    const bytes = this.bytes();
    const from = bytes.findIndex((byte) => byte !== 0);
    return from < 0 ? Buffer.alloc(0) : bytes.subarray(from);
  }

  isAtEnd(): boolean {
    return this.#at === this.all.length;
  }
}
