/** Where the entries of a Manifest were declared; for an entry that no construct stands behind, its own name. */
export class DeclaredPaths {
  private readonly paths = new WeakMap<object, string>();

  /** Remembers where an entry was declared, and gives the entry. */
  at<T extends object>(path: string, entry: T): T {
    this.paths.set(entry, path);
    return entry;
  }

  /** The construct path of an entry; else the words given. */
  of(entry: object, otherwise: string): string {
    return this.paths.get(entry) ?? otherwise;
  }
}
