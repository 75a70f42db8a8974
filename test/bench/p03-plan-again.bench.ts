import { makePlan, Replanner } from "../../lib/plan";
import { desiredState } from "../../lib/policy";
import { plusSeconds } from "../../lib/model/instant";
import type { AccessRequest } from "../../lib/model/request";
import {
  activeGrant,
  grantsById,
  hours,
  installation,
  manifest,
  merged,
  now,
  request,
  rule,
  state,
} from "../support/core";
import { bench, inTurn, timed } from "./support/bench";
import { measured } from "./support/result";

/** P3: ten request files change, and the plan is made again, among 10,000 active grants and among 100,000. */
const sizes = { few: 10_000, many: 100_000 };
const changed = 10;
/** Of this many changes each round is the mean: one alone is too short to be measured. */
const repeats = 50;
const perPerson = 20;

bench(async () => {
  const estates = { few: estateOf(sizes.few), many: estateOf(sizes.many) };
  const again = await inTurn(7, {
    few: (round) => planAgain(estates.few, round),
    many: (round) => planAgain(estates.many, round),
  });
  const anew = await inTurn(3, {
    few: () => estates.few.anew(),
    many: () => estates.many.anew(),
  });
  const [few, many] = [measured("10,000 grants", "ms", again.few), measured("100,000 grants", "ms", again.many)];
  return [
    {
      row: "P3",
      checks: [
        { what: "100,000 against 10,000", figure: many.median / few.median, unit: "x", bar: 1.3, is: "at most" },
      ],
      measured: [
        few,
        many,
        measured("from scratch, 10,000 grants", "ms", anew.few),
        measured("from scratch, 100,000 grants", "ms", anew.many),
      ],
      method: `Offline, in one process: ${changed} of the request files are edited (narrowed, removed, new), a Replanner is told which, and makes the whole plan again, base and digests included; a round is the mean of ${repeats} such changes. Every person has ${perPerson} active grants. Beside it the same plan from scratch. test/plan/replanner.test.ts holds that both are equal, whatever changes.`,
    },
  ];
});

interface Estate {
  readonly requests: readonly AccessRequest[];
  readonly planner: Replanner;
  readonly anew: () => void;
}

function estateOf(count: number): Estate {
  const people = Array.from({ length: count / perPerson }, (_, index) => `p${index}@example.com`);
  const databases = ["orders-db/read", "orders-db/write"];
  const house = manifest({
    users: people.map((email) => ({ email })),
    groups: [{ name: "backend", members: people, groups: [] }],
    gateways: { main: { provider: "memory", users: "existing" } },
    rules: [rule("usual", { may: databases })],
  });
  const requests = Array.from({ length: count }, (_, index) =>
    request(`r-${index}`, {
      for: [people[index % people.length] ?? ""],
      access: [databases[index % 2] ?? ""],
      durationSeconds: 7200,
    }),
  );
  const set = { requests };
  const common = { installation, manifest: house, requests: set, asOf: now };
  const desired = desiredState({ ...common, state: state() });
  const grants = desired.grants.map((one, index) => activeGrant(one, hours(-0.5), { lastSequence: index }));
  const log = state({ grants: grantsById(...grants), names: merged(...requests) });
  const input = {
    ...common,
    state: log,
    manifestDigest: desired.policy,
    policyInForce: desired.policy,
    descriptions: new Map(),
    spool: [],
    repairs: "narrowing",
    protectedPrincipals: [],
    merged: set,
  } as const;
  const anew = (): void => {
    const again = { requests: [...requests] };
    const wanted = desiredState({ ...common, requests: again, state: log, merged: set });
    makePlan({ ...input, requests: again, desired: wanted, observed: "log" });
  };
  return { requests, planner: new Replanner(input), anew };
}

/** Milliseconds for one change of ten files and the plan after it. */
async function planAgain({ requests, planner }: Estate, round: number): Promise<number> {
  const ms = await timed(() => {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const from = ((round * repeats + repeat) * changed * 7) % (requests.length - changed);
      const some = requests.slice(from, from + changed);
      planner.change(editOf(some));
      if (planner.plan().actions.filter(({ family }) => family === "lease").length !== changed)
        throw new Error("the plan is not of the change");
      planner.change({ put: some, removed: [`${some[0]?.name}-new`] });
    }
  });
  return ms / (2 * repeats);
}

/** Four are removed, five asked for shorter, and one is new. */
function editOf(some: readonly AccessRequest[]) {
  const [first, ...rest] = some;
  if (first === undefined) throw new Error("no request");
  return {
    removed: rest.slice(5).map(({ name }) => name),
    put: [
      { ...first, name: `${first.name}-new`, startBefore: plusSeconds(now, 3600) },
      ...rest.slice(0, 5).map((one) => ({ ...one, durationSeconds: 3600 })),
    ],
  };
}
