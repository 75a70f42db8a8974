import { assert, nat, property, string } from "fast-check";
import { manifestDigest, manifestText } from "../../lib/model/manifest";
import { tryFindManifestFault } from "../../lib/workspace/committed-manifest";
import { rules } from "../reconcile/support/rules";

const manifest = rules();
const text = manifestText(manifest);

test("what synth writes is taken, one value a line, and has the digest of the Manifest", () => {
  expect(tryFindManifestFault(text, manifest)).toBeUndefined();
  expect(manifestDigest(JSON.parse(text))).toBe(manifestDigest(manifest));
  expect(text.endsWith("}\n")).toBe(true);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(200);
});

test("a missing file is told without a place, any other text with the first line that differs", () => {
  expect(tryFindManifestFault(undefined, manifest)).toMatchObject({ code: "E205" });
  expect(tryFindManifestFault(undefined, manifest)).not.toHaveProperty("where");
  expect(tryFindManifestFault(JSON.stringify(manifest), manifest)).toMatchObject({ where: { line: 1 } });
  const lines = text.split("\n");
  const twice = [...lines.slice(0, 3), lines[2] ?? "", ...lines.slice(3)].join("\n");
  expect(tryFindManifestFault(twice, manifest)).toMatchObject({ where: { line: 4 } });
  expect(tryFindManifestFault(text.trimEnd(), manifest)).toMatchObject({ code: "E205" });
});

test("no edit of a character passes", () => {
  assert(
    property(nat(text.length - 1), string({ minLength: 1, maxLength: 3 }), (at, put) => {
      const edited = text.slice(0, at) + put + text.slice(at + 1);
      return edited === text || tryFindManifestFault(edited, manifest)?.code === "E205";
    }),
  );
});
