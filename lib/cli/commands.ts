import type { CommandSpec } from "./command";
import { init } from "./commands/init";
import { plan } from "./commands/plan";
import { validate } from "./commands/validate";

/** Every command, in the order in which `--help` lists them. */
export const commands: readonly CommandSpec[] = [init, validate, plan];
