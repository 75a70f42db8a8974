import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemFiles } from "../../lib/adapters/files";
import { systemSecrets } from "../../lib/adapters/secrets";
import { temporaryFolder } from "../support/folders";

const directory = temporaryFolder();
const environment = { TOKEN: "s3cret", EMPTY: "", toString: "own" };
const secrets = systemSecrets({ directory, files: systemFiles(), environment });

describe("secrets by reference", () => {
  it("come from the environment", async () => {
    expect(await secrets.resolve("${env:TOKEN}")).toBe("s3cret");
    expect(await systemSecrets({ directory, files: systemFiles() }).resolve("${env:PATH}")).toBe(process.env["PATH"]);
  });

  it("come from a file, relative to the config or absolute, without the line break at its end", async () => {
    writeFileSync(join(directory, "key"), "line 1\nline 2\r\n");
    expect(await secrets.resolve("${file:key}")).toBe("line 1\nline 2");
    expect(await secrets.resolve(`\${file:${join(directory, "key")}}`)).toBe("line 1\nline 2");
  });

  it.each([
    ["${env:MISSING}", "MISSING is not set"],
    ["${env:EMPTY}", "EMPTY is empty"],
    ["${env:constructor}", "constructor is not set"],
    ["${file:nowhere}", "there is no file"],
    ["${file:.}", "EISDIR"],
  ])("are missed by name: %s", async (reference, words) => {
    const error: unknown = await secrets.resolve(reference).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "E702" });
    expect(String(error)).toContain(reference);
    expect(String(error)).toContain(words);
  });

  it("are missed when their file is empty or too long", async () => {
    writeFileSync(join(directory, "empty"), "\n");
    writeFileSync(join(directory, "long"), "x".repeat(65_537));
    for (const name of ["empty", "long"]) {
      await expect(secrets.resolve(`\${file:${name}}`)).rejects.toMatchObject({ code: "E702" });
    }
  });

  it.each([
    "hunter2",
    "${env:TOKEN",
    "$env:TOKEN",
    "${vault:x}",
    " ${env:TOKEN}",
    "${env:TOKEN}x",
    "${file:a\nb}",
    "${env:}",
  ])("are never repeated in an error when they are written in place of a reference: %j", async (text) => {
    const error: unknown = await secrets.resolve(text).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "E702" });
    expect(JSON.stringify((error as { diagnostics: unknown }).diagnostics)).not.toContain(
      JSON.stringify(text).slice(1, -1),
    );
  });
});
