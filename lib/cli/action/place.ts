import { failure, type LeaseholdError } from "../../errors";
import type { Choice } from "./choose";
import { findCredentials, harmlessEnvironment } from "./credentials";
import type { ActionInputs } from "./inputs";
import type { ActionPorts } from "./ports";

/** Looks before anything runs; throws E800 for a credential beside a branch's code, and for a branch's code beside a credential. */
export async function checkPlace(
  ports: ActionPorts,
  inputs: ActionInputs,
  choice: Extract<Choice, { kind: "run" }>,
): Promise<void> {
  if (choice.trust === "none") {
    const named = findCredentials(ports.environment);
    if (named.length > 0)
      throw unwanted(`the environment holds ${named.join(", ")}`, "take it out of the job's `env:` and `with:`");
    const kept = await gitSays(ports, inputs, [
      "config",
      "--name-only",
      "--get-regexp",
      String.raw`^http\..*\.extraheader$`,
    ]);
    if (kept !== "")
      throw unwanted(
        "the checkout keeps a token in Git's configuration",
        "set `persist-credentials: false` on actions/checkout",
      );
  }
  const { checkedOut, notCheckedOut } = choice;
  if (checkedOut === undefined && notCheckedOut === undefined) return;
  const head = await gitSays(ports, inputs, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (checkedOut !== undefined && head !== checkedOut) {
    throw failure("E800", {
      detail: `${head === "" ? "no commit" : head} is checked out, and the check is about ${checkedOut}`,
      fix: "check out the head: `ref: ${{ github.event.pull_request.head.sha || github.sha }}`",
    });
  }
  if (notCheckedOut !== undefined && head === notCheckedOut) {
    throw failure("E800", {
      detail: `${head} is checked out in a job that has credentials`,
      fix: "check out the default branch: leave `ref:` away",
    });
  }
}

function unwanted(detail: string, fix: string): LeaseholdError {
  return failure("E800", { summary: "a branch's code never meets a credential", detail, fix });
}

async function gitSays(ports: ActionPorts, inputs: ActionInputs, args: readonly string[]): Promise<string> {
  const environment = harmlessEnvironment(ports.environment);
  const { exitCode, stdout } = await ports.git({ args: ["-C", inputs.directory, ...args], environment });
  return exitCode === 0 ? stdout.trim() : "";
}
