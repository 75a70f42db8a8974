import type { PersonId } from "./names";

/** A human being as the rules declare them. `email` is the identity, exact in case. */
export interface User {
  readonly email: string;
  readonly name?: string;
  /** The login on GitHub, and the numeric user id once it has been pinned by `policy accept`. */
  readonly github?: { readonly login: string; readonly id?: number };
  /** The e-mail of the manager, a declared User. */
  readonly manager?: string;
  /** Public keys (age or SSH) that a direct lease's secret is sealed to. */
  readonly keys?: readonly string[];
}

/** A named set of people; members and nested groups as declared. */
export interface Group {
  readonly name: string;
  readonly members: readonly PersonId[];
  readonly groups: readonly string[];
  /** `org/slug`: the members are a team on GitHub; such a Group may only approve. */
  readonly githubTeam?: string;
}

/** A machine identity: a pipeline, a job. Its PersonId is `service:<name>`. */
export interface ServiceAccount {
  readonly name: string;
  /** The e-mail of the User who answers for it. */
  readonly owner?: string;
  /** Public keys (age or SSH) that a direct lease's secret is sealed to. */
  readonly keys?: readonly string[];
}

/** The name of the built-in Group of every User; a Manifest has it where something refers to it. */
export const everyoneName = "everyone";
