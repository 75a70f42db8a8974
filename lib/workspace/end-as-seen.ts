import { strongestExitCode } from "../errors";
import { runPass } from "../reconcile/pass";
import type { PassEvent, PassReport } from "../reconcile/report";
import { logAsSeen, worldAsSeen } from "./world";
import type { Workspace } from "./workspace";

/** What a command came to that could only end something. */
export interface EndedAsSeen {
  readonly report: PassReport;
  readonly exitCode: number;
}

/**
 * Where the Log cannot be reached: ends what is due by what was last seen of it here, and does nothing else. Undefined
 * where it can be reached; throws what reading it throws where nothing was kept.
 */
export async function tryEndAsSeen(
  workspace: Workspace,
  { onEvent }: { readonly onEvent?: (event: PassEvent) => void },
): Promise<EndedAsSeen | undefined> {
  const opened = await logAsSeen(workspace);
  if (opened.trouble === undefined) return undefined;
  const report = await runPass({
    ...(await worldAsSeen(workspace, opened)),
    mode: "reconcile",
    scope: "endings",
    signal: workspace.ports.signal,
    ...(onEvent === undefined ? {} : { onEvent }),
  });
  return { report, exitCode: strongestExitCode(report.exitCodes) };
}
