import { failure, type LeaseholdError } from "../errors";
import { tryParseInstant, type Instant } from "../model/instant";

/**
 * A value of GitHub's that nobody has looked at yet. Every step into it is checked, so that what comes
 * out has the type that it says; anything else throws E522 with the place in the answer, never its text.
 */
export class Foreign {
  constructor(
    private readonly value: unknown,
    /** Where it stands: the call's name and a path. */
    readonly place: string,
  ) {}

  /** The value of a key that has to be there and not null. */
  get(key: string): Foreign {
    const found = this.nullable(key);
    return found ?? this.fail(`${key} is null`);
  }

  /** The value of a key that has to be there but may be null. */
  nullable(key: string): Foreign | undefined {
    const record = this.#record();
    if (!Object.hasOwn(record, key)) return this.fail(`no ${key}`);
    return record[key] === null ? undefined : new Foreign(record[key], `${this.place}.${key}`);
  }

  /** The value of a key that may be missing or null. */
  optional(key: string): Foreign | undefined {
    const value = this.#record()[key];
    return value === null || value === undefined ? undefined : new Foreign(value, `${this.place}.${key}`);
  }

  /** What is found by following keys that all have to be there. */
  at(...keys: readonly string[]): Foreign {
    return keys.reduce((found: Foreign, key) => found.get(key), this);
  }

  string(most = 1_000_000): string {
    if (typeof this.value !== "string") return this.fail("a text expected");
    return this.value.length <= most ? this.value : this.fail(`a text of more than ${most} characters`);
  }

  /** The text that it is; undefined where it is something else, for what only words depend on. */
  tryText(): string | undefined {
    return typeof this.value === "string" ? this.value : undefined;
  }

  /** A text that is one of these. */
  oneOf<T extends string>(...choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value);
    return found ?? this.fail(`one of ${choices.join(", ")} expected`);
  }

  /** The id of a Git object. */
  sha(): string {
    const text = this.string();
    return /^[0-9a-f]{40}$/.test(text) ? text : this.fail("the id of a Git object expected");
  }

  /** A whole number from 0 on; GraphQL gives large ones as a text. */
  count(): number {
    const number = typeof this.value === "string" && /^\d{1,16}$/.test(this.value) ? Number(this.value) : this.value;
    return typeof number === "number" && Number.isSafeInteger(number) && number >= 0
      ? number
      : this.fail("a whole number expected");
  }

  /** The numeric id of something: greater than 0. */
  id(): number {
    const id = this.count();
    return id > 0 ? id : this.fail("an id expected");
  }

  boolean(): boolean {
    return typeof this.value === "boolean" ? this.value : this.fail("true or false expected");
  }

  instant(): Instant {
    return tryParseInstant(this.string()) ?? this.fail("a date and time expected");
  }

  list(most: number): readonly Foreign[] {
    if (!Array.isArray(this.value)) return this.fail("a list expected");
    const items: readonly unknown[] = this.value;
    if (items.length > most) return this.fail(`a list of more than ${most}`);
    return items.map((item, at) => new Foreign(item, `${this.place}[${at}]`));
  }

  /** Whether it is null: in a list of GraphQL it may be. */
  get isNull(): boolean {
    return this.value === null || this.value === undefined;
  }

  /** Ends the reading: the answer makes no sense at this place. */
  fail(why: string): never {
    throw senseless(`${this.place}: ${why}`);
  }

  #record(): Readonly<Record<string, unknown>> {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      return this.fail("an object expected");
    }
    return this.value as Readonly<Record<string, unknown>>;
  }
}

/** The error for an answer that is not what GitHub's documents promise. */
export function senseless(
  detail: string,
  fix = "run it again; if it stays, look at the status page of GitHub",
): LeaseholdError {
  return failure("E522", { detail, fix });
}
