import type { OnGitHub } from "./pull-plan";

/** The numbers of the open pull requests that a commit is the head of, whatever repository it comes from. */
export async function openPullsOf({ github, repository }: OnGitHub, headSha: string): Promise<readonly number[]> {
  const { owner, name } = repository;
  const document = `query PullsOfHead($owner: String!, $name: String!, $oid: GitObjectID!) {
    repository(owner: $owner, name: $name) {
      object(oid: $oid) {
        __typename
        ... on Commit {
          associatedPullRequests(first: 100) { nodes { number state headRefOid baseRepository { nameWithOwner } } }
        }
      }
    }
  }`;
  const { data } = await github.query("merge and its pull requests", document, {
    variables: { owner, name, oid: headSha },
  });
  const object = data.get("repository").nullable("object");
  if (object === undefined || object.get("__typename").string() !== "Commit") return [];
  const nodes = object.nullable("associatedPullRequests")?.get("nodes").list(100) ?? [];
  return nodes
    .filter((pull) => pull.get("state").string() === "OPEN" && pull.get("headRefOid").sha() === headSha)
    .filter(
      (pull) =>
        pull.at("baseRepository", "nameWithOwner").string(200).toLowerCase() === `${owner}/${name}`.toLowerCase(),
    )
    .map((pull) => pull.get("number").id())
    .toSorted((a, b) => a - b);
}
