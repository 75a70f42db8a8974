/** The other thread of `parseMany`: answers each list of sources with what `parseRequest` gives of them. */
import { parentPort } from "node:worker_threads";
import { parseRequest } from "./parse";
import type { SourceText } from "./source-position";

parentPort?.on("message", (sources: readonly SourceText[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort?.postMessage(sources.map((one) => parseRequest(one)));
});
