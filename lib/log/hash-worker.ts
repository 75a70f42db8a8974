/** The other thread of `hashedLinesOf`: answers bytes that end with a line break with the SHA-256 of each line, in one text. */
import { hash } from "node:crypto";
import { parentPort } from "node:worker_threads";

const lineBreak = 0x0a;

parentPort?.on("message", ({ buffer, byteOffset, byteLength }: Uint8Array) => {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  let hashes = "";
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(lineBreak, start);
    hashes += hash("sha256", bytes.subarray(start, end), "hex");
    start = end + 1;
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort?.postMessage(hashes);
});
