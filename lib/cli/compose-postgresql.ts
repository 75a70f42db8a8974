/** What an admin installs for direct leases; the only other file that knows that provider is compose.ts. */
export { installSql } from "../../providers/postgresql";
