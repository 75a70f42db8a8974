/** Reads an existing PostgreSQL database and says it as rules; writes nothing to it. */
export type { ImportedDatabase, LoginDebt, Unsaid } from "./description";
export { describeDatabase, type ImportChoices } from "./describe";
export { identifierFor } from "./identifiers";
export { programText, type ProgramPlace } from "./program-text";
export { readCatalog } from "./read-catalog";
