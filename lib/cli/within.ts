import { Workspace } from "../workspace/workspace";
import type { CommandCall } from "./command";

/** Opens the access repository of a call, runs the work in it, and closes what was opened. */
export async function withinWorkspace<T>(call: CommandCall, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const { directory, configFile } = call.global;
  const workspace = await Workspace.open(call.shell, {
    directory,
    ...(configFile === undefined ? {} : { configFile }),
  });
  try {
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}
