import type { OpenGitHub } from "../workspace/ports";
import type { CommandCall } from "./command";

/** Opens GitHub for one command and closes it. */
export async function withGitHub<T>(call: CommandCall, work: (opened: OpenGitHub) => Promise<T>): Promise<T> {
  const opened = await call.shell.openGitHub();
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
