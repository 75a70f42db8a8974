/** What tests do to repositories, branches and commits. */
import { type FileMap, writeFiles } from "../git/files";
import type { Signature } from "../git/objects";
import type { Account, Permission, Repository, SignatureState } from "../world/model";
import { identityOf } from "../world/people";
import { moveRef } from "../world/refs";
import { fullName, type World } from "../world/world";
import { findTeam } from "./people";

/** Who stands in a commit: an account's login, or whatever name and e-mail somebody typed. */
export type Person = string | { readonly name: string; readonly email: string };

/** A commit to make and push. */
export interface NewCommit {
  readonly repository: string;
  /** Made when it is not there, from `from` or the default branch. */
  readonly branch: string;
  readonly files?: FileMap;
  readonly message?: string;
  /** @default the pusher */
  readonly author?: Person;
  /** @default the author */
  readonly committer?: Person;
  readonly coAuthors?: readonly Person[];
  /** GitHub's word on the signature. @default unsigned */
  readonly signature?: SignatureState;
  /** Ids, instead of the branch's tip: another history makes the push a forced one. */
  readonly parents?: readonly string[];
  /** Where a new branch starts: a branch or an id. */
  readonly from?: string;
  /** Who pushes. @default the repository's owner, or the first admin of its organization */
  readonly by?: string;
  /** ISO 8601. @default now */
  readonly date?: string;
}

/** Actions on repositories. */
export function codeScript(world: World) {
  const script = {
    /** Makes a repository, private unless told, with a first commit of `files`; an organization's or user's. */
    async createRepository(facts: {
      readonly name: string;
      readonly files?: FileMap;
      readonly defaultBranch?: string;
      readonly visibility?: "private" | "public";
    }): Promise<{ readonly id: number; readonly head: string }> {
      const [login = "", name = ""] = facts.name.split("/");
      const owner = world.tryFindAccount(login) ?? world.addAccount({ login, type: "Organization", name: login });
      const branch = facts.defaultBranch ?? "main";
      const repository = await world.addRepository(owner, name, branch);
      repository.isPrivate = facts.visibility !== "public";
      const files = facts.files ?? { "README.md": `# ${name}\n` };
      return {
        id: repository.id,
        head: await script.pushCommit({ repository: facts.name, branch, files, message: "Begin" }),
      };
    },
    /** A fork shares the objects of the original, as on GitHub; gives its full name. */
    async forkRepository(facts: {
      readonly repository: string;
      readonly owner: string;
      readonly name?: string;
    }): Promise<string> {
      const original = world.findRepository(facts.repository);
      const owner = world.findAccount(facts.owner);
      const fork = await world.addRepository(owner, facts.name ?? original.name, original.defaultBranch, original);
      fork.isPrivate = original.isPrivate;
      for (const { ref, sha } of await original.git.refs("refs/heads/")) await fork.git.setRef(ref, sha);
      return fullName(fork);
    },
    /** Gone; pull requests from it stay, without a head repository. */
    async deleteRepository(name: string): Promise<void> {
      world.findRepository(name).isDeleted = true;
    },
    async setVisibility(facts: {
      readonly repository: string;
      readonly visibility: "private" | "public";
    }): Promise<void> {
      world.findRepository(facts.repository).isPrivate = facts.visibility === "private";
    },
    /** Gives a user (login) or team (`org/slug`) a permission; `none` takes it away. */
    async setPermission(facts: {
      readonly repository: string;
      readonly to: string;
      readonly permission: Permission;
    }): Promise<void> {
      const repository = world.findRepository(facts.repository);
      if (facts.to.includes("/")) repository.teams.set(findTeam(world, facts.to), facts.permission);
      else repository.collaborators.set(world.findAccount(facts.to), facts.permission);
    },
    /** Commits files and pushes the branch; gives the commit's id. Not held up by branch protection. */
    async pushCommit(facts: NewCommit): Promise<string> {
      const repository = world.findRepository(facts.repository);
      const sha = await makeCommit(world, repository, facts);
      const ref = `refs/heads/${facts.branch}`;
      const before = repository.git.tryReadRef(ref) ?? null;
      const by = pusherOf(world, repository, facts.by);
      if (!(await moveRef(world, { repository, ref, before, after: sha, by }))) throw new Error(`Cannot move ${ref}.`);
      return sha;
    },
    /** Makes a commit that no branch has. */
    async createCommit(facts: NewCommit): Promise<string> {
      return makeCommit(world, world.findRepository(facts.repository), facts);
    },
    /** Points a branch at any commit, forward or not, or makes or (`to` null) deletes it. */
    async moveBranch(facts: {
      readonly repository: string;
      readonly branch: string;
      readonly to: string | null;
      readonly by?: string;
    }): Promise<void> {
      const repository = world.findRepository(facts.repository);
      const ref = `refs/heads/${facts.branch}`;
      const before = repository.git.tryReadRef(ref) ?? null;
      const by = pusherOf(world, repository, facts.by);
      if (!(await moveRef(world, { repository, ref, before, after: facts.to, by })))
        throw new Error(`Cannot move ${ref}.`);
    },
    /** Renames a branch, also the default one; open pull requests follow, as on GitHub. */
    async renameBranch(facts: {
      readonly repository: string;
      readonly from: string;
      readonly to: string;
    }): Promise<void> {
      const repository = world.findRepository(facts.repository);
      const sha = repository.git.tryReadRef(`refs/heads/${facts.from}`);
      if (sha === undefined) throw new Error(`There is no branch ${facts.from}.`);
      await repository.git.setRef(`refs/heads/${facts.to}`, sha);
      if (repository.defaultBranch === facts.from) repository.defaultBranch = facts.to;
      for (const pull of repository.pulls.values()) {
        if (pull.issue.state === "open" && pull.baseBranch === facts.from) pull.baseBranch = facts.to;
      }
      await repository.git.setRef(`refs/heads/${facts.from}`, null);
    },
    /** What a ref points at, or null. */
    async readRef(facts: { readonly repository: string; readonly ref: string }): Promise<string | null> {
      return world.findRepository(facts.repository).git.tryReadRef(facts.ref) ?? null;
    },
    /** The directory of the bare repository, for tests that look into it with git. */
    async directoryOf(repository: string): Promise<string> {
      return world.findRepository(repository).git.directory;
    },
    /** GitHub's word on a commit's signature; null: unsigned. */
    async setSignature(facts: {
      readonly repository: string;
      readonly commit: string;
      readonly state: SignatureState | null;
    }): Promise<void> {
      const { signatures } = world.findRepository(facts.repository);
      if (facts.state === null) signatures.delete(facts.commit);
      else signatures.set(facts.commit, facts.state);
    },
    /** Says which pull requests GitHub associates with a commit, whatever Git tells. */
    async associate(facts: {
      readonly repository: string;
      readonly commit: string;
      readonly pulls: readonly number[];
    }): Promise<void> {
      world.findRepository(facts.repository).associations.set(facts.commit, facts.pulls);
    },
  };
  return script;
}

/** Who pushes, unless told: the owner, or an admin of the organization, or the ghost. */
export function pusherOf(world: World, repository: Repository, login: string | undefined): Account {
  if (login !== undefined) return world.findAccount(login);
  const { owner } = repository;
  if (owner.type !== "Organization") return owner;
  return [...(world.organizationAdmins.get(owner) ?? [])][0] ?? world.ghost;
}

async function makeCommit(world: World, repository: Repository, facts: NewCommit): Promise<string> {
  const { git } = repository;
  const tip = git.tryReadRef(`refs/heads/${facts.branch}`);
  const from = facts.from ?? repository.defaultBranch;
  const start = tip ?? git.tryReadRef(`refs/heads/${from}`) ?? (/^[0-9a-f]{40}$/.test(from) ? from : undefined);
  const parents = facts.parents ?? (start === undefined ? [] : [start]);
  const [first] = parents;
  const base = first === undefined ? null : (await git.readCommit(first)).tree;
  const date = facts.date ?? world.now();
  const sign = (person: Person): Signature =>
    typeof person === "string" ? identityOf(world.findAccount(person), date) : { ...person, date };
  const author =
    facts.author === undefined ? identityOf(pusherOf(world, repository, facts.by), date) : sign(facts.author);
  const trailers = (facts.coAuthors ?? []).map(sign).map(({ name, email }) => `Co-authored-by: ${name} <${email}>`);
  const message = [facts.message ?? "Change", ...(trailers.length === 0 ? [] : [trailers.join("\n")])].join("\n\n");
  const tree = await writeFiles(git, base, facts.files ?? {});
  const committer = facts.committer === undefined ? author : sign(facts.committer);
  const sha = git.writeCommit({ tree, parents, author, committer, message: `${message}\n` });
  if (facts.signature !== undefined) repository.signatures.set(sha, facts.signature);
  return sha;
}
