/**
 * Where the embedded gateway is sane and a hoop gateway is wild, as named switches of one value.
 * The source of every wild fact is gateway/hoop-api.md with gateway/recorded (hoop 1.148.0).
 */

/** How many objects a gateway holds without a licence; `undefined` means no limit. */
export interface LicenceLimits {
  readonly accessRequestRules: number;
  readonly guardrails: number;
  readonly guardrailRulesEachWay: number;
  readonly maskingRules: number;
  readonly maskingEntityTypes: number;
}

/** Each switch is false (or generous) in the embedded gateway; `true` is what hoop does. */
export interface Behaviour {
  /** Said in the `Server` header. */
  readonly server: string;
  /** Said by `/serverinfo`. */
  readonly version: string;
  readonly licence: LicenceLimits | undefined;
  /** Largest body accepted, in bytes; hoop was seen to take 32 MiB. */
  readonly largestBody: number;
  /** Largest `offset` of a list of sessions. */
  readonly largestOffset: number;

  /** Ordinary mistakes (unknown review, wrong enum, text where an id belongs, over 48 h) answer 500. */
  readonly mistakesAreServerErrors: boolean;
  /** A provision call that fails late leaves a session behind, `status open`, `review null`. */
  readonly failedGrantLeavesOrphan: boolean;
  /** A repeat of a provision call makes a second session and grant. */
  readonly repeatIsSecondGrant: boolean;
  /** A duration of 0, below 0 or none makes a one-time review for exec. */
  readonly noDurationIsOnetime: boolean;
  /** `time_window` is stored and never enforced. */
  readonly timeWindowIsIgnored: boolean;
  /** Somebody inactive can be granted access. */
  readonly inactiveCanBeGranted: boolean;

  /** Of a pair's APPROVED reviews only the newest created counts, also when it has expired. */
  readonly newestGrantShadows: boolean;
  /** A user made again under the same e-mail has the old grants again. */
  readonly grantsOutliveTheirUser: boolean;
  /** A grant of a deleted connection stays APPROVED and cannot be revoked. */
  readonly grantsOutliveTheirConnection: boolean;
  /** A grant whose end was seen is in force again when the clock goes back. */
  readonly clockBackRevives: boolean;
  /** An approved or expired grant can be approved again, which moves its end. */
  readonly approvedCanBeApprovedAgain: boolean;
  /** Approvals must equal the number needed: more than that stays PENDING for ever. */
  readonly approvalsCanOvershoot: boolean;
  /** Without gate and without grant everybody who sees a connection gets in, without an end. */
  readonly ungatedIsOpen: boolean;
  /** A connect without a grant opens a PENDING review and waits. */
  readonly connectWithoutGrantWaits: boolean;

  /** A session is cut only after the grant's full duration counted from the session's own start. */
  readonly sessionsOutliveTheirGrant: boolean;
  /** Revoking, deactivating, hiding and deleting leave live sessions alone. */
  readonly lossOfAccessKeepsSessions: boolean;
  /** A `tcp` connection with a guardrail accepts the client and then drops it. */
  readonly guardrailDropsClient: boolean;
  /** The row of a session that a crash of the gateway ended stays `open` until somebody kills it. */
  readonly crashLeavesSessionsOpen: boolean;
  /** The exit code of a session is 254 however it ended; otherwise 0 when its two ends closed it. */
  readonly everySessionEndsWith254: boolean;

  /** `name`, `user` and `connection` filters are SQL LIKE patterns. */
  readonly filtersArePatterns: boolean;
  /** The list of connections hides limits, approvers and mandatory fields. */
  readonly listsHideFields: boolean;
  /** Empty lists read back as null in some places. */
  readonly emptyListsVary: boolean;
  /** Precision of timestamps differs from route to route. */
  readonly timestampsVary: boolean;
  /** `start_date` without `end_date` hides the rows of the current second. */
  readonly newestSecondIsHidden: boolean;
  /** Everybody can read every review. */
  readonly everybodyReadsReviews: boolean;

  /** PUT wipes what the body does not name. */
  readonly putWipes: boolean;
  /** PATCH on a connection ignores four fields and answers 200. */
  readonly patchIgnores: boolean;
  /** The beneficiary can rewrite a grant's metadata. */
  readonly beneficiaryRewritesMetadata: boolean;
  /** The answer to making a user has the password and an id that no route accepts. */
  readonly newUserAnswerIsOdd: boolean;
  /** Somebody inactive can log in (and then do nothing). */
  readonly inactiveCanLogIn: boolean;
  /** An agent that does not exist can be named by a connection. */
  readonly unknownAgentsAreTaken: boolean;
  /** Secrets of resources are stored and given back to admins. */
  readonly secretsAreStored: boolean;
  /** Guardrail types, regular expressions and unknown connection ids are taken without a word. */
  readonly safeguardsAreUnchecked: boolean;
  /** Remote agents, running a script, testing a connection and native credentials answer as hoop does, not with 501. */
  readonly answersForWhatIsLacking: boolean;
  /** The audit log leaves out grants, reviews, kills, access lists and access request rules. */
  readonly auditLeavesOutGrants: boolean;
}

/** The version of the embedded gateway, as `/serverinfo` and the `Server` header say it. */
export const embeddedVersion = "leasehold-embedded/0.1.0";

/** What `startGateway` does when nothing else is asked for. */
export const embeddedBehaviour: Behaviour = {
  server: embeddedVersion,
  version: embeddedVersion,
  licence: undefined,
  largestBody: 4 * 1024 * 1024,
  largestOffset: 10_000_000,
  mistakesAreServerErrors: false,
  failedGrantLeavesOrphan: false,
  repeatIsSecondGrant: false,
  noDurationIsOnetime: false,
  timeWindowIsIgnored: false,
  inactiveCanBeGranted: false,
  newestGrantShadows: false,
  grantsOutliveTheirUser: false,
  grantsOutliveTheirConnection: false,
  clockBackRevives: false,
  approvedCanBeApprovedAgain: false,
  approvalsCanOvershoot: false,
  ungatedIsOpen: false,
  connectWithoutGrantWaits: false,
  sessionsOutliveTheirGrant: false,
  lossOfAccessKeepsSessions: false,
  guardrailDropsClient: false,
  crashLeavesSessionsOpen: false,
  everySessionEndsWith254: false,
  filtersArePatterns: false,
  listsHideFields: false,
  emptyListsVary: false,
  timestampsVary: false,
  newestSecondIsHidden: false,
  everybodyReadsReviews: false,
  putWipes: false,
  patchIgnores: false,
  beneficiaryRewritesMetadata: false,
  newUserAnswerIsOdd: false,
  inactiveCanLogIn: false,
  unknownAgentsAreTaken: false,
  secretsAreStored: false,
  safeguardsAreUnchecked: false,
  answersForWhatIsLacking: false,
  auditLeavesOutGrants: false,
};

/**
 * What only a test can time: accidents of a real gateway, made deterministic. Absent in every
 * gateway that is not a test double.
 */
export interface Accidents {
  /** True: an approve overtakes this revoke; both answer 200 and the review is left APPROVED. */
  readonly revokeIsOvertaken?: (reviewId: string) => boolean;
  /** True: this kill answers 204 and reaches nothing, as in another replica. */
  readonly killIsLost?: (sessionId: string) => boolean;
}
