export { anchorLine, distrusted, readAnchor, sealAnchor, type AnchorTrust } from "./anchors/anchor";
export { findAnchorKeys, sealHead, type AnchorSealing } from "./anchors/anchor-keys";
export { fileAnchors, type FileAnchorsOptions } from "./anchors/file-anchors";
export { readHistory, standingAnchors } from "./anchors/history";
export { tryParsePublicKey, tryParseSigner, type AnchorKey } from "./anchors/keys";
export { bothAnchors } from "./anchors/both";
export { chainRecords, isSameHead, lineHash, noDigest, recordHash, recordLine } from "./chain";
export { copyLog, digestsOf, type CopiedLog } from "./copy";
export { faultError, type ChainFault, type FaultReason } from "./fault";
export { findGrants } from "./find-grants";
export { foldAll, foldRecord } from "./fold/fold";
export { emptyState, type FoldState } from "./fold/state";
export { grantIntentKey, objectIntentKey } from "./intents";
export { openLog, type Log } from "./open-log";
export { hashedLinesOf } from "./hashed-lines";
export { foldedEnding, isFolded } from "./spool-key";
export { viewSpool, withSpool, type SpooledEnding, type SpoolView } from "./spool-view";
export { fileStore, type FileStoreOptions } from "./stores/file";
export { gitStore, type GitStoreOptions } from "./stores/git";
export { postgresStore, type PostgresStoreOptions } from "./stores/postgres";
export { migratePostgres, migrationSql, type Migrated } from "./stores/postgres-migrate";
export type { TornTail } from "./stores/file-tail";
export { linesOf } from "./stores/lines";
export { memoryStore, type MemoryStore, type MemoryStoreOptions } from "./stores/memory";
export { usageOf } from "./usage";
export { exportLog, verifyLines, verifyLog, type VerifyLogOptions } from "./verify-log";
export {
  chainReader,
  headOrThrow,
  verifyChain,
  type ChainVerdict,
  type HashedLines,
  type VerifyOptions,
} from "./verify";
