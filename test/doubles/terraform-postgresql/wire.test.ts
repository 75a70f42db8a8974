import { X509Certificate } from "node:crypto";
import * as fc from "fast-check";
import { ownCertificate } from "./plugin/certificate";
import { objectList, quoted } from "./postgres/quote";
import { decodeValue, encodeValue } from "./wire/msgpack";
import { bytes, decode, message, textOf, whole } from "./wire/protobuf";
import { isUnknown, unknown, type Value } from "./wire/value";

const value: fc.Arbitrary<Value> = fc.letrec<{ any: Value }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.string({ minLength: 32, maxLength: 40 }),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)),
    fc.array(tie("any"), { maxLength: 20 }),
    fc.dictionary(
      fc.string().filter((name) => name !== "__proto__"),
      tie("any"),
      { noNullPrototype: true },
    ),
  ),
})).any;

describe("MessagePack", () => {
  test("reads what it wrote", () => {
    fc.assert(fc.property(value, (one) => expect(decodeValue(encodeValue(one))).toEqual(one)));
  });

  test("knows what is not known, and finds it however deep", () => {
    const read = decodeValue(encodeValue({ id: unknown, list: [{ a: unknown }] }));
    expect(read).toEqual({ id: unknown, list: [{ a: unknown }] });
    expect([isUnknown(read), isUnknown({ a: [1, null] })]).toEqual([true, false]);
    // go-cty's refined unknown: an extension of 8 bits of length.
    expect(decodeValue(Uint8Array.from([0xc7, 2, 12, 0x81, 0xc0]))).toBe(unknown);
  });

  test("does not read what is cut off", () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(() => decodeValue(encodeValue(one).subarray(0, -1))).toThrow(RangeError);
      }),
    );
  });
});

describe("protobuf", () => {
  test("reads the fields that it wrote, and each as often", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.array(fc.string()), (text, number, list) => {
        const fields = decode(
          Buffer.concat([bytes(1, text), whole(2, number), ...list.map((one) => message(3, bytes(1, one)))]),
        );
        expect(textOf(fields, 1)).toBe(Buffer.from(text, "utf8").toString("utf8"));
        expect(fields.get(2) ?? [0n]).toEqual([BigInt(number)]);
        expect(fields.get(3)?.length ?? 0).toBe(list.length);
      }),
    );
  });

  test("does not read what is cut off or has wire types that Terraform does not use", () => {
    expect(() => decode(Uint8Array.from([0x0a, 0x05, 0x61]))).toThrow(RangeError);
    expect(() => decode(Uint8Array.from([0x80]))).toThrow(RangeError);
    expect(() => decode(Uint8Array.from([0x0d, 0, 0, 0, 0]))).toThrow(/wire type 5/);
  });
});

test("the certificate is one that signs itself, for localhost, for servers and clients", () => {
  const { der, pem, key } = ownCertificate();
  const certificate = new X509Certificate(der);
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect([certificate.ca, certificate.subject]).toEqual([true, "CN=localhost"]);
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  expect(new X509Certificate(pem).raw).toEqual(der);
  expect(key).toContain("PRIVATE KEY");
});

test("names are quoted as the real provider does it, its fault included", () => {
  expect(quoted('a"b')).toBe('"a""b"');
  expect(objectList("s", ["t", "f(uuid, text)", "x() TO PUBLIC; --"])).toBe(
    '"s"."t","s"."f"(uuid, text),"s"."x"() TO PUBLIC; --',
  );
});
