import { failure } from "../../errors";

/** The inputs of action.yml, checked. */
export interface ActionInputs {
  readonly command: (typeof actionCommands)[number];
  /** Path of the access repository within the workspace. */
  readonly directory: string;
  readonly token?: string;
  /** Decimal digits, as are the numbers below. */
  readonly pullRequest?: string;
  readonly confirmRemovals?: string;
}

/** What the input `command` may say. */
export const actionCommands = ["auto", "check", "plan", "apply", "reconcile", "tidy", "comment"] as const;

/** Reads the inputs as the runner hands them over (INPUT_<NAME>, in capitals, empty when not given); throws E800. */
export function readInputs(environment: Readonly<Record<string, string | undefined>>): ActionInputs {
  const given = (name: string): string | undefined => {
    const text = environment[`INPUT_${name.toUpperCase()}`]?.trim();
    return text === "" ? undefined : text;
  };
  const asked = given("command") ?? "auto";
  const command = actionCommands.find((one) => one === asked);
  if (command === undefined) throw wrong("command", `one of ${actionCommands.join(", ")}`, asked);
  const number = (name: string): string | undefined => {
    const text = given(name);
    if (text === undefined || /^[1-9][0-9]{0,8}$/.test(text)) return text;
    throw wrong(name, "a number", text);
  };
  const directory = given("directory") ?? ".";
  if (directory.startsWith("-")) throw wrong("directory", "a path", directory);
  const token = given("token");
  const pullRequest = number("pull-request");
  const confirmRemovals = number("confirm-removals");
  return {
    command,
    directory,
    ...(token === undefined ? {} : { token }),
    ...(pullRequest === undefined ? {} : { pullRequest }),
    ...(confirmRemovals === undefined ? {} : { confirmRemovals }),
  };
}

function wrong(name: string, expected: string, got: string): Error {
  return failure("E800", {
    detail: `expected the input \`${name}\` to be ${expected}, got \`${got.slice(0, 100)}\``,
    fix: "correct the workflow's `with:`; action.yml describes every input",
  });
}
