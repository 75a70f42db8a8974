import { startHoopDouble } from ".";
import { recordedFiles } from "./replay/recorded";
import { type Exceptions, replayFile, staleExceptions } from "./replay/run";

/** Where the double may differ, and why. Cases of grants, reviews and sessions are never left out. */
const port = { why: "the resource of the replay listens on a free port", paths: ["$.secret.envvar:PORT"] };
const exceptions: Exceptions = {
  connections: {
    "get by name as admin: secrets come back": port,
    "tags seen so far": { why: "two tags that a hoop gateway is installed with", paths: ["$.items"] },
  },
  guardrails: { "connection lists it in guardrail_rules": port },
  rules: { "connection shows the rule in effective_features": port },
  errors: { "trailing slash": { why: "the header is there, which does no harm", paths: ["header server"] } },
};

describe("the hoop double answers as the recorded gateway did", () => {
  describe.each(recordedFiles)("%s", (file) => {
    replayFile(file, {
      start: (directory, clock) => startHoopDouble({ directory, clock }),
      strictness: "equal",
      exceptions,
    });
  });

  test("leaves out no recorded case", () => {
    const leftOut = Object.values(exceptions).flatMap((byTitle) => Object.values(byTitle).filter((one) => one.leftOut));
    expect(leftOut).toEqual([]);
    expect(staleExceptions(exceptions)).toEqual([]);
  });
});
