import type { GitHubAccount, PullReview, Snapshot } from "../../model/snapshot";

/** The Snapshot as it would be if somebody approved its subject now; without a pull request the Snapshot itself. */
export function whatIf(snapshot: Snapshot, login: string): Snapshot {
  const { pull, subject, asOf } = snapshot;
  if (pull === undefined) return snapshot;
  const review: PullReview = {
    id: 1 + Math.max(0, ...pull.reviews.map(({ id }) => id)),
    by: accountOf(snapshot, login),
    state: "approved",
    // A merge was reviewed as the head of its pull request.
    commit: snapshot.kind === "head" ? subject.sha : pull.head,
    at: asOf,
    mayPush: true,
  };
  return { ...snapshot, pull: { ...pull, reviews: [...pull.reviews, review] } };
}

/** Nobody on GitHub has this number. */
const unknownId = 0;

/** The account of a login: as GitHub showed it, else as it was pinned, else one that nobody knows. */
function accountOf({ pull, teams, policy }: Snapshot, login: string): GitHubAccount {
  const isIt = (other: { readonly login: string }): boolean => other.login.toLowerCase() === login.toLowerCase();
  const seen = [
    ...(pull?.reviews ?? []).map(({ by }) => by),
    ...(pull === undefined ? [] : [pull.author]),
    ...(pull?.commits ?? []).flatMap(({ author, committer, coAuthors }) => [author, committer, ...coAuthors]),
    ...teams.flatMap(({ members }) => members ?? []),
  ].find((account) => account !== undefined && isIt(account));
  if (seen !== undefined) return seen;
  const pin = policy?.pinned.find(isIt);
  return { id: pin?.id ?? unknownId, login: pin?.login ?? login, kind: login.endsWith("[bot]") ? "bot" : "user" };
}
