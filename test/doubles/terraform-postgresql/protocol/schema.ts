import { bytes, message, whole } from "../wire/protobuf";

/** A schema of a provider as `terraform providers schema -json` writes it; descriptions are not in it. */
export interface ProviderSchema {
  readonly provider: ResourceSchema;
  readonly resource_schemas: Readonly<Record<string, ResourceSchema>>;
  readonly data_source_schemas: Readonly<Record<string, ResourceSchema>>;
}

/** The schema of one resource, or of the provider's own configuration. */
export interface ResourceSchema {
  readonly version: number;
  readonly block: BlockSchema;
}

/** Attributes and blocks within. */
export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedSchema>>;
  readonly deprecated?: boolean;
}

/** One attribute; its type as cty writes types in JSON: `"string"`, `["set", "string"]`, … */
export interface AttributeSchema {
  readonly type: unknown;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
}

interface NestedSchema {
  readonly nesting_mode: "list" | "set";
  readonly block: BlockSchema;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** The answer to GetProviderSchema. */
export function schemaMessage(schema: ProviderSchema): Uint8Array {
  const entries = (field: number, schemas: Readonly<Record<string, ResourceSchema>>): Uint8Array[] =>
    Object.entries(schemas).map(([name, one]) => message(field, bytes(1, name), message(2, oneSchema(one))));
  return Buffer.concat([
    message(1, oneSchema(schema.provider)),
    ...entries(2, schema.resource_schemas),
    ...entries(3, schema.data_source_schemas),
  ]);
}

function oneSchema({ version, block }: ResourceSchema): Uint8Array {
  return Buffer.concat([whole(1, version), message(2, blockMessage(block))]);
}

function blockMessage(block: BlockSchema): Uint8Array {
  const attributes = Object.entries(block.attributes ?? {}).map(([name, one]) =>
    message(
      2,
      bytes(1, name),
      bytes(2, JSON.stringify(one.type)),
      whole(4, one.required),
      whole(5, one.optional),
      whole(6, one.computed),
      whole(7, one.sensitive),
      whole(9, one.deprecated),
      whole(11, one.write_only),
    ),
  );
  const nested = Object.entries(block.block_types ?? {}).map(([name, one]) =>
    message(
      3,
      bytes(1, name),
      message(2, blockMessage(one.block)),
      whole(3, one.nesting_mode === "list" ? 2 : 3),
      whole(4, one.min_items),
      whole(5, one.max_items),
    ),
  );
  return Buffer.concat([...attributes, ...nested, whole(6, block.deprecated)]);
}
