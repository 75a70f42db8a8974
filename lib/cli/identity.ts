import type { Command } from "commander";
import { failure } from "../errors";
import { isEmail } from "../model/names";
import type { Claim } from "../workspace/actor";
import type { CommandCall } from "./command";
import { pathOption } from "./options";

const longestToken = 8_192;

/** Adds the options by which somebody says who they are. */
export function addIdentityOptions(command: Command): void {
  command
    .option("--as <user>", "act as this person; recorded as unauthenticated")
    .option("--token-file <file>", "a file with your token of the gateway (or LEASEHOLD_TOKEN)");
}

/** Who the caller says they are: a token from a file or LEASEHOLD_TOKEN, else `--as`. */
export async function claimOf(call: CommandCall): Promise<Claim> {
  const as = call.options["as"] as string | undefined;
  if (as !== undefined && !isEmail(as) && !/^service:[a-z0-9._-]+$/.test(as)) {
    throw failure("E800", {
      detail: `expected --as to be an e-mail, got \`${as.slice(0, 100)}\``,
      fix: "write --as you@example.com",
    });
  }
  const token = await tokenOf(call);
  return { ...(token === undefined ? {} : { token }), ...(as === undefined ? {} : { as }) };
}

async function tokenOf(call: CommandCall): Promise<string | undefined> {
  const file = call.options["tokenFile"] as string | undefined;
  if (file === undefined) {
    const value = call.shell.environment["LEASEHOLD_TOKEN"];
    return value === undefined || value === "" ? undefined : value;
  }
  const text = (await call.shell.files.tryReadText(pathOption(file, call.global), longestToken))?.trim();
  if (text !== undefined && text !== "") return text;
  throw failure("E702", {
    detail: `there is no token in ${file}`,
    fix: "make one with `leasehold gateway token USER > FILE`",
  });
}
