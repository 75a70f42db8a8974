import { chainRecords, findGrants, foldAll, usageOf } from "../../lib/log";
import type { RecordBody } from "../../lib/model/record";
import { at, facts, lifeOf, opened } from "./bodies";

const lives = [1, 2, 3].flatMap((n) => lifeOf(n));
const state = foldOf(...lives);

describe("what GRANT on the command line names", () => {
  const { grant } = facts(2);

  it("is a Grant by its id, or by the start of it with eight characters", () => {
    expect(idsOf(grant)).toEqual([grant]);
    expect(idsOf(grant.slice(0, 8))).toEqual([grant]);
    expect(idsOf(grant.slice(0, 25))).toEqual([grant]);
  });

  it("is every Grant of a request by its name", () => {
    const both = [facts(1, { request: "team" }), facts(2, { request: "team" })];
    const ofTeam = foldOf(
      ...both.map((its): RecordBody => ({ type: "grant.rejected", facts: its, reason: "spent", detail: "" })),
    );
    expect(findGrants(ofTeam, "team").map(({ facts: its }) => its.grant)).toEqual(both.map((its) => its.grant));
  });

  it.each([grant.slice(0, 7), "nobody", "", `${grant}a`, "request-", "zzzzzzzz"])("is none for `%s`", (text) => {
    expect(() => findGrants(state, text)).toThrow(expect.objectContaining({ code: "E608" }));
  });

  it("is refused when it could mean several: a shared start, or a request named like one", () => {
    const alike = [facts(1, { grant: `abcdefgh${"a".repeat(18)}` }), facts(2, { grant: `abcdefgh${"b".repeat(18)}` })];
    const named = facts(3, { request: "abcdefgha" });
    const bodies = [...alike, named].map((its): RecordBody => ({
      type: "grant.rejected",
      facts: its,
      reason: "spent",
      detail: "",
    }));
    const ambiguous = foldOf(...bodies);
    expect(() => findGrants(ambiguous, "abcdefgh")).toThrow(/could mean .*request-1.*request-2/);
    expect(() => findGrants(ambiguous, "abcdefgha")).toThrow(/could mean/);
    expect(findGrants(ambiguous, alike[0]!.grant)).toHaveLength(1);
  });

  function idsOf(text: string): string[] {
    return findGrants(state, text).map(({ facts: its }) => its.grant);
  }
});

describe("the usage that budgets count", () => {
  it("is every activation up to now, oldest first, also of Grants that have ended since", () => {
    expect(usageOf(state, at(2))).toEqual([
      { rule: "orders-read", person: "person-1@example.com", at: at(1) },
      { rule: "orders-read", person: "person-2@example.com", at: at(2) },
    ]);
  });

  it("leaves out what is as old as the longest budget", () => {
    expect(usageOf(state, at(3), 1).map((one) => one.at)).toEqual([at(3)]);
  });

  it("counts what is on its way, but not what failed or never started", () => {
    const [intended] = lifeOf(4) as [RecordBody];
    const { grant } = facts(4);
    expect(usageOf(foldOf(intended), at(1))).toHaveLength(1);
    expect(usageOf(foldOf(intended, { type: "activation.failed", grant, detail: "", retry: true }), at(1))).toEqual([]);
    expect(usageOf(foldOf(intended, { type: "activation.failed", grant, detail: "", retry: false }), at(1))).toEqual(
      [],
    );
  });
});

function foldOf(...bodies: readonly RecordBody[]): ReturnType<typeof foldAll> {
  return foldAll(chainRecords(undefined, 1, at(0), [opened, ...bodies]));
}
