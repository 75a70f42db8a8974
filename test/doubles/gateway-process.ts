/**
 * A gateway as a process of its own, to be killed: `node --import tsx gateway-process.ts KIND DIRECTORY [PORT]`
 * with KIND `embedded` or `hoop`. Prints its URL when it listens; SIGTERM closes it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { startGateway } from "../../providers/embedded";
import { startHoopDouble } from "./hoop";

/** Which gateway. */
export type GatewayKind = "embedded" | "hoop";

/** A gateway in a process. */
export interface GatewayProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Starts one and waits until it listens; rejects with what it said when it does not. */
export async function spawnGateway(kind: GatewayKind, directory: string, port = 0): Promise<GatewayProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", __filename, kind, directory, String(port)], {
    stdio: ["pipe", "pipe", "pipe"],
    cwd: `${__dirname}/../..`,
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += String(chunk)));
  const gone = once(child, "exit");
  const line = once(createInterface(child.stdout), "line") as Promise<[string]>;
  const first = await Promise.race([line, gone.then(() => undefined)]);
  if (first === undefined) throw new Error(`the gateway did not start: ${errors}`);
  return {
    url: first[0],
    child,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await gone;
      return child.exitCode;
    },
  };
}

async function main(kind: string, directory: string, port: number): Promise<void> {
  const clock = { now: () => new Date().toISOString() };
  const random = { bytes: (count: number) => randomBytes(count) };
  const gateway =
    kind === "hoop"
      ? await startHoopDouble({ directory, port })
      : await startGateway({ directory, port, clock, random });
  // The pipe ends with the test that started this process, however that one ended.
  process.stdin.once("end", () => process.exit(1)).resume();
  process.once("SIGTERM", () => void gateway.close().then(() => process.exit(0)));
  process.stdout.write(`${gateway.url}\n`);
}

if (require.main === module) {
  const [kind = "embedded", directory = "", port = "0"] = process.argv.slice(2);
  main(kind, directory, Number(port)).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
}
