import type { Effect, EffectOutcome, Http, LogStore, Provider, Writer } from "../../../lib/ports";

/** The end of a process: from the chosen call on, every call through the ports fails. */
export class Crash {
  calls = 0;
  isDead = false;
  /** What the process died at. */
  at = "";
  private writer: Writer | undefined;

  /** Dies at the `point`-th step through a port; never with Infinity. `die` ends the process where there is one. */
  constructor(
    private readonly point: number,
    private readonly die: () => void = () => undefined,
  ) {}

  /** Two points for one call: before it happens, and after it happened but before anybody knows. */
  async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.pass(`before ${name}`);
    const result = await work();
    this.pass(`after ${name}`);
    return result;
  }

  /** Whether the next step is the last. */
  private get isNext(): boolean {
    return !this.isDead && this.calls + 1 === this.point;
  }

  pass(name: string): void {
    if (this.isDead) throw new Error("the process is dead");
    this.calls += 1;
    if (this.calls !== this.point) return;
    this.isDead = true;
    this.at = name;
    this.die();
    throw new Error(`killed ${name}`);
  }

  /** The lock of a dead process is free. */
  async bury(): Promise<void> {
    await this.writer?.release();
  }

  store(inner: LogStore): LogStore {
    const { call } = this.bound();
    return {
      kind: inner.kind,
      read: (from) => this.reading(inner, from),
      notedHead: () => call("notedHead", () => inner.notedHead()),
      takeEpoch: (options) =>
        call("takeEpoch", async () => {
          this.writer = await inner.takeEpoch(options);
          return this.writing(this.writer);
        }),
      putBlob: (text) => call("putBlob", () => inner.putBlob(text)),
      tryReadBlob: (digest) => call("tryReadBlob", () => inner.tryReadBlob(digest)),
      addToSpool: (entry) => call("addToSpool", () => inner.addToSpool(entry)),
      readSpool: () => call("readSpool", () => inner.readSpool()),
      removeFromSpool: (ids) => call("removeFromSpool", () => inner.removeFromSpool(ids)),
      close: () => inner.close(),
    };
  }

  provider(inner: Provider): Provider {
    const { call } = this.bound();
    return {
      gateway: inner.gateway,
      describe: () => call("describe", () => inner.describe()),
      observe: () => call("observe", () => inner.observe()),
      findSpent: (grants) => call("findSpent", () => inner.findSpent(grants)),
      apply: (effects, options) => this.applying(inner, effects, options),
      close: () => inner.close(),
    };
  }

  /** Every call over HTTP that writes can be the last: it was carried out, and nobody heard the answer. */
  http(inner: Http): Http {
    return {
      send: async (request, signal) => {
        const answer = await inner.send(request, signal);
        if (request.method !== "GET" && request.method !== "HEAD") this.pass(`after ${request.method} ${request.url}`);
        return answer;
      },
      close: () => inner.close(),
    };
  }

  private bound() {
    return { call: <T>(name: string, work: () => Promise<T>) => this.call(name, work) };
  }

  private async *reading(inner: LogStore, from: number): AsyncGenerator<readonly string[]> {
    this.pass("before read");
    yield* inner.read(from);
  }

  /** Also dies in the middle of a batch: the first half of it is there. */
  private writing(inner: Writer): Writer {
    return {
      epoch: inner.epoch,
      holder: inner.holder,
      append: async (head, records) => {
        this.pass("before append");
        const half = records.slice(0, records.length >> 1);
        if (half.length > 0 && this.isNext) await inner.append(head, half);
        this.pass("within append");
        const after = await inner.append(head, records);
        this.pass("after append");
        return after;
      },
      release: () => (this.isDead ? Promise.resolve() : inner.release()),
    };
  }

  /** One effect at a time, so that a batch can die between any two. */
  private async *applying(
    inner: Provider,
    effects: readonly Effect[],
    options: Parameters<Provider["apply"]>[1],
  ): AsyncGenerator<EffectOutcome> {
    for (const effect of effects) {
      this.pass(`before ${effect.kind}`);
      for await (const outcome of inner.apply([effect], options)) {
        this.pass(`after ${effect.kind}`);
        yield outcome;
      }
    }
  }
}
