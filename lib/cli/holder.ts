/** What a command calls itself by. */
export interface HolderOf {
  readonly host: string;
  readonly pid: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * How a command calls itself while it holds the Log, so that whoever has to wait knows for whom: host, process and, in a workflow of GitHub, its
 * run (docs.github.com, "Variables reference"). It goes into the Log: bounded, and printable ASCII only.
 */
export function holderWords({ host, pid, environment }: HolderOf): string {
  const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt, GITHUB_REPOSITORY: repository } = environment;
  const words = [`leasehold on ${plain(host)}`, `process ${pid}`];
  if (run !== undefined && run !== "") {
    const again = attempt === undefined || attempt === "" || attempt === "1" ? "" : `, attempt ${plain(attempt)}`;
    const of = repository === undefined || repository === "" ? "" : ` of ${plain(repository)}`;
    words.push(`run ${plain(run)}${of}${again}`);
  }
  return words.join(", ");
}

function plain(text: string): string {
  return text.slice(0, 100).replace(/[^A-Za-z0-9._/-]/g, "?");
}
