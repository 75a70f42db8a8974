import { failure } from "../errors";
import { limits } from "../model/limits";
import type { Files } from "../ports";

const chunkBytes = 1_048_576;

/** The lines of a file in batches, without their line breaks; memory does not grow with the file. Throws E606 without the file. */
export async function* linesOfFile(files: Files, path: string): AsyncGenerator<readonly string[]> {
  const file = await files.tryOpenRead(path);
  if (file === undefined) throw failure("E606", { detail: `there is no file ${path}`, fix: "check the path" });
  let rest: Buffer = Buffer.alloc(0);
  try {
    for (let offset = 0; ;) {
      const bytes = await file.read(offset, chunkBytes);
      offset += bytes.length;
      const text = Buffer.concat([rest, bytes]);
      const end = text.lastIndexOf(10) + 1;
      if (end > 0)
        yield text
          .subarray(0, end - 1)
          .toString("utf8")
          .split("\n");
      rest = text.subarray(end);
      if (bytes.length === 0) break;
      // A line this long is no record; the verification says so.
      if (rest.length > 2 * limits.logRecordBytes) break;
    }
    if (rest.length > 0) yield [rest.toString("utf8")];
  } finally {
    await file.close();
  }
}
