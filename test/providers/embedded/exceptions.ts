/**
 * Where the embedded gateway differs from the recorded hoop gateway, case by case, with the switch of
 * `Behaviour` that makes the difference (false here, true in hoop).
 */
import type { Behaviour } from "../../../providers/embedded";
import type { Exception, Exceptions } from "../../doubles/hoop/replay/run";

type Switch = keyof Behaviour;

/** The embedded gateway refuses, or accepts, with another status. */
const answers = (status: number, cause: Switch, words: string): Exception => ({ why: `${cause}: ${words}`, status });

/** Some parts of the answer differ. */
const shows = (cause: Switch, words: string, ...paths: readonly string[]): Exception => ({
  why: `${cause}: ${words}`,
  paths: paths.length === 0 ? ["$"] : paths,
});

/** The case cannot come about. */
const never = (cause: Switch, words: string): Exception => ({ why: `${cause}: ${words}`, leftOut: true });

const listed = shows("listsHideFields", "a list shows what GET shows", "$[", "$.data[");
const kept = shows("putWipes", "PUT keeps what it does not name");
const unlimited = (status: number): Exception => answers(status, "licence", "there is no limit");
const mistake = (status: number): Exception => answers(status, "mistakesAreServerErrors", "a mistake is not a 500");
const noWaiting = never("connectWithoutGrantWaits", "a connect without a lease is refused, nobody waits for a review");
const lacks = answers(501, "answersForWhatIsLacking", "not in the embedded gateway");

const newUser = shows(
  "newUserAnswerIsOdd",
  "the id is the one that routes accept, no password comes back",
  "$.id",
  "$.password",
);

/** The list. */
export const embeddedExceptions: Exceptions = {
  connections: {
    "list, no paging": listed,
    "list, page": listed,
    "list, page past the end": shows("listsHideFields", "the total is told on every page", "$.pages.total"),
    "list, name filter with an underscore wildcard": shows("filtersArePatterns", "a filter is exact"),
    "get by name as admin: secrets come back": shows("secretsAreStored", "only addresses are stored", "$.secret"),
    "list shows less than get": listed,
    "create, unknown type": mistake(422),
    "create, unknown agent": answers(422, "unknownAgentsAreTaken", "an agent must exist"),
    "create, agent is not a uuid": mistake(422),
    "create, access mode misspelt": mistake(422),
    "create database/postgres, command defaulted": shows(
      "answersForWhatIsLacking",
      "no commands are run, so none is filled in",
      "$.command",
    ),
    "PATCH fields it cannot set": shows("patchIgnores", "PATCH sets what it names"),
    "get after that PATCH": shows("patchIgnores", "PATCH sets what it names"),
    "PUT without the optional fields (they are wiped)": kept,
    "get after PUT": kept,
    "PUT without secret": kept,
    "PUT with another name in the body": kept,
    "test a connection": lacks,
    "tags seen so far": { why: "two tags that a hoop gateway is installed with", paths: ["$.items"] },
  },
  errors: {
    "invalid UTF-8/NUL in a name": mistake(422),
    "32 MiB body (an unknown field of 32 MiB)": answers(413, "largestBody", "bodies are bounded"),
    "non-uuid id": mistake(404),
  },
  grants: {
    "read back: two sessions": shows("repeatIsSecondGrant", "the same call is the same grant"),
    "48 h and 1 s": mistake(422),
    "the failed call left a session behind": shows("failedGrantLeavesOrphan", "nothing is left behind"),
    "0 s: becomes a one-time exec review": answers(422, "noDurationIsOnetime", "a grant has an end"),
    "review of 0 s": shows("noDurationIsOnetime", "a grant has an end"),
    negative: answers(422, "noDurationIsOnetime", "a grant has an end"),
    "no duration": answers(422, "noDurationIsOnetime", "a grant has an end"),
    time_window: answers(501, "timeWindowIsIgnored", "what is not enforced is refused"),
    "time_window, bad time": answers(501, "timeWindowIsIgnored", "what is not enforced is refused"),
    "grant for an inactive user": answers(400, "inactiveCanBeGranted", "who cannot connect is not granted"),
  },
  guardrails: {
    "create, same name": answers(409, "licence", "there is no limit that hits first"),
    "create a second one without an enterprise licence": unlimited(201),
    list: shows("licence", "the second one is there"),
    "update without connection_ids": kept,
    "get after that": kept,
    "two input rules without an enterprise licence": unlimited(200),
    "unknown connection id is dropped": answers(422, "safeguardsAreUnchecked", "a connection must exist"),
    "unknown rule type": answers(422, "safeguardsAreUnchecked", "a type must be known"),
    "invalid regex": answers(422, "safeguardsAreUnchecked", "a regular expression must be one"),
  },
  masking: {
    "create, same name": answers(409, "licence", "there is no limit that hits first"),
    "create a second one without an enterprise licence": unlimited(201),
    "two entity types without an enterprise licence": unlimited(200),
    "unknown connection": mistake(422),
    list: shows("licence", "the second one is there"),
  },
  plugins: {
    "alice sees the listed one": listed,
    "set access list by connection name": mistake(404),
    "set access list, unknown connection id": mistake(404),
  },
  reviews: {
    "list reviews as another plain user: everything is visible": shows("everybodyReadsReviews", "not hers"),
    "get review by id as a plain user": answers(404, "everybodyReadsReviews", "not hers"),
    "revoke, unknown id": mistake(404),
    "revoke, id is not a uuid": mistake(404),
    "admin approves an approved grant again: the window restarts": answers(
      400,
      "approvedCanBeApprovedAgain",
      "an end does not move",
    ),
    "read back": shows("approvedCanBeApprovedAgain", "still as it was made", "$.review_groups_data"),
    "unknown status": mistake(422),
    "admin approves an expired grant: it lives again": answers(400, "approvedCanBeApprovedAgain", "ended stays ended"),
    "revoke a one-time review": never("noDurationIsOnetime", "there are no one-time reviews"),
    "one reviewer in two groups, one approval needed: stays pending": noWaiting,
    "forced approval by a member of force_approval_groups": noWaiting,
    "forced approval read back: forced_review is false": noWaiting,
    "admin user approves a request whose only reviewer group has no members: stays pending": noWaiting,
    "admin rejects a pending request": noWaiting,
    "a review opened by a user that waits for approval": noWaiting,
    "requester approves its own request": noWaiting,
    "first of two groups approves": noWaiting,
    "same group approves again": noWaiting,
    "second group approves": noWaiting,
    "an admin outside the reviewer groups approves": noWaiting,
    "force_review by a user outside force_approval_groups": noWaiting,
    "a reviewer rejects": noWaiting,
    "late approval of a request whose client has gone": noWaiting,
    "late approval of a request whose client has gone (2/2): access opens": noWaiting,
    "revoke after the connection was deleted": answers(
      400,
      "grantsOutliveTheirConnection",
      "it was revoked when its connection was deleted",
    ),
  },
  rules: {
    "create, same name": answers(422, "licence", "there is no limit that hits first"),
    "create a second rule without an enterprise licence": unlimited(201),
    "create, same connection": answers(422, "licence", "there is no limit that hits first"),
    list: shows("licence", "the second one is there"),
    "connection shows the rule in effective_features": shows("secretsAreStored", "only addresses", "$.secret"),
  },
  server: {
    "agent create": lacks,
    "agent create, duplicate name": lacks,
  },
  sessions: {
    "kill, id is not a uuid": mistake(404),
    "list by connection: underscore and percent are wildcards": shows("filtersArePatterns", "a filter is exact"),
    "list, offset 10001": answers(200, "largestOffset", "lists can be walked to their end"),
    "list from a date": shows("newestSecondIsHidden", "the newest rows are in it", "$.data"),
    "patch metadata as owner": answers(403, "beneficiaryRewritesMetadata", "what was written stays"),
    "session after the owner patched its metadata": shows("beneficiaryRewritesMetadata", "not patched", "$.metadata"),
    "exec on a connection with reviewers, no enterprise licence": lacks,
    "session of an approved request after the client left": noWaiting,
    "its session": noWaiting,
    "kill a session that waits for approval": noWaiting,
    "a live session that was approved natively has status ready": noWaiting,
    "native credential request by a user, no rule": lacks,
    "exec on a connection whose exec mode is disabled": lacks,
  },
  users: {
    "create user": newUser,
    "create user, e-mail in another case": newUser,
    "create user without password": newUser,
    "create user with a short password": newUser,
    "create user with status inactive": newUser,
    "create user, duplicate group in the list": newUser,
    "create user, groups omitted": newUser,
    "update user without status": answers(200, "putWipes", "PUT keeps what it does not name"),
    "update user with an unknown status": mistake(422),
    "update user without groups": kept,
    "update user without name": answers(200, "mistakesAreServerErrors", "a group named twice is one group"),
    "update user, duplicate group in the list": answers(
      200,
      "mistakesAreServerErrors",
      "a group named twice is one group",
    ),
    "inactive user logs in": answers(401, "inactiveCanLogIn", "no token for somebody inactive"),
    "inactive user calls the API": never("inactiveCanLogIn", "there is no token to call with"),
    "create group, 181 characters": mistake(422),
  },
};
