/** What a gateway's refusal of a session means, as an error that says what to do. */
import { type ErrorCode, failure, type LeaseholdError } from "../../../lib/errors";
import type { GatewayAnswer } from "./call";

/** The error of an answer that opened no session. */
export function refusedSession(
  connection: string,
  answer: GatewayAnswer & { readonly kind: "answer" },
): LeaseholdError {
  const reason = answer.headers["leasehold-reason"] ?? "";
  const words = wordsOf(answer);
  const known = meanings[reason] ?? byStatus[answer.status];
  if (known === undefined || words === undefined) {
    return failure("E502", {
      detail: `status ${answer.status} where a session or a refusal was expected`,
      fix: "check that the address is that of a Leasehold gateway",
    });
  }
  const [code, summary, fix] = known;
  return failure(code, {
    ...(summary === "" ? {} : { summary }),
    detail: words,
    fix: fix.replace("CONNECTION", connection),
  });
}

type Meaning = readonly [ErrorCode, string, string];

const meanings: Readonly<Record<string, Meaning>> = {
  "unknown connection": [
    "E107",
    "there is no such connection, or you may not see it",
    "look at the connections of your rules: `leasehold status`",
  ],
  "no lease": ["E507", "", "ask for access: `leasehold request --access RESOURCE/LEVEL`"],
  expired: [
    "E507",
    "your lease for this connection has ended",
    "ask again: `leasehold request --access RESOURCE/LEVEL`",
  ],
  "connect disabled": ["E507", "this connection does not take sessions", "ask those who keep the rules"],
  "cannot guard": [
    "E307",
    "this gateway cannot enforce the connection's safeguards",
    "take the guardrail or masking rule off the connection, or put it behind a gateway that enforces it",
  ],
  "resource unreachable": ["E500", "the resource behind the connection cannot be reached", "check that it runs"],
  "not a person": ["E501", "an API key cannot open a session", "use a person's token: `leasehold gateway token USER`"],
};

const byStatus: Readonly<Record<number, Meaning>> = {
  401: ["E501", "", "get a new token: `leasehold gateway token USER`, then set LEASEHOLD_TOKEN"],
  403: ["E507", "the gateway does not let you in", "ask for access: `leasehold request --access RESOURCE/LEVEL`"],
  404: ["E502", "this gateway carries no sessions", "use `hoop connect CONNECTION` with a hoop gateway"],
  503: ["E500", "the gateway takes no sessions at the moment", "try again in a moment"],
};

function wordsOf(answer: GatewayAnswer & { readonly kind: "answer" }): string | undefined {
  try {
    const { message } = JSON.parse(answer.body) as { readonly message?: unknown };
    return typeof message === "string" ? message.slice(0, 300) : undefined;
  } catch {
    return answer.status === 404 ? "404 page not found" : undefined;
  }
}
