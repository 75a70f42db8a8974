import type { Cluster } from "../postgres/cluster";
import { text, texts } from "../protocol/kind";
import type { ObjectValue } from "../wire/value";

/**
 * The data source `postgresql_tables` (data_source_postgresql_tables.go of 1.26.0), with its fault: what it is given stands
 * between quotes as it is.
 */
export async function readTables(cluster: Cluster, config: ObjectValue): Promise<ObjectValue> {
  const array = (name: string): string =>
    `(array[${texts(config, name)
      .map((one) => `'${one}'`)
      .join(",")}])`;
  const filters = [
    ...(texts(config, "schemas").length > 0 ? [`table_schema = ANY ${array("schemas")}`] : []),
    ...(texts(config, "table_types").length > 0 ? [`table_type = ANY ${array("table_types")}`] : []),
    ...(texts(config, "like_any_patterns").length > 0 ? [`table_name LIKE ANY ${array("like_any_patterns")}`] : []),
    ...(texts(config, "like_all_patterns").length > 0 ? [`table_name LIKE ALL ${array("like_all_patterns")}`] : []),
    ...(texts(config, "not_like_all_patterns").length > 0
      ? [`table_name NOT LIKE ALL ${array("not_like_all_patterns")}`]
      : []),
    ...(text(config, "regex_pattern") === "" ? [] : [`table_name ~ '${text(config, "regex_pattern")}'`]),
  ];
  const where = filters.length === 0 ? "" : ` WHERE ${filters.join(" AND ")}`;
  const tables = await cluster.transaction(text(config, "database"), (transaction) =>
    transaction.rows<{ object_name: string; schema_name: string; table_type: string }>(
      `SELECT table_name AS object_name, table_schema AS schema_name, table_type FROM information_schema.tables${where}`,
    ),
  );
  return { ...config, tables: tables.map((one) => ({ ...one })), id: [text(config, "database"), ...filters].join("_") };
}
