import { Option, type Command } from "commander";

/** Adds `--log` to a command that makes passes; see `tellingOf`. */
export function addLogOption(command: Command): void {
  const option = new Option("--log <form>", "what is told on stderr while it runs: words, or JSON lines for programs");
  command.addOption(option.choices(["text", "json"]).default("text"));
}
