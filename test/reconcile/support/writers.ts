/** Writers that are slower, or die sooner, than those beside them expect. */
import { failure } from "../../../lib/errors";
import type { RecordType } from "../../../lib/model/record";
import type { EffectOutcome, LogStore, Provider } from "../../../lib/ports";

/** A provider whose first holds wait for the test. */
export interface Gated {
  readonly provider: Provider;
  /** The holds have come to where they wait. */
  readonly reached: Promise<void>;
  /** Lets them go on. */
  readonly go: () => void;
}

/** Holds wait `before` they come to the gateway, or `after`: they have happened, and nobody has heard of it. */
export function gated(inner: Provider, where: "before" | "after"): Gated {
  let go = (): void => undefined;
  let reach = (): void => undefined;
  const waiting = new Promise<void>((resolve) => (go = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const provider: Provider = {
    ...inner,
    async *apply(effects, options) {
      const isHolding = effects.some((effect) => effect.kind === "hold");
      const wait = async (): Promise<void> => {
        if (isHolding) reach();
        if (isHolding) await waiting;
      };
      if (where === "before") await wait();
      const outcomes: EffectOutcome[] = [];
      for await (const outcome of inner.apply(effects, options)) outcomes.push(outcome);
      if (where === "after") await wait();
      yield* outcomes;
    },
  };
  return { provider, reached, go };
}

/** The store of a process to which something happens right before it first writes a record of a type. */
export function heldUpBefore(store: LogStore, type: RecordType, happens: () => Promise<unknown>): LogStore {
  let isFirst = true;
  return {
    ...store,
    takeEpoch: async (options) => {
      const writer = await store.takeEpoch(options);
      return {
        epoch: writer.epoch,
        holder: writer.holder,
        append: async (head, records) => {
          const isIt = isFirst && records.some(({ body }) => body.type === type);
          if (isIt) isFirst = false;
          if (isIt) await happens();
          return writer.append(head, records);
        },
        release: () => writer.release(),
      };
    },
  };
}

/** The same right after it has read the chain for the first time since it asked for the epoch. */
export function heldUpAfterReading(store: LogStore, happens: () => Promise<unknown>): LogStore {
  let isNext = false;
  return {
    ...store,
    takeEpoch: (options) => {
      isNext = true;
      return store.takeEpoch(options);
    },
    read: async function* (fromSequence) {
      const isIt = isNext;
      isNext = false;
      yield* store.read(fromSequence);
      if (isIt) await happens();
    },
  };
}

/** The store of a process that another never lets write. */
export function withoutEpoch(store: LogStore): LogStore {
  const takeEpoch: LogStore["takeEpoch"] = async (options) => {
    await (await store.takeEpoch(options)).release();
    throw failure("E605", { fix: "wait" });
  };
  return { ...store, takeEpoch };
}

/** The store of a process that dies before it writes a record of a type. */
export function dyingBefore(store: LogStore, type: RecordType): LogStore {
  return {
    ...store,
    takeEpoch: async (options) => {
      const writer = await store.takeEpoch(options);
      return {
        epoch: writer.epoch,
        holder: writer.holder,
        append: (head, records) =>
          records.some(({ body }) => body.type === type) ? Promise.reject(dead()) : writer.append(head, records),
        release: () => writer.release(),
      };
    },
  };
}

/** The store of a process that dies right after it has written a record of a type. */
export function dyingAfter(store: LogStore, type: RecordType): LogStore {
  let isDead = false;
  const refuseDead = (): void => {
    if (isDead) throw dead();
  };
  return {
    ...store,
    readSpool: async () => {
      refuseDead();
      return store.readSpool();
    },
    takeEpoch: async (options) => {
      const writer = await store.takeEpoch(options);
      return {
        epoch: writer.epoch,
        holder: writer.holder,
        append: async (head, records) => {
          refuseDead();
          const written = await writer.append(head, records);
          isDead = records.some(({ body }) => body.type === type);
          return written;
        },
        release: () => writer.release(),
      };
    },
  };
}

function dead(): Error {
  return failure("E603", { fix: "start it again" });
}
