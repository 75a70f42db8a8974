import { diagnostic, type Diagnostic } from "../../errors";
import { limits } from "../../model/limits";
import type { AccessRequest } from "../../model/request";
import type { CommitContent, RequestChange } from "../../model/snapshot";
import { parseRequest } from "../../request";

/** A changed request file with what it said and says. */
export interface ReadChange {
  readonly change: RequestChange;
  /** Absent where there was no file, or none that could be read. */
  readonly before?: AccessRequest;
  readonly after?: AccessRequest;
  /** What is wrong with the file as it is. */
  readonly problems: readonly Diagnostic[];
}

/** Reads the request files that a commit changes, each once for the same content. */
export function readChanges(content: CommitContent): readonly ReadChange[] {
  const known = readings.get(content);
  if (known !== undefined) return known;
  const changes = content.requestChanges.map(readChange);
  readings.set(content, changes);
  return changes;
}

const readings = new WeakMap<CommitContent, readonly ReadChange[]>();

function readChange(change: RequestChange): ReadChange {
  const { path, before, after, unreadable } = change;
  const was = before === null ? undefined : parseRequest({ file: path, text: before });
  const old = was?.kind === "request" ? { before: was.request } : {};
  if (unreadable !== undefined) return { change, ...old, problems: [unreadableProblem(path, unreadable)] };
  if (after === null) return { change, ...old, problems: [] };
  const is = parseRequest({ file: path, text: after });
  return is.kind === "request"
    ? { change, ...old, after: is.request, problems: [] }
    : { change, ...old, problems: is.diagnostics };
}

function unreadableProblem(file: string, why: NonNullable<RequestChange["unreadable"]>): Diagnostic {
  const where = { file, line: 1, column: 1, length: 1 };
  switch (why) {
    case "link":
      return diagnostic("E101", { detail: "a symbolic link seen", fix: "put the file itself here", where });
    case "submodule":
      return diagnostic("E101", { detail: "a submodule seen", fix: "put the files themselves here", where });
    case "not UTF-8":
      return diagnostic("E101", { summary: "the file is not UTF-8 text", fix: "save the file as UTF-8", where });
    case "too large":
      return diagnostic("E109", {
        detail: `larger than ${limits.requestFileBytes} bytes`,
        fix: "a request has a few lines: check that this is the right file",
        where,
      });
  }
}
