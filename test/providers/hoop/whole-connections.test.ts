import type { Clock } from "../../../lib/ports";
import type { ConnectionItem } from "../../../providers/hoop/client/connections";
import { base64 } from "../../../providers/hoop/objects/way-in";
import { WholeConnections } from "../../../providers/hoop/whole-connections";

const everyMs = 600_000;
let wallMs: number;
let monotonicMs: number;
let wholes: WholeConnections;

beforeEach(() => {
  wallMs = Date.parse("2026-11-22T12:00:00.000Z");
  monotonicMs = 0;
  const clock: Clock = {
    now: () => new Date(wallMs).toISOString(),
    monotonicMs: () => monotonicMs,
    sleep: async () => undefined,
  };
  wholes = new WholeConnections(clock, everyMs);
});

/** A connection as one answer gives it. */
function item(over: Partial<ConnectionItem> = {}, raw: Readonly<Record<string, unknown>> = {}): ConnectionItem {
  const name = over.name ?? "orders-read";
  return {
    id: "1",
    name,
    resource: "orders",
    type: "application",
    subtype: "tcp",
    agentId: "a",
    command: [],
    secret: {},
    secretsUpdatedAt: undefined,
    tags: {},
    attributes: [],
    reviewers: ["leasehold-gate"],
    forcing: [],
    isConnectEnabled: true,
    isMoreEnabled: false,
    mandatoryMetadata: [],
    ...over,
    raw: { id: over.id ?? "1", name, reviewers: ["leasehold-gate"], command: null, ...raw },
  };
}

const named = (name: string): ConnectionItem => item({ name });

/** A look at some connections, each as the list and a reading by its name show it; gives the names that were read. */
function lookAt(...seen: readonly (readonly [listed: ConnectionItem, whole: ConnectionItem])[]): readonly string[] {
  const look = wholes.look();
  const read = seen.flatMap(([listed, whole]) => {
    if (look.tryKnown(listed) !== undefined) return [];
    look.remember(listed, whole);
    return [listed.name];
  });
  look.finish(seen.map(([listed]) => listed));
  return read;
}

const same = (one: ConnectionItem): readonly [ConnectionItem, ConnectionItem] => [one, one];

describe("what is remembered of a connection", () => {
  it("is taken again while the list shows the same", () => {
    expect(lookAt(same(named("a")), same(named("b")))).toEqual(["a", "b"]);
    expect(lookAt(same(named("a")), same(named("b")))).toEqual([]);
  });

  it.each<[string, Partial<ConnectionItem>, Readonly<Record<string, unknown>>]>([
    ["its reviewers", {}, { reviewers: [] }],
    ["a field that we do not know", {}, { updated_at: "2026-11-22T12:00:00Z" }],
    ["its id", { id: "2" }, {}],
    ["a nested map", {}, { connection_tags: { team: "x" } }],
  ])("is read again when the list shows a change of %s", (_, over, raw) => {
    lookAt(same(item()));
    expect(lookAt(same(item(over, raw)))).toEqual(["orders-read"]);
    expect(lookAt(same(item(over, raw)))).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["its agent goes away", { status: "offline" }],
    ["an empty list is null", { command: [] }],
  ])("is taken again when %s", (_, raw) => {
    lookAt(same(item({}, { status: "online" })));
    expect(lookAt(same(item({}, raw)))).toEqual([]);
  });

  it("is as a reading by name gave it, without the values of secrets and without the body of a write", () => {
    const secret = {
      "envvar:HOST": base64("db.example.com"),
      "envvar:USER": base64("reader"),
      "envvar:PASS": base64("hunter2"),
      "envvar:OTHER": base64("hunter3"),
    };
    const tags = { "leasehold-names": "user:@password" };
    const look = wholes.look();
    const kept = look.remember(item({ tags }), item({ tags, secret, forcing: ["sre"] }, { secret }));
    expect(kept.secret).toEqual({ ...secret, "envvar:PASS": "", "envvar:OTHER": "" });
    expect(JSON.stringify(kept)).not.toContain(base64("hunter"));
    expect(kept).toMatchObject({ forcing: ["sre"], raw: {} });
    look.finish([item({ tags })]);
    expect(wholes.look().tryKnown(item({ tags }))).toEqual(kept);
  });

  it("is only of what was listed last", () => {
    lookAt(same(named("a")), same(named("b")), same(named("c")));
    lookAt(same(named("b")));
    expect(wholes.size).toBe(1);
    expect(lookAt(same(named("a")), same(named("b")))).toEqual(["a"]);
  });
});

describe("a whole look", () => {
  it("is the first one, and the first one after the interval by either clock", () => {
    expect(lookAt(same(item()))).toHaveLength(1);
    [wallMs, monotonicMs] = [wallMs + everyMs - 1, monotonicMs + everyMs - 1];
    expect(lookAt(same(item()))).toEqual([]);
    wallMs += 1;
    expect(lookAt(same(item()))).toHaveLength(1);
    monotonicMs += everyMs;
    expect(lookAt(same(item()))).toHaveLength(1);
  });

  it("is due when the clock was set back", () => {
    lookAt(same(item()));
    wallMs -= 1;
    expect(lookAt(same(item()))).toHaveLength(1);
  });

  it("counts from when it began, however long it took", () => {
    const look = wholes.look();
    monotonicMs += everyMs;
    look.remember(item(), item());
    look.finish([item()]);
    expect(lookAt(same(item()))).toHaveLength(1);
  });

  it("is done again when it did not come to its end", () => {
    const look = wholes.look();
    look.remember(named("a"), named("a"));
    expect(lookAt(same(named("a")), same(named("b")))).toEqual(["a", "b"]);
  });

  it("takes nothing of another that is under way", () => {
    const other = wholes.look();
    const look = wholes.look();
    other.remember(item(), item());
    expect(look.tryKnown(item())).toBeUndefined();
  });
});

describe("a connection in doubt is not remembered", () => {
  it("when it changed between the list and the reading", () => {
    lookAt([item(), item({}, { reviewers: [] })]);
    expect(lookAt(same(item()))).toHaveLength(1);
  });

  it("when something was written while the look was under way", () => {
    const look = wholes.look();
    wholes.forget("orders-read");
    look.remember(item(), item());
    look.finish([item()]);
    expect(lookAt(same(item()))).toHaveLength(1);
  });

  it("when it was written, or everything was forgotten", () => {
    lookAt(same(named("a")), same(named("b")));
    wholes.forget("a");
    expect(lookAt(same(named("a")), same(named("b")))).toEqual(["a"]);
    wholes.forgetAll();
    expect(lookAt(same(named("a")), same(named("b")))).toEqual(["a", "b"]);
  });

  it("when the gateway's answer is too deep to compare", () => {
    let deep: unknown = "x";
    for (let depth = 0; depth < 200_000; depth += 1) deep = [deep];
    lookAt(same(item({}, { deep })));
    expect(lookAt(same(item({}, { deep })))).toHaveLength(1);
  });
});

describe("before a lease", () => {
  beforeEach(() => {
    lookAt(same(item()));
    lookAt(same(item()));
  });

  it("what an earlier look read is to be confirmed, once for each look", () => {
    expect(wholes.isFromBefore("orders-read")).toBe(true);
    expect(wholes.confirm("orders-read", item())).toBe(true);
    expect(wholes.isFromBefore("orders-read")).toBe(false);
    lookAt(same(item()));
    expect(wholes.isFromBefore("orders-read")).toBe(true);
  });

  it.each<[string, ConnectionItem | undefined]>([
    ["is not there", undefined],
    ["lets somebody force an approval", item({ forcing: ["sre"] })],
    ["leads elsewhere", item({ secret: { "envvar:HOST": base64("evil") } })],
    ["has a secret that was written since", item({ secretsUpdatedAt: "2026-11-22T12:00:01Z" })],
  ])("what %s is not confirmed, and read again by the next look", (_, whole) => {
    expect(wholes.confirm("orders-read", whole)).toBe(false);
    expect(lookAt(same(item()))).toHaveLength(1);
  });

  it("what the newest look read, or nobody remembers, needs no confirming", () => {
    wholes.forgetAll();
    expect(wholes.isFromBefore("orders-read")).toBe(false);
    lookAt(same(item()));
    expect(wholes.isFromBefore("orders-read")).toBe(false);
  });
});
