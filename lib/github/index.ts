/** Everything that reads from and writes to GitHub. */
export { githubEnvironment, type GitHubEnvironment } from "./environment";
export { openGitHub, type GitHub, type GitHubOptions, type GitHubCall, type AnswerCache } from "./open-github";
export { callSites, type CallSite, type CallSiteName } from "./call-sites";
export { readHeadSnapshot } from "./head-snapshot";
export { readMergeSnapshot } from "./merge-snapshot";
export { readQueueSnapshot } from "./queue-snapshot";
export { firstParentsSince } from "./first-parents";
export { publish, commentMarker, checkName } from "./publish";
export { resolveAccounts } from "./accounts";
export { readFiles } from "./read-files";
export { openPullRequest } from "./open-pull";
export { writeIssue } from "./issues";
export { commentOn, readComment, reactTo } from "./comments";
export { readSettings } from "./settings";
export type * from "./settings-types";
export type * from "./types";
