import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { isFailure, type Diagnostic } from "../../../lib/errors";
import { RulesProgramError, runRulesProgram, type RulesProgramOptions } from "../../../lib/adapters/rules-program";
import { governed } from "../../support/governed";
import { temporaryFolder, writeTree } from "../../support/folders";

/** The shortest sound rules program; `more` stands after it. */
export function soundProgram(more = ""): string {
  return `import { AccessApp, AccessStack, Approval, Group, User } from "leasehold";
const app = new AccessApp({ policyApproval: Approval.of(1, Group.named("team")) });
const house = new AccessStack(app, "house");
new Group(house, "team", { members: [new User(house, "ann", { email: "ann@example.com" })] });
${more}
`;
}

/** An access repository in a temporary directory: its path, and running its program `access.ts`. */
export function repositoryOf(files: Readonly<Record<string, string>>): {
  readonly path: string;
  readonly run: (options?: Partial<RulesProgramOptions>) => ReturnType<typeof runRulesProgram>;
} {
  const path = emptyFolder();
  writeTree(path, files);
  return {
    path,
    run: (options = {}) => runRulesProgram({ repository: path, app: "access.ts", governed, hidden: [], ...options }),
  };
}

/** A new folder that goes away after the tests of the file. */
export function emptyFolder(): string {
  return mkdtempSync(join(folder, "repository-"));
}

const folder = temporaryFolder();

/** What a run was refused with, and what the program had printed. */
export async function refusalOf(
  run: Promise<unknown>,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly first: Diagnostic; readonly printed: string }> {
  try {
    await run;
  } catch (error) {
    if (!isFailure(error)) throw error;
    const [first] = error.diagnostics;
    const printed = error instanceof RulesProgramError ? error.printed : "";
    if (first !== undefined) return { diagnostics: error.diagnostics, first, printed };
  }
  throw new Error("Expected the run to be refused");
}
