import { Cluster } from "../postgres/cluster";
import { defaultPrivileges } from "../resources/default-privileges";
import { grant } from "../resources/grant";
import { grantRole } from "../resources/grant-role";
import { role } from "../resources/role";
import { readTables } from "../resources/tables";
import { decodeValue, encodeValue } from "../wire/msgpack";
import { bytes, bytesOf, decode, message, textOf, whole, type Fields } from "../wire/protobuf";
import type { ObjectValue, Value } from "../wire/value";
import { planChange, settled } from "./change";
import type { ResourceKind } from "./kind";
import { schemaMessage, type BlockSchema, type ProviderSchema } from "./schema";

type Call = (request: Fields) => Promise<Uint8Array> | Uint8Array;

/** The resources of the schema that this stand-in acts on; Terraform hears of the others, and that they are not in it. */
const kinds: Readonly<Record<string, ResourceKind>> = {
  postgresql_role: role,
  postgresql_grant: grant,
  postgresql_default_privileges: defaultPrivileges,
  postgresql_grant_role: grantRole,
};

/**
 * The calls of Terraform's plugin protocol 6 (docs/plugin-protocol/tfplugin6.proto of Terraform), by method. A stand-in for
 * cyrilgdn/postgresql 1.26.0: its schema, and of what it does, as much as the stacks of this project need.
 */
export class StandInProvider {
  readonly #schema: ProviderSchema;
  #cluster: Cluster | undefined;

  constructor(schema: ProviderSchema) {
    this.#schema = schema;
  }

  /** The answer to a method of `tfplugin6.Provider`; undefined: it has no such method. */
  call(method: string): Call | undefined {
    const calls: Readonly<Record<string, Call>> = {
      GetProviderSchema: () => schemaMessage(this.#schema),
      ValidateProviderConfig: () => new Uint8Array(),
      ValidateResourceConfig: (request) => this.#validate(request),
      ValidateDataResourceConfig: () => new Uint8Array(),
      UpgradeResourceState: (request) => this.#upgrade(request),
      ConfigureProvider: (request) => {
        this.#cluster = new Cluster(objectOf(request, 2) ?? {});
        return new Uint8Array();
      },
      ReadResource: (request) => told(2, () => this.#read(request)),
      PlanResourceChange: (request) => told(4, () => Promise.resolve(this.#plan(request))),
      ApplyResourceChange: (request) => this.#apply(request),
      ImportResourceState: (request) => this.#import(request),
      ReadDataSource: (request) => told(2, () => this.#readData(request)),
      StopProvider: () => new Uint8Array(),
    };
    return Object.hasOwn(calls, method) ? calls[method] : undefined;
  }

  /** Ends the connections. */
  async end(): Promise<void> {
    await this.#cluster?.end();
  }

  #validate(request: Fields): Uint8Array {
    const problems = this.#kind(request).problems?.(objectOf(request, 2) ?? {}) ?? [];
    return Buffer.concat(problems.map((problem) => diagnostic(1, problem)));
  }

  /** Of this version the state is JSON, and as it is. */
  #upgrade(request: Fields): Uint8Array {
    const state = JSON.parse(textOf(decode(bytesOf(request, 3)), 1)) as ObjectValue;
    return dynamic(1, settled(this.#block(request), state, state));
  }

  /**
   * As the SDK does (helper/schema/grpc_provider.go and resource_importer.go of terraform-plugin-sdk v2): the id as it is
   * given and nothing else, or an error for what has no importer.
   */
  #import(request: Fields): Uint8Array {
    const type = textOf(request, 1);
    if (this.#kind(request).importer === undefined) return diagnostic(2, `resource ${type} doesn't support import`);
    const state = { ...settled(this.#block(request), {}, {}), id: textOf(request, 2) };
    return message(1, bytes(1, type), dynamic(2, state));
  }

  /** After an import the SDK keeps what was read as it is; otherwise what nobody stated and that is none stays none. */
  async #read(request: Fields): Promise<Uint8Array> {
    const state = objectOf(request, 2) ?? {};
    const found = await this.#kind(request).read(this.#server(), state);
    if (found === undefined) return dynamic(1, null);
    const isImported = Object.entries(state).every(([name, value]) => (name === "id") !== isNone(value));
    return dynamic(1, settled(this.#block(request), found, isImported ? found : state));
  }

  #plan(request: Fields): Uint8Array {
    const [prior, proposed, config] = [2, 3, 4].map((field) => objectOf(request, field) ?? null);
    if (proposed === null || proposed === undefined) return Buffer.concat([dynamic(1, null), legacy(5)]);
    const [kind, block] = [this.#kind(request), this.#block(request)];
    const { planned, replacedFor } = planChange({ kind, block, prior: prior ?? null, proposed, config: config ?? {} });
    const paths = replacedFor.map((name) => message(2, message(1, bytes(1, name))));
    return Buffer.concat([dynamic(1, planned), ...paths, legacy(5)]);
  }

  /** Where it fails, the state is what it was: nothing, or as before. */
  async #apply(request: Fields): Promise<Uint8Array> {
    const [prior, planned, config] = [2, 3, 4].map((field) => objectOf(request, field) ?? null);
    const kind = this.#kind(request);
    try {
      if (planned === null || planned === undefined) {
        await kind.remove(this.#server(), prior ?? {});
        return Buffer.concat([dynamic(1, null), legacy(4)]);
      }
      const wanted = settled(this.#block(request), planned, planned);
      const made =
        prior === null || prior === undefined
          ? await kind.create(this.#server(), wanted, config ?? {})
          : await kind.update(this.#server(), { prior, planned: wanted, config: config ?? {} });
      return Buffer.concat([dynamic(1, settled(this.#block(request), made, planned)), legacy(4)]);
    } catch (error) {
      return Buffer.concat([dynamic(1, prior ?? null), diagnostic(3, wordsOf(error)), legacy(4)]);
    }
  }

  async #readData(request: Fields): Promise<Uint8Array> {
    const type = textOf(request, 1);
    if (type !== "postgresql_tables") throw new Error(`the stand-in does not read ${type}`);
    const config = objectOf(request, 2) ?? {};
    const found = await readTables(this.#server(), config);
    return dynamic(1, settled(this.#schema.data_source_schemas[type]?.block ?? {}, found, found));
  }

  #kind(request: Fields): ResourceKind {
    const type = textOf(request, 1);
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (kind === undefined) throw new Error(`the stand-in for cyrilgdn/postgresql does not act on ${type}`);
    return kind;
  }

  #block(request: Fields): BlockSchema {
    return this.#schema.resource_schemas[textOf(request, 1)]?.block ?? {};
  }

  #server(): Cluster {
    if (this.#cluster === undefined) throw new Error("the provider is not configured");
    return this.#cluster;
  }
}

/** What fails is told to Terraform as a diagnostic of the answer. */
async function told(field: number, body: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await body();
  } catch (error) {
    return diagnostic(field, wordsOf(error));
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function diagnostic(field: number, words: string): Uint8Array {
  return message(field, whole(1, 1), bytes(2, words));
}

/** The real provider is built on the old SDK, whose plans Terraform takes less strictly. */
function legacy(field: number): Uint8Array {
  return whole(field, true);
}

function dynamic(field: number, value: Value): Uint8Array {
  return message(field, bytes(1, encodeValue(value)));
}

function isNone(value: Value | undefined): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function objectOf(request: Fields, field: number): ObjectValue | undefined {
  const outer = decode(bytesOf(request, field));
  const packed = bytesOf(outer, 1);
  const value = packed.length > 0 ? decodeValue(packed) : null;
  return value === null ? undefined : (value as ObjectValue);
}
