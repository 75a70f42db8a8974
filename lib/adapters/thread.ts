import { Worker } from "node:worker_threads";
import { failure } from "../errors";
import type { Thread } from "../ports";

/** Starts a thread that runs a script of this package, without environment and with bounded memory. */
export function startThread(script: string): Thread {
  const worker = new Worker(script, { env: {}, resourceLimits: { maxOldGenerationSizeMb: 256 } });
  const waiting: Waiting[] = [];
  let ended: Error | undefined;
  const end = (cause: unknown): void => {
    ended ??= failure("E900", { detail: "a thread of Leasehold ended", fix: "please report this", cause });
    for (const one of waiting.splice(0)) one.reject(ended);
  };
  worker.on("message", (answer) => waiting.shift()?.resolve(answer));
  worker.on("error", end);
  worker.on("exit", end);
  return {
    ask: (question, given = []) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        waiting.push({ resolve, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
        worker.postMessage(question, [...given]);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (thrown: Error) => void;
}
