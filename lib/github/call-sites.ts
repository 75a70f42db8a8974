/** One kind of call to GitHub: how it is made, and what the token needs for it. */
export interface CallSite {
  /** As GitHub's documents write it. */
  readonly route: string;
  readonly writes: boolean;
  /** The permission that is named when GitHub refuses. */
  readonly needs: string;
}

/**
 * Every call to GitHub that Leasehold makes, by name: there is no other. A test runs every fault over each of
 * them (QUALITY.md, bar 9).
 */
export const callSites = {
  "pull request": graphql("pull requests: read, contents: read and checks: read"),
  "more of a pull request": graphql("pull requests: read"),
  teams: graphql("members: read of the organization"),
  commits: graphql("contents: read"),
  "blobs as text": graphql("contents: read"),
  "merge and its pull requests": graphql("contents: read and pull requests: read"),
  "merge queue": graphql("merge queues: read"),
  "tip of a branch": graphql("contents: read"),
  accounts: graphql("no permission; any token may read accounts"),
  "check runs of the Log": graphql("checks: read and contents: read"),
  "our comments": graphql("pull requests: read"),
  "our issues": read("GET /repos/{owner}/{repo}/issues", "issues: read"),
  "comment of somebody": read("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", "pull requests: read"),
  "edits of a comment": graphql("pull requests: read"),
  tree: read("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", "contents: read"),
  blob: read("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", "contents: read"),
  compare: read("GET /repos/{owner}/{repo}/compare/{basehead}", "contents: read"),
  "who we are and whose checks run": graphql("checks: read"),
  "settings of the repository": read("GET /repos/{owner}/{repo}", "metadata: read"),
  "rules of a branch": read("GET /repos/{owner}/{repo}/rules/branches/{branch}", "metadata: read"),
  ruleset: read("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", "metadata: read"),
  "branch protection": read("GET /repos/{owner}/{repo}/branches/{branch}/protection", "administration: read"),
  environments: read("GET /repos/{owner}/{repo}/environments", "actions: read"),
  "environment's branches": read(
    "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
    "actions: read",
  ),
  "workflow permissions": read("GET /repos/{owner}/{repo}/actions/permissions/workflow", "administration: read"),
  "who we are": graphql("no permission"),
  "add our comment": { ...graphql("pull requests: write"), writes: true },
  "create comment": write("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", "pull requests: write"),
  "update comment": write("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", "pull requests: write"),
  "delete comment": write("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", "pull requests: write"),
  "react to comment": write(
    "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    "issues: write and pull requests: write",
  ),
  "create check run": write("POST /repos/{owner}/{repo}/check-runs", "checks: write, and a token of a GitHub App"),
  "update check run": write("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", "checks: write"),
  "create issue": write("POST /repos/{owner}/{repo}/issues", "issues: write"),
  "update issue": write("PATCH /repos/{owner}/{repo}/issues/{issue_number}", "issues: write"),
  "create tree": write("POST /repos/{owner}/{repo}/git/trees", "contents: write"),
  "commit on branch": { ...graphql("contents: write"), writes: true },
  "create branch": write("POST /repos/{owner}/{repo}/git/refs", "contents: write"),
  "open pull request": write("POST /repos/{owner}/{repo}/pulls", "pull requests: write"),
  "ask reviewers": write("POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", "pull requests: write"),
  "pull requests of a branch": read("GET /repos/{owner}/{repo}/pulls", "pull requests: read"),
} as const satisfies Record<string, CallSite>;

/** The name of a kind of call. */
export type CallSiteName = keyof typeof callSites;

function graphql(needs: string): CallSite {
  return { route: "POST /graphql", writes: false, needs };
}

function read(route: string, needs: string): CallSite {
  return { route, writes: false, needs };
}

function write(route: string, needs: string): CallSite {
  return { route, writes: true, needs };
}
