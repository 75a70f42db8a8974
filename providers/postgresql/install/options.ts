/** What the SQL that an admin installs is made for. */

/** A level of access as the database is to know it. */
export interface StatedLevel {
  /** The Connection's gateway name. */
  readonly connection: string;
  /** The NOLOGIN role that carries the level's privileges. */
  readonly role: string;
  /** The database that it is about. */
  readonly database: string;
  /** The login of a gateway that has this level for good: no drift. */
  readonly serviceRole?: string;
}

/** See `installSql`. */
export interface InstallOptions {
  readonly installation: string;
  /** The login that the reconciler has; made without a password where it is missing. */
  readonly reconciler: string;
  /** The login of those who only look; made without a password where it is missing. */
  readonly observer: string;
  /** No lease is longer than this, whoever asks; longer ones are renewed in slices. */
  readonly maxSeconds: number;
  readonly levels: readonly StatedLevel[];
}
