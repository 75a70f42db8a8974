/** `leasehold init`, where it matters which random id it makes. */
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandHere } from "../support/command-here";
import { temporaryFolder } from "../support/folders";

const folder = temporaryFolder();

test.each([
  ["digits alone", Array.from({ length: 10 }, () => 0x12)],
  ["digits and an e, as in 1e5", [0x12, 0x34, 0x5e, 0x12, 0x34, 0x56, 0x78, 0x12, 0x34, 0x56]],
])("an id that chance makes of %s is a text to YAML all the same", async (_words, bytes) => {
  const directory = mkdtempSync(join(folder, "house-"));
  const environment = {};
  const random = { bytes: (count: number) => Uint8Array.from({ length: count }, (_, at) => bytes[at] ?? 0) };
  const made = await runCommandHere(["init"], { directory, environment, outside: () => ({ random }) });
  expect(made).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(directory, "leasehold.yaml"), "utf8")).toMatch(/^installation: i[0-9a-f]{19}$/m);
  const validated = await runCommandHere(["validate"], { directory, environment });
  expect(validated.stderr).not.toContain("E701");
});
