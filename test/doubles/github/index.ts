/** The test GitHub: real git objects behind the part of GitHub's REST and GraphQL APIs that Leasehold uses. */
export type { FileContent, FileMap } from "./git/files";
export type { Counters, RecordedCall } from "./http/calls";
export { type Fault, type FaultMatch, type PlantedFault, pointersOf } from "./http/faults";
export { connectGitHub, type GitHubProcess, spawnGitHub } from "./process";
export type { NewCommit, Person } from "./script/code";
export { type NewToken, usualAppPermissions } from "./script/people";
export type { KnownCheckRun, KnownComment, KnownPull } from "./script/pulls";
export { type GitHubOptions, type GitHubScript, startGitHub, type TestGitHub } from "./start";
export type { GitHubEvent, Limits } from "./world/world";
