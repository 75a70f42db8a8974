/** A repository, its refs and their rules as GraphQL shows them. */
import { judge, type Needed } from "../world/access";
import type { Protection, Repository, Rule, Ruleset } from "../world/model";
import { rulesetsOf, tryFindProtection } from "../world/protection";
import { fullName } from "../world/world";
import { connection, type PageArguments } from "./connection";
import type { Asking } from "./execute";
import { GraphQLFault } from "./fault";
import { objectView, tryFindExpression } from "./objects";
import { accountView, appView, notAccessible } from "./people";
import { pullView } from "./pull";
import { queueView } from "./queue";

type View = Readonly<Record<string, unknown>>;

/** A repository. */
export function repositoryView(asking: Asking, repository: Repository): View {
  const { world } = asking;
  const path = `/${fullName(repository)}`;
  return {
    __typename: "Repository",
    id: `R_${repository.id}`,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    url: `${world.addresses.serverUrl}${path}`,
    resourcePath: path,
    isPrivate: repository.isPrivate,
    visibility: repository.isPrivate ? "PRIVATE" : "PUBLIC",
    isFork: repository.forkOf !== undefined,
    viewerCanAdminister: judge(world, asking.token, repository, editing) === "allowed",
    parent: () => (repository.forkOf === undefined ? null : repositoryView(asking, repository.forkOf)),
    owner: () => accountView(world, repository.owner),
    defaultBranchRef: () => refView(asking, repository, `refs/heads/${repository.defaultBranch}`),
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) => {
      allowed(asking, repository, { permission: "contents", level: "read" });
      const names = [qualifiedName, `refs/heads/${qualifiedName}`, `refs/tags/${qualifiedName}`];
      const found = names.find((name) => repository.git.tryReadRef(name) !== undefined);
      return found === undefined ? null : refView(asking, repository, found);
    },
    object: async ({ oid, expression }: { readonly oid?: string | null; readonly expression?: string | null }) => {
      const sha = oid ?? (typeof expression === "string" ? await tryFindExpression(repository, expression) : undefined);
      return sha === undefined ? null : objectView(asking, repository, sha);
    },
    pullRequest: ({ number }: { readonly number: number }) => {
      allowed(asking, repository, { permission: "pull_requests", level: "read" });
      const pull = repository.pulls.get(number);
      if (pull === undefined) throw noNumber("PullRequest", number);
      return pullView(asking, pull);
    },
    pullRequests: (page: PageArguments & PullFilter) => {
      allowed(asking, repository, { permission: "pull_requests", level: "read" });
      const items = [...repository.pulls.values()].filter(
        (pull) =>
          (page.states?.includes(pull.merged === undefined ? pull.issue.state.toUpperCase() : "MERGED") ?? true) &&
          (page.headRefName ?? pull.headBranch) === pull.headBranch &&
          (page.baseRefName ?? pull.baseBranch) === pull.baseBranch,
      );
      const view = (pull: (typeof items)[number]) => pullView(asking, pull);
      return connection({ name: "pullRequests", items, view, pageSize: world.limits.pageSize }, page);
    },
    mergeQueue: ({ branch }: { readonly branch?: string | null }) =>
      queueView(asking, repository, branch ?? repository.defaultBranch),
    branchProtectionRules: (page: PageArguments) => {
      allowed(asking, repository, { permission: "administration", level: "read", person: "admin" });
      const items = [...repository.protections].map(([pattern, one]) => ({ ...one, pattern }));
      const view = (one: (typeof items)[number]) => protectionView(asking, one);
      return connection({ name: "branchProtectionRules", items, view, pageSize: world.limits.pageSize }, page);
    },
  };
}

interface PullFilter {
  readonly states?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
}

/** A ref; null where it is not there. */
export function refView(asking: Asking, repository: Repository, ref: string): View | null {
  const sha = repository.git.tryReadRef(ref);
  if (sha === undefined || repository.isDeleted) return null;
  const [, kind = "", ...rest] = ref.split("/");
  const name = rest.join("/");
  const protection = ref.startsWith("refs/heads/") ? tryFindProtection(repository, name) : undefined;
  const rules = ref.startsWith("refs/heads/")
    ? rulesetsOf(repository, name).flatMap((set) => set.rules.map((rule) => ({ set, rule })))
    : [];
  return {
    __typename: "Ref",
    id: `REF_${repository.id}_${ref}`,
    name,
    prefix: `refs/${kind}/`,
    target: () => objectView(asking, repository, sha),
    repository: () => repositoryView(asking, repository),
    branchProtectionRule: () => {
      if (protection === undefined) return null;
      // GitHub shows a branch's protection to whoever may write; an App needs administration.
      allowed(asking, repository, { permission: "administration", level: "read", person: "write" });
      return protectionView(asking, protection);
    },
    rules: (page: PageArguments) => {
      const view = ({ set, rule }: (typeof rules)[number]) => ruleView(asking, repository, set, rule);
      return connection({ name: "rules", items: rules, view, pageSize: asking.world.limits.pageSize }, page);
    },
  };
}

function protectionView({ world }: Asking, protection: Protection & { readonly pattern: string }): View {
  const { requiredChecks, bypassPullRequest = [] } = protection;
  return {
    __typename: "BranchProtectionRule",
    id: `BPR_${protection.id}`,
    databaseId: protection.id,
    pattern: protection.pattern,
    requiresApprovingReviews: protection.requiredApprovals !== undefined,
    requiredApprovingReviewCount: protection.requiredApprovals ?? null,
    dismissesStaleReviews: protection.dismissStaleReviews ?? false,
    requiresCodeOwnerReviews: protection.requireCodeOwnerReviews ?? false,
    requireLastPushApproval: protection.requireLastPushApproval ?? false,
    isAdminEnforced: protection.enforceAdmins ?? false,
    allowsForcePushes: protection.allowForcePushes ?? false,
    allowsDeletions: protection.allowDeletions ?? false,
    requiresCommitSignatures: protection.requiredSignatures ?? false,
    requiresLinearHistory: protection.linearHistory ?? false,
    restrictsPushes: protection.restrictPushes !== undefined,
    requiresStatusChecks: requiredChecks !== undefined,
    requiresStrictStatusChecks: protection.strictChecks ?? false,
    requiredStatusCheckContexts: requiredChecks?.map((one) => one.context) ?? [],
    requiredStatusChecks:
      requiredChecks?.map((one) => ({
        context: one.context,
        app: () => {
          const app = [...world.apps.values()].find((other) => other.id === one.appId);
          return app === undefined ? null : appView(world, app);
        },
      })) ?? [],
    bypassPullRequestAllowances: (page: PageArguments) =>
      connection(
        {
          name: "bypassPullRequestAllowances",
          items: bypassPullRequest,
          view: (login) => ({ actor: accountView(world, world.findAccount(login)) }),
          pageSize: world.limits.pageSize,
        },
        page,
      ),
  };
}

/** What an edit of settings takes. */
const editing: Needed = { permission: "administration", level: "write", person: "admin" };

function ruleView(asking: Asking, repository: Repository, ruleset: Ruleset, rule: Rule): View {
  return {
    __typename: "RepositoryRule",
    id: `RRU_${ruleset.id}_${rule.type}`,
    type: rule.type.toUpperCase(),
    parameters: () => parametersView(rule),
    repositoryRuleset: () => ({
      __typename: "RepositoryRuleset",
      id: `RRS_${ruleset.id}`,
      databaseId: ruleset.id,
      name: ruleset.name,
      enforcement: ruleset.enforcement.toUpperCase(),
      source: repositoryView(asking, repository),
      target: "BRANCH",
      // Nobody, for whoever may not edit it: the worst that GitHub could say, which shows what is redacted as null.
      bypassActors: (page: PageArguments) => {
        const items = judge(asking.world, asking.token, repository, editing) === "allowed" ? ruleset.bypassActors : [];
        const view = (one: (typeof items)[number]) => ({ bypassMode: one.bypass_mode.toUpperCase() });
        return connection({ name: "bypassActors", items, view, pageSize: asking.world.limits.pageSize }, page);
      },
    }),
  };
}

function parametersView({ type, parameters = {} }: Rule): View | null {
  if (type === "pull_request") {
    return {
      __typename: "PullRequestParameters",
      requireLastPushApproval: parameters["require_last_push_approval"] ?? false,
      dismissStaleReviewsOnPush: parameters["dismiss_stale_reviews_on_push"] ?? false,
      requireCodeOwnerReview: parameters["require_code_owner_review"] ?? false,
      requiredApprovingReviewCount: parameters["required_approving_review_count"] ?? 0,
      requiredReviewThreadResolution: parameters["required_review_thread_resolution"] ?? false,
      allowedMergeMethods: parameters["allowed_merge_methods"] ?? null,
    };
  }
  if (type === "required_status_checks") {
    const checks = (parameters["required_status_checks"] ?? []) as readonly View[];
    return {
      __typename: "RequiredStatusChecksParameters",
      doNotEnforceOnCreate: parameters["do_not_enforce_on_create"] ?? false,
      strictRequiredStatusChecksPolicy: parameters["strict_required_status_checks_policy"] ?? false,
      requiredStatusChecks: checks.map((one) => ({
        context: one["context"],
        integrationId: one["integration_id"] ?? null,
      })),
    };
  }
  return null;
}

/** Throws GitHub's error where the token may not. */
function allowed({ world, token }: Asking, repository: Repository, needed: Needed): void {
  if (judge(world, token, repository, needed) === "allowed") return;
  const words = token.kind === "installation" ? notAccessible : "Must have push access to view this resource";
  throw new GraphQLFault("FORBIDDEN", words);
}

function noNumber(type: string, number: number): GraphQLFault {
  return new GraphQLFault("NOT_FOUND", `Could not resolve to a ${type} with the number of ${number}.`);
}
