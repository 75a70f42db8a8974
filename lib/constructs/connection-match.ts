import { resourceClasses, type ResourceClass } from "../model/resource";
import { classList, isLabel, sortedUnique } from "./condition";
import { checkItems, checkName, checkNotEmpty, misuse } from "./misuse";

/** What a rule matches instead of listing Connections; all that is given has to match. */
export interface ConnectionMatch {
  /**
   * Labels of the Resource; of several values one has to match.
   * @default - any
   */
  readonly labels?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * Classes of the Resource.
   * @default - any
   */
  readonly class?: ResourceClass | readonly ResourceClass[];
  /**
   * Levels of the Connection.
   * @default - any
   */
  readonly level?: string | readonly string[];
}

/** A ConnectionMatch, checked and spelled out. */
export interface ConnectionSelector {
  readonly labels: readonly { readonly key: string; readonly values: readonly string[] }[];
  readonly classes: readonly ResourceClass[];
  /** Undefined means any. */
  readonly levels: readonly string[] | undefined;
}

/** Checks `mayMatching` of a rule; throws E203, also where it would match everything. */
export function connectionSelector(rule: string, match: ConnectionMatch): ConnectionSelector {
  const what = `\`mayMatching\` of rule \`${rule}\``;
  const { labels = {}, class: classes, level } = match;
  if (Object.keys(labels).length === 0 && classes === undefined && level === undefined) {
    throw misuse(what, "at least one of `labels`, `class` and `level`", match, "list Connections under `may` instead");
  }
  return {
    labels: Object.entries(labels).map(([key, values]) => labelTerm(what, key, [values].flat())),
    classes: classes === undefined ? resourceClasses : classList(`\`class\` in ${what}`, [classes].flat()),
    levels: level === undefined ? undefined : levelList(`\`level\` in ${what}`, [level].flat()),
  };
}

/** Whether a selector takes a Connection of this level on such a Resource. */
export function isSelected(
  selector: ConnectionSelector,
  resource: { readonly labels: Readonly<Record<string, string>>; readonly class: ResourceClass },
  level: string,
): boolean {
  return (
    selector.classes.includes(resource.class) &&
    (selector.levels === undefined || selector.levels.includes(level)) &&
    selector.labels.every(({ key, values }) => {
      const value = Object.hasOwn(resource.labels, key) ? resource.labels[key] : undefined;
      return value !== undefined && values.includes(value);
    })
  );
}

function labelTerm(what: string, key: string, values: readonly string[]): ConnectionSelector["labels"][number] {
  checkItems(
    `\`labels\` in ${what}`,
    [key, ...checkNotEmpty(`label \`${key}\` in ${what}`, values)],
    "labels",
    isLabel,
  );
  return { key, values: sortedUnique(values) };
}

function levelList(what: string, levels: readonly string[]): readonly string[] {
  return sortedUnique(checkNotEmpty(what, levels).map((one) => checkName(what, one)));
}
