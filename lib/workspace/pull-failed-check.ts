import { asDiagnostics, type Diagnostic } from "../errors";
import type { CheckToPublish } from "../github";
import { diagnosticsLines } from "../render/diagnostics-markdown";

/** The check run of a commit that could not be evaluated: it fails, and says why. */
export function failedCheck(thrown: unknown): CheckToPublish {
  const diagnostics = asDiagnostics(thrown);
  return {
    conclusion: "failure",
    title: titleOf(diagnostics),
    summary: ["This could not be evaluated, so nothing is approved by it.", "", ...diagnosticsLines(diagnostics)].join(
      "\n",
    ),
    text: "",
    annotations: [],
  };
}

function titleOf([first]: readonly Diagnostic[]): string {
  return first === undefined ? "Could not be evaluated" : `Could not be evaluated: ${first.code} ${first.summary}`;
}
