/**
 * The other thread of `hashedLinesOf`: answers bytes that end with a line break with the SHA-256 of each line, in one text, and
 * with whether every line is a record by itself.
 */
import { hash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { isRecordAlone } from "./line";
import { decodeLines } from "./stores/lines";
import type { HashAnswer } from "./hashed-lines";

const lineBreak = 0x0a;

parentPort?.on("message", ({ buffer, byteOffset, byteLength }: Uint8Array) => {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const answer: HashAnswer = { hashes: hashesOf(bytes), isSound: decodeLines(bytes).every(isRecordAlone) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort?.postMessage(answer);
});

function hashesOf(bytes: Buffer): string {
  let hashes = "";
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(lineBreak, start);
    hashes += hash("sha256", bytes.subarray(start, end), "hex");
    start = end + 1;
  }
  return hashes;
}
