/** As much of protobuf (proto3) as Terraform's protocol 6 needs: fields of bytes, texts, whole numbers, booleans and messages. */

/** A message as its fields by number, each as often as it came. */
export type Fields = ReadonlyMap<number, readonly (Uint8Array | bigint)[]>;

/** A field of bytes, a text or a message; one that is empty is left out, as proto3 does. */
export function bytes(field: number, value: Uint8Array | string | undefined): Uint8Array {
  const content = typeof value === "string" ? Buffer.from(value, "utf8") : value;
  return content === undefined || content.length === 0 ? nothing : message(field, content);
}

/** A field that is there also when it is empty: an item of a list, a message without fields. */
export function message(field: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return Buffer.concat([varint((BigInt(field) << 3n) | 2n), varint(BigInt(content.length)), content]);
}

/** A whole number of 0 or more, or a boolean. */
export function whole(field: number, value: number | boolean | undefined): Uint8Array {
  return value === undefined || Number(value) === 0
    ? nothing
    : Buffer.concat([varint(BigInt(field) << 3n), varint(BigInt(Number(value)))]);
}

/** Reads a message; throws a RangeError where it is cut off or has a wire type that Terraform does not use. */
export function decode(content: Uint8Array): Fields {
  const fields = new Map<number, (Uint8Array | bigint)[]>();
  let at = 0;
  const next = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = content[at];
      if (byte === undefined) throw new RangeError("Expected more of a protobuf message");
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < content.length) {
    const key = next();
    const field = Number(key >> 3n);
    const values = fields.get(field) ?? [];
    fields.set(field, values);
    if ((key & 7n) === 0n) values.push(next());
    else if ((key & 7n) === 2n) {
      const length = Number(next());
      if (at + length > content.length) throw new RangeError("Expected more of a protobuf message");
      values.push(content.subarray(at, at + length));
      at += length;
    } else throw new RangeError(`Expected a length or a number in a protobuf message, got wire type ${key & 7n}`);
  }
  return fields;
}

/** The bytes of a field; empty where it is not there. */
export function bytesOf(fields: Fields, field: number): Uint8Array {
  const value = fields.get(field)?.at(-1);
  return value instanceof Uint8Array ? value : nothing;
}

/** The text of a field; empty where it is not there. */
export function textOf(fields: Fields, field: number): string {
  return Buffer.from(bytesOf(fields, field)).toString("utf8");
}

const nothing = new Uint8Array();

function varint(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Uint8Array.from([...out, Number(rest)]);
}
