/** Branch protection and rulesets: which bind a branch, and what they refuse. */
import { emitReview } from "./events";
import type { Account, Protection, Pull, Repository, Ruleset } from "./model";
import { atLeast, type World } from "./world";

/** The classic protection of a branch: an exact name before a pattern. */
export function tryFindProtection(
  repository: Repository,
  branch: string,
): (Protection & { pattern: string }) | undefined {
  const exact = repository.protections.get(branch);
  if (exact !== undefined) return { ...exact, pattern: branch };
  for (const [pattern, protection] of repository.protections) {
    if (matches(pattern, branch)) return { ...protection, pattern };
  }
  return undefined;
}

/** The active rulesets that bind a branch. */
export function rulesetsOf(repository: Repository, branch: string): readonly Ruleset[] {
  const bound = (pattern: string) =>
    pattern === "~ALL" ||
    (pattern === "~DEFAULT_BRANCH" && branch === repository.defaultBranch) ||
    matches(pattern, `refs/heads/${branch}`);
  return repository.rulesets.filter(
    (one) => one.enforcement === "active" && one.include.some(bound) && !one.exclude.some(bound),
  );
}

/** Why a push to a branch is refused, or undefined. A merge through GitHub goes by `mergeRefusal`. */
export function pushRefusal(world: World, repository: Repository, branch: string, by: Account): string | undefined {
  const isAdmin = atLeast(world.permissionOf(by, repository), "admin");
  const protection = tryFindProtection(repository, branch);
  if (protection !== undefined && !(isAdmin && protection.enforceAdmins !== true)) {
    const { restrictPushes, bypassPullRequest = [] } = protection;
    if (restrictPushes !== undefined && !restrictPushes.includes(by.login))
      return "You're not authorized to push to this branch.";
    if (protection.requiredApprovals !== undefined && !bypassPullRequest.includes(by.login)) {
      return "Changes must be made through a pull request.";
    }
  }
  for (const ruleset of rulesetsOf(repository, branch)) {
    if (mayBypass(world, repository, ruleset, by)) continue;
    if (ruleset.rules.some((rule) => rule.type === "pull_request"))
      return "Changes must be made through a pull request.";
    if (ruleset.rules.some((rule) => rule.type === "update")) return "Cannot update this protected ref.";
  }
  return undefined;
}

/** Why a push that is no fast-forward is refused, or undefined. */
export function forceRefusal(world: World, repository: Repository, branch: string, by: Account): string | undefined {
  const protection = tryFindProtection(repository, branch);
  if (protection !== undefined && protection.allowForcePushes !== true) return "Cannot force-push to this branch";
  const rule = rulesetsOf(repository, branch)
    .filter((ruleset) => !mayBypass(world, repository, ruleset, by))
    .some((ruleset) => ruleset.rules.some((one) => one.type === "non_fast_forward"));
  return rule ? "Cannot force-push to this branch" : undefined;
}

/** Reviews that a push makes stale are dismissed where the branch's rules say so. */
export async function dismissStaleReviews(world: World, pull: Pull): Promise<void> {
  const { repository, baseBranch } = pull;
  const classic = tryFindProtection(repository, baseBranch)?.dismissStaleReviews === true;
  const ruled = rulesetsOf(repository, baseBranch).some((ruleset) =>
    ruleset.rules.some((rule) => rule.parameters?.["dismiss_stale_reviews_on_push"] === true),
  );
  if (!classic && !ruled) return;
  for (const review of pull.reviews) {
    if (review.state !== "APPROVED" || review.commit === pull.headSha) continue;
    review.state = "DISMISSED";
    review.updatedAt = world.now();
    await emitReview(world, pull, review, "dismissed", pull.lastPusher);
  }
}

/** Whether an account is in a ruleset's bypass list. */
function mayBypass(world: World, repository: Repository, ruleset: Ruleset, by: Account): boolean {
  return ruleset.bypassActors.some((actor) => {
    if (actor.bypass_mode === "pull_request") return false;
    switch (actor.actor_type) {
      case "Integration":
        return [...world.apps.values()].some((app) => app.id === actor.actor_id && app.bot === by);
      case "OrganizationAdmin":
        return world.organizationAdmins.get(repository.owner)?.has(by) === true;
      case "RepositoryRole":
        // GitHub's ids of the built-in roles.
        return atLeast(
          world.permissionOf(by, repository),
          ({ 2: "maintain", 4: "write", 5: "admin" } as const)[actor.actor_id ?? 0] ?? "admin",
        );
      case "Team":
        return [...world.teams].some((team) => team.id === actor.actor_id && team.members.has(by));
      case "DeployKey":
        return false;
      case "User":
        return by.id === actor.actor_id;
    }
  });
}

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("**", "\0")
    .replaceAll("*", "[^/]*")
    .replaceAll("\0", ".*");
  return new RegExp(`^${source}$`).test(name);
}
