/** What commands need of direct leases besides their Provider: the only other file that knows that provider is compose.ts. */
export { installSql } from "../../providers/postgresql";
export { quotedName } from "../../providers/postgresql/quote";
export { newPassword, scramVerifier } from "../../providers/postgresql/scram";
