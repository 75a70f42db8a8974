/** Name of our check run: what the rules of the branch require. */
export const checkName = "leasehold";

/** Name of the check run that keeps the newest Head of the Log. */
export const logCheckName = "leasehold log";

/** The external id of that check run: two installations may share a repository. Under any other it is not read. */
export function logCheckMarker(installation: string): string {
  return `leasehold:log:${installation}`;
}

/** The first line of our comment on a pull request, by which it is found again. */
export function commentMarker(installation: string): string {
  return `<!-- leasehold:plan:${installation} -->`;
}

/** The first line of our issue of a key. */
export function issueMarker(installation: string, key: string): string {
  return `<!-- leasehold:issue:${installation}:${key} -->`;
}
