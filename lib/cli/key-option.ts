import type { Command } from "commander";
import { failure } from "../errors";
import type { Unseal } from "../workspace/lease-secret";
import type { CommandCall } from "./command";
import { pathOption } from "./options";

const longestKeyFile = 65_536;

/** Adds the option that names the file of one's own private key. */
export function addKeyOption(command: Command): void {
  command.option(
    "--key-file <file>",
    "your key, as `age-keygen` or `ssh-keygen` wrote it (or LEASEHOLD_AGE_KEY_FILE, LEASEHOLD_AGE_KEY)",
  );
}

/** What opens secrets with the caller's key: of a file, or in LEASEHOLD_AGE_KEY, as pipelines have it. */
export async function unsealOf(call: CommandCall): Promise<Unseal> {
  const key = await keyOf(call);
  const { unseal } = await import("../adapters/age.js");
  return (sealed) => unseal(sealed, key);
}

async function keyOf(call: CommandCall): Promise<{ readonly text: string; readonly named: string }> {
  const { environment, files } = call.shell;
  const file = (call.options["keyFile"] as string | undefined) ?? environment["LEASEHOLD_AGE_KEY_FILE"];
  const inline = environment["LEASEHOLD_AGE_KEY"];
  if (file === undefined && inline !== undefined) return { text: inline, named: "LEASEHOLD_AGE_KEY" };
  const fix = "make one with `age-keygen -o FILE`, add its public key to the rules, then LEASEHOLD_AGE_KEY_FILE=FILE";
  const summary = "the key to open a lease's secret with is missing";
  if (file === undefined)
    throw failure("E702", { summary, detail: "no --key-file and no LEASEHOLD_AGE_KEY_FILE", fix });
  const text = await files.tryReadText(pathOption(file, call.global), longestKeyFile);
  if (text !== undefined) return { text, named: file };
  throw failure("E702", { summary, detail: `there is no file ${file}`, fix });
}
