import { diagnostic, type Diagnostic } from "../errors";
import { locate } from "./locate";
import type { LoadedRequest } from "./loaded-request";

/** Requests by the names that only they have, in ascending order, and a problem at every place of a name used twice. */
export function duplicateNames(loaded: readonly LoadedRequest[]): {
  readonly unique: readonly LoadedRequest[];
  readonly problems: readonly Diagnostic[];
} {
  const byName = new Map<string, LoadedRequest[]>();
  for (const one of loaded) {
    const group = byName.get(one.request.name);
    if (group === undefined) byName.set(one.request.name, [one]);
    else group.push(one);
  }
  const groups = [...byName.values()];
  const unique = groups.flatMap((group) => (group.length === 1 ? group : []));
  const problems = groups.filter((group) => group.length > 1).flatMap((group) => problemsOf(group));
  return { unique: unique.toSorted((a, b) => (a.request.name < b.request.name ? -1 : 1)), problems };
}

function problemsOf(group: readonly LoadedRequest[]): readonly Diagnostic[] {
  return group.map((one) => {
    const other = group.find((another) => another !== one) ?? one;
    const more = group.length - 2;
    const others = `${other.file}${more > 0 ? ` and in ${more} more ${more === 1 ? "file" : "files"}` : ""}`;
    return diagnostic("E106", {
      detail: `\`${one.request.name}\` is also the name in ${others}`,
      fix: "give one of them a name of its own; a name is used once and never again",
      where: locate({ file: one.file, text: one.text }, ["metadata", "name"]),
    });
  });
}
