import type { ValueProblem } from "../request/duration-words";
import { shortened } from "../request/seen";

/** Why a path of the config may not be used: it leaves the repository, or means different things on different machines. */
export function pathProblem(path: string): ValueProblem | undefined {
  const seen = `\`${shortened(path)}\``;
  const fix = "write a path below the directory of leasehold.yaml, such as `.leasehold/log`";
  if (/^(?:\/|[A-Za-z]:|~)/.test(path)) return { detail: `${seen} is not relative to leasehold.yaml`, fix };
  if (path.includes("\\")) return { detail: `${seen} has a backslash`, fix: "write `/` between directories" };
  const names = path.split("/");
  if (names.includes("..")) return { detail: `${seen} leads upwards`, fix };
  if (names.includes("")) return { detail: `${seen} has an empty name in it`, fix };
  return undefined;
}

/** The same for anchors, which are better off on another disk: an absolute path is right, too. */
export function anchorPathProblem(path: string): ValueProblem | undefined {
  return pathProblem(path.replace(/^\/+(?=[^/])/, ""));
}
