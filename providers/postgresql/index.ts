/** Direct leases in PostgreSQL: people as roles that die by themselves. */
export type { InstallOptions, StatedLevel } from "./install/options";
export { installSql, installedVersion } from "./install/sql";
