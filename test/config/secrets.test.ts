import { tryParseSecretRef } from "../../lib/config";

test("a reference names a variable or a file", () => {
  expect(tryParseSecretRef("${env:HOOP_WRITE}")).toEqual({ kind: "env", name: "HOOP_WRITE" });
  expect(tryParseSecretRef("${file:/run/secrets/hoop key}")).toEqual({ kind: "file", path: "/run/secrets/hoop key" });
});

test.each([
  "",
  "secret",
  "$HOOP",
  "${HOOP}",
  "${env:}",
  "${env:1A}",
  "${env:A-B}",
  "${file:}",
  "${env:A}${env:B}",
  " ${env:A}",
  "${env:A}\n",
  "${file:a\nb}",
])("%p is no reference", (text) => {
  expect(tryParseSecretRef(text)).toBeUndefined();
});
