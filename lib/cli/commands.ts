import type { CommandSpec } from "./command";

/** Every command, in the order in which `--help` lists them. */
export const commands: readonly CommandSpec[] = [];
