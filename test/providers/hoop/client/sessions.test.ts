import { makeApi, type Api } from "../../../../providers/hoop/client/api";
import { listSessions, provision, sessionsByCorrelation } from "../../../../providers/hoop/client/sessions";
import { CannedHttp } from "../../../doubles/canned-http";
import { QuickClock } from "../../../doubles/quick-clock";

interface Row {
  readonly id: string;
  readonly startMs: number;
}

interface Listing {
  readonly shiftsWhilePaging?: boolean;
  /** Whether a row counts with its second alone, or later than a date that was cut to the second in which it began. */
  readonly cutsRows?: boolean;
  /** Takes rows out of the list before a call is answered. */
  readonly without?: (row: Row, call: number) => boolean;
}

/** Rows as a hoop gateway lists them: newest first, dates cut to seconds and inclusive, offset at most 10,000. */
function gatewayOf(rows: readonly Row[], options: Listing = {}): CannedHttp {
  let extra = 0;
  let calls = 0;
  return new CannedHttp((_, path, query) => {
    expect(path).toBe("/api/sessions");
    const offset = Number(query.get("offset"));
    if (offset > 10_000) return { status: 422, json: { message: "narrow the result set" } };
    expect(query.get("limit")).toBe("100");
    const until = Date.parse(query.get("end_date") ?? "");
    const newer = Array.from({ length: extra }, (__, at) => ({ id: `new-${at}`, startMs: 9e12 + at }));
    if (options.shiftsWhilePaging === true) extra += 1;
    calls += 1;
    const all = [...rows, ...newer]
      .filter((row) => options.without?.(row, calls) !== true)
      .filter((row) => (options.cutsRows === true ? Math.floor(row.startMs / 1000) * 1000 : row.startMs) <= until)
      .toSorted((a, b) => b.startMs - a.startMs);
    const data = all.slice(offset, offset + 100).map(rowJson);
    return { json: { data, total: null, total_is_capped: false, has_next_page: offset + 100 < all.length } };
  });
}

function rowJson(row: Row): unknown {
  return {
    id: row.id,
    user: "a@example.com",
    connection: "c",
    status: "done",
    review: null,
    start_date: new Date(row.startMs).toISOString(),
  };
}

function apiOf(http: CannedHttp): Api {
  return makeApi({ gateway: "prod", url: "http://g", http, clock: new QuickClock(), key: async () => "k" });
}

function rowsOf(count: number, everyMs: number): Row[] {
  return Array.from({ length: count }, (_, at) => ({ id: `row-${at}`, startMs: 1_700_000_000_000 + at * everyMs }));
}

describe("listing sessions", () => {
  describe.each([true, false])("when a gateway cuts the rows' times as well: %s", (cutsRows) => {
    it.each([0, 1, 99, 100, 101, 10_100, 10_101, 20_350])("gives all of %i rows, each once", async (count) => {
      const found = await listSessions(apiOf(gatewayOf(rowsOf(count, 70), { cutsRows })), {});
      expect(new Set(found.map((row) => row.id)).size).toBe(count);
      expect(found).toHaveLength(count);
    });
  });

  it("gives each row once while new ones push the pages along", async () => {
    const found = await listSessions(apiOf(gatewayOf(rowsOf(950, 300), { shiftsWhilePaging: true })), {});
    expect(found.filter((row) => row.id.startsWith("row-"))).toHaveLength(950);
    expect(new Set(found.map((row) => row.id)).size).toBe(found.length);
  });

  it.each([1, 3, 100, 250])("gives every row that stays while %i of the newest leave the list", async (leaving) => {
    const rows = rowsOf(950, 300);
    const newest = new Set(rows.slice(-leaving));
    const http = gatewayOf(rows, { without: (row, call) => call > 2 && newest.has(row) });
    const found = new Set((await listSessions(apiOf(http), {})).map((row) => row.id));
    expect(rows.filter((row) => !newest.has(row) && !found.has(row.id))).toEqual([]);
  });

  it("fails instead of giving less, where one second holds more rows than can be listed", async () => {
    await expect(listSessions(apiOf(gatewayOf(rowsOf(10_300, 0))), {})).rejects.toMatchObject({ code: "E502" });
  });

  it("always asks for a time in the future, because the default hides the newest rows", async () => {
    const http = gatewayOf(rowsOf(1, 1));
    await listSessions(apiOf(http), { connection: "a b&c", user: "x@y.z" });
    const query = new URL(http.requests[0]!.url).searchParams;
    expect(Date.parse(query.get("end_date") ?? "")).toBeGreaterThan(Date.now());
    expect([query.get("connection"), query.get("user")]).toEqual(["a b&c", "x@y.z"]);
  });

  it("does not take a page without its end for the last one", async () => {
    const http = new CannedHttp(() => ({ json: { data: [] } }));
    await expect(listSessions(apiOf(http), {})).rejects.toMatchObject({ code: "E502" });
  });

  it("compares a correlation again, and never asks for an empty one, which would list everything", async () => {
    const http = new CannedHttp(() => ({
      json: { data: [rowJson({ id: "x", startMs: 1e12 })], has_next_page: false },
    }));
    expect(await sessionsByCorrelation(apiOf(http), "lh:a")).toEqual([]);
    expect(http.requests).toHaveLength(1);
    expect(await sessionsByCorrelation(apiOf(http), "")).toEqual([]);
    expect(http.requests).toHaveLength(1);
  });
});

describe("asking for a grant", () => {
  it("bounds metadata by what hoop takes, so that words for people never cost a grant", async () => {
    const http = new CannedHttp(() => ({ status: 202, json: {} }));
    const metadata = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`, "x".repeat(5_000)]));
    const grant = { user: "a@example.com", connection: "c", seconds: 60, correlation: "lh:x", metadata };
    await provision(apiOf(http), grant);
    const sent = JSON.parse(http.requests[0]!.body!) as { metadata: Record<string, string> };
    expect(Object.keys(sent.metadata)).toHaveLength(20);
    expect(Object.values(sent.metadata).every((value) => value.length <= 2_500)).toBe(true);
  });

  it("is a failure of the catalogue when the answer is not hoop's", async () => {
    const http = new CannedHttp(() => ({ body: "<html>" }));
    const grant = { user: "a@example.com", connection: "c", seconds: 60, correlation: "lh:x", metadata: {} };
    await expect(provision(apiOf(http), grant)).rejects.toMatchObject({ code: "E502" });
  });
});
