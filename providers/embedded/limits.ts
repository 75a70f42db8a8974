/** Every bound of the embedded gateway in one place: what is above it is refused in words, nothing grows without end. */
export const limits = {
  /** Sessions that may carry bytes at once. */
  liveSessions: 4096,
  /** TCP connections to the gateway at once. */
  connections: 10_000,
  /** Passwords that are derived at once; they take the threads that also write the journal. */
  derivingPasswords: 2,
  /** Passwords that may wait for their turn. */
  waitingPasswords: 64,
  /** Clients of the hoop double that may wait for an approval at once. */
  waitingClients: 1024,
  /** Time the gateway gives a resource to accept a connection, in milliseconds. */
  dialTimeout: 10_000,
  /** Longest time between two looks at the clock while something is due, in milliseconds. */
  clockCheck: 1000,
  /** Grants whose end is noted in one go before other work gets its turn. */
  endsPerTurn: 2000,
  /** Entries of the audit log that are kept; older ones go. */
  auditEntries: 10_000,
  /** Sessions without a review, long done, that are kept; older ones go when the journal is compacted. */
  doneSessions: 50_000,
  /** Length of names, e-mails and ids anywhere in the API. */
  nameLength: 254,
  /** Items of any list in a body. */
  listLength: 10_000,
  /** Characters of a path with its query. */
  urlLength: 16_384,
  /** Bytes of journal that one write may hold. */
  journalWrite: 8 * 1024 * 1024,
  /** Bytes that the journal may hold beyond four times its last compacted size before it is compacted. */
  journalSlack: 64 * 1024 * 1024,
  /** Bytes kept free for endings on a full disk: some thousands of them. */
  journalReserve: 4 * 1024 * 1024,
  /** Time a person's token holds, in milliseconds (hoop: 12 h). */
  tokenLife: 12 * 3600 * 1000,
  /** Time that close() gives answers in flight, in milliseconds. */
  closeTimeout: 5000,
} as const;
