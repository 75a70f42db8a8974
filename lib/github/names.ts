/** Name of our check run: what the rules of the branch require. */
export const checkName = "leasehold";

/** The first line of our comment on a pull request, by which it is found again. */
export function commentMarker(installation: string): string {
  return `<!-- leasehold:plan:${installation} -->`;
}

/** The first line of our issue of a key. */
export function issueMarker(installation: string, key: string): string {
  return `<!-- leasehold:issue:${installation}:${key} -->`;
}
