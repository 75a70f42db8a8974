/** One step of the database's schema. Steps are only added: what one says never changes once it was released. */
export interface Migration {
  /** Counts from 1 without gaps. */
  readonly number: number;
  readonly name: string;
  /** Statements; they run in one transaction together with those of the other steps. */
  readonly sql: string;
}

/** How many parts the due work is shared in; see `live_grants.share`. */
export const shareCount = 256;

const log: Migration = {
  number: 1,
  name: "the Log",
  sql: `
-- The records, one a row, as they are hashed. Nobody updates or deletes here.
CREATE TABLE leasehold.chain (
  sequence bigint PRIMARY KEY CHECK (sequence > 0),
  epoch bigint NOT NULL,
  hash text NOT NULL CHECK (length(hash) = 64),
  line text NOT NULL
);

-- The one row that moves: where the chain ends, and who may append until when.
CREATE TABLE leasehold.head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- Tells this Log's database from every other, also after a failover or a restore.
  database text NOT NULL DEFAULT gen_random_uuid()::text,
  sequence bigint NOT NULL DEFAULT 0,
  hash text NOT NULL DEFAULT repeat('0', 64),
  epoch bigint NOT NULL DEFAULT 0,
  newest_epoch bigint NOT NULL DEFAULT 0,
  holder text,
  token text,
  lease_until timestamptz,
  backend integer,
  backend_since timestamptz
);
INSERT INTO leasehold.head (one) VALUES (true);

-- What the chain names by its digest: Manifests, sets of requests.
CREATE TABLE leasehold.blobs (
  digest text PRIMARY KEY CHECK (length(digest) = 64),
  body bytea NOT NULL
);

-- Endings, waivers and freezes that are not in the chain yet. 'done': grants that are out at their gateway already.
CREATE TABLE leasehold.spool (
  id text PRIMARY KEY,
  entry text NOT NULL,
  done text[] NOT NULL DEFAULT '{}'
);

-- Who has access now: derived from the chain, written with it in one transaction.
CREATE TABLE leasehold.live_grants (
  grant_id text PRIMARY KEY,
  request text NOT NULL,
  person text NOT NULL,
  connection text NOT NULL,
  gateway text NOT NULL,
  gateway_name text NOT NULL,
  level text NOT NULL,
  phase text NOT NULL CHECK (phase IN ('activating', 'active')),
  ends_at timestamptz NOT NULL,
  ending text,
  share integer NOT NULL
);
CREATE INDEX live_grants_by_end ON leasehold.live_grants (ends_at);
CREATE INDEX live_grants_by_person ON leasehold.live_grants (person);

-- Due work is shared by locking these rows, and only so: a lock ends with its connection. All grants of a pair are in one share.
CREATE TABLE leasehold.shares (
  share integer PRIMARY KEY
);
INSERT INTO leasehold.shares (share) SELECT generate_series(0, ${shareCount - 1});
`,
};

/** Every step, in order. */
export const migrations: readonly Migration[] = [log];

/** Makes the place for everything else; safe to repeat. */
export const foundation = `
CREATE SCHEMA IF NOT EXISTS leasehold;
CREATE TABLE IF NOT EXISTS leasehold.migrations (
  number integer PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
`;

/** The two roles: groups that logins are made members of. */
export const roles = { writer: "leasehold_writer", reader: "leasehold_reader" } as const;

/**
 * Makes the roles and gives them what they need, and no more: the writer may append records and texts, and neither
 * role can change or remove one. Safe to repeat.
 */
export const privileges = `
DO $$ BEGIN CREATE ROLE ${roles.writer} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE ${roles.reader} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
REVOKE ALL ON SCHEMA leasehold FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA leasehold FROM PUBLIC, ${roles.writer}, ${roles.reader};
GRANT USAGE ON SCHEMA leasehold TO ${roles.writer}, ${roles.reader};
GRANT SELECT ON ALL TABLES IN SCHEMA leasehold TO ${roles.writer}, ${roles.reader};
GRANT INSERT ON leasehold.chain, leasehold.blobs, leasehold.spool TO ${roles.writer};
GRANT UPDATE (sequence, hash, epoch, newest_epoch, holder, token, lease_until, backend, backend_since)
  ON leasehold.head TO ${roles.writer};
GRANT DELETE ON leasehold.spool TO ${roles.writer};
GRANT INSERT, UPDATE, DELETE ON leasehold.live_grants TO ${roles.writer};
GRANT UPDATE ON leasehold.shares TO ${roles.writer};
`;
