/**
 * Every bound of Leasehold in one place. What is larger is refused with the bound named, never cut
 * in silence. Bytes, seconds and counts as the names say.
 */
export const limits = {
  /** A request file. */
  requestFileBytes: 65_536,
  /** How deep YAML and JSON from people may nest. */
  documentDepth: 16,
  /** Nodes in one YAML document. */
  documentNodes: 5_000,
  /** Nodes in one request file: two full lists and the rest. */
  requestNodes: 1_000,
  /** Request files in one repository. */
  requestFiles: 200_000,
  /** Beneficiaries named in one request. */
  requestPrincipals: 100,
  /** Connections named in one request. */
  requestConnections: 100,
  /** (person, Connection) pairs of one request after groups are expanded. */
  requestPairs: 5_000,
  /** Characters of a reason. */
  reasonCharacters: 500,
  /** Characters of a ticket. */
  ticketCharacters: 100,
  /** leasehold.yaml. */
  configBytes: 262_144,
  /** A Manifest as canonical JSON. */
  manifestBytes: 33_554_432,
  /** Members of one group after expansion. */
  groupMembers: 20_000,
  /** How deep groups may nest. */
  groupDepth: 10,
  /** Steps of one ApprovalRule. */
  approvalSteps: 10,
  /** Nodes of one Condition. */
  conditionNodes: 100,
  /** No lease is longer, whatever the rules say. */
  durationSeconds: 90 * 86_400,
  /** The organisation's cap on one grant where the config is silent. */
  defaultMaxDurationSeconds: 7 * 86_400,
  /** How far ahead `startBefore` may lie where the config is silent. */
  defaultStartWithinSeconds: 30 * 86_400,
  /** How long an approval counts where the config is silent. */
  defaultApprovalValidForSeconds: 30 * 86_400,
  /** One record of the Log as a line; `requests.merged` names every file of a first merge. */
  logRecordBytes: 33_554_432,
  /** Anchors kept in one file. */
  anchors: 1_000,
  /** A file of anchors: twice what so many take. */
  anchorFileBytes: 1_048_576,
  /** Something stored beside the Log by digest. */
  blobBytes: 268_435_456,
  /** One answer of a gateway. */
  httpBodyBytes: 268_435_456,
  /** One call to a gateway. */
  httpTimeoutMs: 30_000,
  /** Pages of one listing. */
  httpPages: 2_000,
  /** One answer of GitHub. */
  githubBodyBytes: 67_108_864,
  /** Longest that a rate limit of GitHub is waited for; a longer one is an error that says when it ends. */
  githubRateLimitSeconds: 60,
  /** Commits of one pull request: GitHub lists no more. */
  pullCommits: 250,
  /** Reviews, and comments, of one pull request. */
  pullReviews: 10_000,
  /** Files in the tree of one commit. */
  treeEntries: 500_000,
  /** Characters of the path of one file: Git itself knows no bound, file systems stop at 4,096 bytes. */
  pathCharacters: 8_192,
  /** Teams that one policy may name as approvers. */
  approverTeams: 100,
  /** Commits that one walk along the base branch may meet. */
  walkedCommits: 50_000,
  /** Characters of a comment on GitHub. */
  commentCharacters: 65_536,
  /** Memory of the rules program. */
  rulesProgramMemoryMiB: 512,
  /** Time of the rules program. */
  rulesProgramMs: 30_000,
  /** What the rules program may print. */
  rulesProgramOutputBytes: 1_048_576,
  /** Longest that a refused ending waits before it is tried again. */
  endingRetrySeconds: 300,
} as const;
