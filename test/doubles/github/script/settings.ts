/** What tests do to the settings of a repository. */
import type { BypassActor, Environment, Protection, Rule, Ruleset } from "../world/model";
import type { World } from "../world/world";
import { findTeam } from "./people";

/** Actions on settings. */
export function settingsScript(world: World) {
  return {
    /** Classic protection of a branch or pattern; undefined facts mean the weak answer. `remove` takes it away. */
    async protect(
      facts: { readonly repository: string; readonly branch: string } & Omit<Protection, "id">,
    ): Promise<void> {
      const { repository, branch, ...rules } = facts;
      world.findRepository(repository).protections.set(branch, { id: world.nextId(), ...rules });
    },
    async unprotect(facts: { readonly repository: string; readonly branch: string }): Promise<void> {
      world.findRepository(facts.repository).protections.delete(facts.branch);
    },
    /** Adds a ruleset, active and for the default branch unless told; gives its id. */
    async addRuleset(facts: {
      readonly repository: string;
      readonly name?: string;
      readonly rules: readonly Rule[];
      readonly include?: readonly string[];
      readonly exclude?: readonly string[];
      readonly bypassActors?: readonly BypassActor[];
      readonly enforcement?: Ruleset["enforcement"];
      readonly organization?: boolean;
    }): Promise<number> {
      const id = world.nextId();
      world.findRepository(facts.repository).rulesets.push({
        id,
        name: facts.name ?? `ruleset ${id}`,
        enforcement: facts.enforcement ?? "active",
        include: facts.include ?? ["~DEFAULT_BRANCH"],
        exclude: facts.exclude ?? [],
        rules: facts.rules,
        bypassActors: facts.bypassActors ?? [],
        organization: facts.organization ?? false,
        createdAt: world.now(),
      });
      return id;
    },
    async removeRulesets(repository: string): Promise<void> {
      world.findRepository(repository).rulesets.length = 0;
    },
    /** Adds or replaces an environment; reviewers are logins and `org/slug`. */
    async setEnvironment(facts: {
      readonly repository: string;
      readonly name: string;
      readonly reviewers?: readonly string[];
      readonly preventSelfReview?: boolean;
      readonly waitMinutes?: number;
      readonly branches?: Environment["branches"];
      /** @default true, as GitHub has it */
      readonly adminsMayBypass?: boolean;
      readonly secrets?: readonly string[];
    }): Promise<void> {
      const reviewers = (facts.reviewers ?? []).map((one) =>
        one.includes("/") ? findTeam(world, one) : world.findAccount(one),
      );
      world.findRepository(facts.repository).environments.set(facts.name, {
        id: world.nextId(),
        name: facts.name,
        reviewers,
        preventSelfReview: facts.preventSelfReview ?? false,
        waitMinutes: facts.waitMinutes ?? 0,
        branches: facts.branches ?? "all",
        adminsMayBypass: facts.adminsMayBypass ?? true,
        secrets: facts.secrets ?? [],
        createdAt: world.now(),
      });
    },
    /** Names of the repository's own secrets, and what its workflows' tokens may do. */
    async setActions(facts: {
      readonly repository: string;
      readonly secrets?: readonly string[];
      readonly workflowPermissions?: "read" | "write";
      readonly workflowsCanApprove?: boolean;
    }): Promise<void> {
      const repository = world.findRepository(facts.repository);
      for (const name of facts.secrets ?? []) repository.secrets.add(name);
      repository.workflowPermissions = facts.workflowPermissions ?? repository.workflowPermissions;
      repository.workflowsCanApprove = facts.workflowsCanApprove ?? repository.workflowsCanApprove;
    },
  };
}
