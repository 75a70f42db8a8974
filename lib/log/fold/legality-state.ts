import type { GrantId } from "../../model/grant";
import type { GrantState, RequestState } from "../../model/log-state";
import type { GrantFacts } from "../../model/record";
import { noDigest } from "../chain";
import { IdTable, wordsOfGrantId, wordsOfText } from "./id-table";
import { emptyState, type FoldState } from "./state";

/**
 * The state of an empty Log, for who only asks whether each record may stand where it does. It keeps what
 * is going on, and of all that is over a few bytes: memory hardly grows with the chain. Nothing is to be read from it.
 */
export function legalityState(): FoldState {
  return {
    ...emptyState(),
    policies: new Forgetful(),
    merges: new Forgetful(),
    untold: new Forgetful(),
    names: new NamesOnly(),
    grants: new LiveGrants(),
    approvals: new Forgetful(),
    objects: new Forgetful(),
    folded: new ForgetfulSet(),
    drift: new Forgetful(),
    decisions: new Forgetful(),
    words: new Itself(),
  };
}

/** No record is held against what is kept here. */
class Forgetful<K, V> extends Map<K, V> {
  override set(): this {
    return this;
  }
}

class ForgetfulSet<T> extends Set<T> {
  override add(): this {
    return this;
  }
}

/** Words need not be shared where no Grant stays. */
class Itself extends Map<string, string> {
  override get(word: string): string {
    return word;
  }
}

/** Request names that were there, without what became of them. */
class NamesOnly extends Map<string, RequestState> {
  readonly #known = new IdTable(wordsOfText());

  override has(name: string): boolean {
    return this.#known.get(name) !== 0;
  }

  override get(name: string): RequestState | undefined {
    return this.has(name) ? someRequest : undefined;
  }

  override set(name: string): this {
    this.#known.set(name, 1);
    return this;
  }
}

/** Grants that can still change; of those that cannot, how they came to their end. */
class LiveGrants extends Map<GrantId, GrantState> {
  readonly #over = new IdTable(wordsOfGrantId());

  override has(id: GrantId): boolean {
    return super.has(id) || this.#over.get(id) !== 0;
  }

  override get(id: GrantId): GrantState | undefined {
    return super.get(id) ?? endings[this.#over.get(id)];
  }

  override set(id: GrantId, grant: GrantState): this {
    const ending = endingOf(grant);
    if (ending === 0) return super.set(id, grant);
    super.delete(id);
    this.#over.set(id, ending);
    return this;
  }
}

function endingOf({ phase, rejectReason }: GrantState): number {
  if (phase === "ended") return 1;
  if (phase !== "rejected") return 0;
  return rejectReason === undefined ? 2 : 3;
}

const noFacts: GrantFacts = {
  grant: "",
  request: "",
  person: "",
  connection: "",
  gateway: "",
  gatewayName: "",
  level: "",
  resource: "",
  class: "",
  rule: "",
  ruleDigest: noDigest,
  reason: "",
};
const over = { facts: noFacts, generation: 0, firstSequence: 0, lastSequence: 0 };

/** What is seen of a Grant that is over, by `endingOf`. A rejected one without a reason may still be given one. */
const endings: readonly (GrantState | undefined)[] = [
  undefined,
  { ...over, phase: "ended" },
  { ...over, phase: "rejected" },
  { ...over, phase: "rejected", rejectReason: "spent" },
];

const someRequest: RequestState = { digest: noDigest, mergedAt: "", spent: false };
