import type { LevelPrivileges } from "../model/privileges";

/** A database as rules would say it: levels, what no level can say, and who has a login for ever. */
export interface ImportedDatabase {
  readonly resource: string;
  readonly database: string;
  readonly version: string;
  /** By role. */
  readonly levels: readonly ImportedLevel[];
  /** By role; what is said of nobody in particular comes first. */
  readonly unsaid: readonly Unsaid[];
  /** By login. */
  readonly debts: readonly LoginDebt[];
}

/** A role that nobody can log in as, as a level. */
export interface ImportedLevel {
  /** An identifier, unique among the levels. */
  readonly level: string;
  readonly privileges: LevelPrivileges;
}

/** Something of the database that the rules do not say: it stays as it is, and Terraform does not know it. */
export interface Unsaid {
  /** The role that it is about; absent: PUBLIC. */
  readonly role?: string;
  /** Whether it is why the whole role is no level. */
  readonly isWhole: boolean;
  /** Without a full stop; names in it are quoted and have no control characters. */
  readonly sentence: string;
}

/** A role that somebody or something can log in as at any time. */
export interface LoginDebt {
  readonly login: string;
  /** Whose it was said to be. */
  readonly of: "person" | "service";
  /** What it can do, in sentences without full stops. */
  readonly has: readonly string[];
  /** The pull request that replaces it; absent where no rule can, which `has` says. */
  readonly pullRequest?: DebtPullRequest;
}

/** A pull request to open. */
export interface DebtPullRequest {
  readonly title: string;
  /** TypeScript to add to the rules program. */
  readonly rule: string;
  /** The command that asks for the first lease, once the rule is merged. */
  readonly request: string;
  /** The SQL that ends the login, once a lease was used. */
  readonly afterwards: string;
}
