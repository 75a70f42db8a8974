/**
 * What is remembered of Connections of ours. Lists of hoop hide fields of a Connection (section 3 of gateway/hoop-api.md), so each
 * one is read by its name, which is thousands of calls. What was read is taken again for a while, as long as the list's entry is
 * the same.
 *
 * What opens a way in by itself is not left to memory: reviewers and access modes are in every list, and rules, users and reviews
 * are read each time. What lists hide is secrets (and so the address and settings), who may force an approval, and metadata that is
 * asked for. A change of those alone is seen at the latest by the first look after `wholeEveryMs`, and before a lease is given.
 */
import { digestOfText, type Digest } from "../../lib/model/canonical";
import { epochMsOf } from "../../lib/model/instant";
import type { Clock } from "../../lib/ports";
import type { ConnectionItem } from "./client/connections";
import type { Fields } from "./client/shape";
import { withoutSecrets } from "./objects/way-in";

/** One look at all Connections. */
export interface Look {
  /** The Connection as read before; undefined when it has to be read: never read, changed in the list, or too long ago. */
  tryKnown(listed: ConnectionItem): ConnectionItem | undefined;
  /** Keeps what was read of a Connection, unless it is in doubt, and gives what is kept of it. */
  remember(listed: ConnectionItem, whole: ConnectionItem): ConnectionItem;
  /** The look was whole: what is no longer listed is forgotten. */
  finish(listed: readonly ConnectionItem[]): void;
}

/** What is remembered of Connections, without values of secrets. At most one entry for each that was listed last. */
export class WholeConnections {
  readonly #known = new Map<string, Known>();
  #looks = 0;
  #forgotten = 0;
  #wholeAt: Reading | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
  ) {}

  /** How many are remembered. */
  get size(): number {
    return this.#known.size;
  }

  /** Begins a look; when the last whole one is too long ago, or did not come to its end, this is one. */
  look(): Look {
    const look = (this.#looks += 1);
    const began = this.#read();
    const forgotten = this.#forgotten;
    const isWhole = this.#isTooOld(began);
    if (isWhole) this.forgetAll();
    return {
      tryKnown: ({ id, name, raw }) => {
        const known = isWhole ? undefined : this.#known.get(name);
        return known?.item.id === id && known.shown === shownDigest(raw) ? known.item : undefined;
      },
      remember: (listed, whole) => {
        const item = kept(whole);
        const shown = shownDigest(listed.raw, whole.raw);
        // Changed between the list and this reading, or written by us meanwhile: who knows what was read.
        const isCertain = shown !== undefined && listed.id === whole.id && this.#forgotten === forgotten;
        if (isCertain) this.#known.set(item.name, { shown, item, look });
        else this.#known.delete(item.name);
        return item;
      },
      finish: (listed) => {
        const names = new Set(listed.map((one) => one.name));
        for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name);
        if (isWhole && this.#looks === look) this.#wholeAt = began;
      },
    };
  }

  /** Whether the newest look took it from an earlier one. */
  isFromBefore(name: string): boolean {
    const known = this.#known.get(name);
    return known !== undefined && known.look !== this.#looks;
  }

  /** Compares a new reading with what is remembered: equal, it counts as read in the newest look; else it is forgotten. */
  confirm(name: string, whole: ConnectionItem | undefined): boolean {
    const known = this.#known.get(name);
    if (known === undefined || whole === undefined || !isSame(known.item, kept(whole))) {
      this.forget(name);
      return false;
    }
    this.#known.set(name, { ...known, look: this.#looks });
    return true;
  }

  /** It is about to be written, or was. */
  forget(name: string): void {
    this.#forgotten += 1;
    this.#known.delete(name);
  }

  /** The next look reads everything. */
  forgetAll(): void {
    this.#known.clear();
    this.#wholeAt = undefined;
  }

  /** Both clocks count: one stands still while a machine sleeps, the other can be set back. */
  #isTooOld(now: Reading): boolean {
    const before = this.#wholeAt;
    if (before === undefined) return true;
    const elapsed = [now.monotonicMs - before.monotonicMs, now.wallMs - before.wallMs];
    return elapsed.some((ms) => ms < 0 || ms >= this.everyMs);
  }

  #read(): Reading {
    return { monotonicMs: this.clock.monotonicMs(), wallMs: epochMsOf(this.clock.now()) };
  }
}

interface Known {
  /** Digest of what the list showed of it. */
  readonly shown: Digest;
  readonly item: ConnectionItem;
  /** The look that read it. */
  readonly look: number;
}

interface Reading {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

/** What lists leave out, and what says nothing of the Connection itself: whether its agent is there just now. */
const notShown: ReadonlySet<string> = new Set([
  "access_max_duration",
  "effective_features",
  "force_approve_groups",
  "jit_access_duration_sec",
  "mandatory_metadata_fields",
  "min_review_approvals",
  "secret",
  "secrets_updated_at",
  "status",
]);

/**
 * Digest of everything in a list's entry that lists do show, also of fields that we do not know. Undefined when a reading by name,
 * given too, says otherwise in one of them, or when it cannot be told.
 */
function shownDigest(listed: Fields, whole?: Fields): Digest | undefined {
  const names = Object.keys(listed)
    .filter((name) => !notShown.has(name))
    .sort();
  const text = shownText(listed, names);
  if (text === undefined || (whole !== undefined && shownText(whole, names) !== text)) return undefined;
  return digestOfText(text);
}

function shownText(fields: Fields, names: readonly string[]): string | undefined {
  try {
    return JSON.stringify(names.map((name) => [name, normalised(fields[name])]));
  } catch {
    // Nested deeper than can be written: a gateway's answer may be anything.
    return undefined;
  }
}

/** Empty lists read back as null in one place and as empty in another; maps in any order. */
function normalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value;
  if (typeof value !== "object" || value === null) return value ?? null;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? null : entries;
}

/** What observations use of a Connection: no value of a secret, and not the body of a later write. */
function kept(item: ConnectionItem): ConnectionItem {
  return { ...item, secret: withoutSecrets(item), raw: {} };
}

function isSame(a: ConnectionItem, b: ConnectionItem): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
}
