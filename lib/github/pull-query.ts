import { commitFields, placeFields } from "./commit-facts";
import { pageFields } from "./pages";
import { actorFields, userFields } from "./people";
import { protectionFields, protectionFragments } from "./protection";
import { checkName } from "./names";
import { commentFields } from "./published";
import { teamVariables, type TeamQuery } from "./teams";

const commits = `${pageFields} nodes { commit { ...commit } }`;
const reviews = `${pageFields} nodes { fullDatabaseId author { ...actor } state commit { oid } submittedAt authorCanPushToRepository }`;
const comments = `${pageFields} nodes { ${commentFields} }`;

/** Which parts of a pull request are asked for besides what decides. */
export interface PullQueryParts {
  /** What we published on it. */
  readonly published: boolean;
}

/** The one query that reads a pull request, what we published on it, and the members of teams. */
export function pullQuery(teams: TeamQuery, parts: PullQueryParts): string {
  return `query PullRequest($owner: String!, $name: String!, $number: Int!${teamVariables(teams)}) {
    viewer { login }
    repository(owner: $owner, name: $name) {
      viewerCanAdminister
      defaultBranchRef { name }
      pullRequest(number: $number) {
        id number state isDraft isCrossRepository createdAt headRefOid baseRefName baseRefOid
        headRepository { id }
        author { ...actor }
        mergedBy { ...actor }
        mergeCommit { oid }
        baseRef { target { __typename oid ... on Commit { tree { oid } } } ${protectionFields} }
        commits(first: 100) { ${commits} }
        reviews(first: 100) { ${reviews} }
        ${parts.published ? publishedParts : ""}
      }
    }
    ${teams.fields}
  }
  ${[actorFields, userFields, placeFields, commitFields, protectionFragments].join("\n")}`;
}

/** A check suite belongs to one app; ours is the one with our login. */
const publishedParts = `comments(first: 100) { ${comments} }
        headCommit: commits(last: 1) { nodes { commit { oid checkSuites(first: 100, filterBy: { checkName: "${checkName}" }) {
          totalCount
          nodes {
            app { slug }
            checkRuns(first: 1, filterBy: { checkName: "${checkName}", checkType: LATEST }) {
              nodes { databaseId status conclusion externalId }
            }
          }
        } } } }`;

/** What comes after the first page of one list of a pull request. */
export function morePagesQuery(list: "commits" | "reviews" | "comments"): string {
  const fields = { commits, reviews, comments }[list];
  const fragments = { commits: [userFields, placeFields, commitFields], reviews: [actorFields], comments: [] }[list];
  return `query MoreOfPullRequest($owner: String!, $name: String!, $number: Int!, $after: String!) {
    repository(owner: $owner, name: $name) {
      pullRequest(number: $number) { ${list}(first: 100, after: $after) { ${fields} } }
    }
  }
  ${fragments.join("\n")}`;
}
