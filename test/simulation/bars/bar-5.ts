/** Bar 5: stale plans are refused. A house in memory; plans are made, the world moves or does not, and they are applied. */
import { exitCodes } from "../../../lib/errors";
import type { GrantState } from "../../../lib/model/log-state";
import type { Plan } from "../../../lib/model/plan";
import type { AccessRequest } from "../../../lib/model/request";
import { House } from "../../reconcile/support/house";
import { group, request, rules } from "../../reconcile/support/rules";
import { Chance } from "../world/chance";
import type { BarReport } from "./bar";

/** Random interleavings of plan, apply, edit and approve. */
export async function bar5({ interleavings }: { readonly interleavings: number }): Promise<BarReport> {
  const seen = { moved: 0, applied: 0, wronglyRefused: 0, plans: 0 };
  for (let seed = 0; seen.plans < interleavings; seed += 1) await interleave(new Chance(seed, "bar 5"), seen);
  const bar =
    `bar 5: ${seen.plans} interleavings of plan, apply, edit and approve: the base had moved before ${seen.moved} applies, ` +
    `${seen.applied} of these were applied; ${seen.wronglyRefused} refused whose base had not moved`;
  return { bar, isReached: seen.applied + seen.wronglyRefused === 0 && seen.moved > 0 && seen.moved < seen.plans };
}

interface Seen {
  plans: number;
  moved: number;
  applied: number;
  wronglyRefused: number;
}

/** One house in which a few plans are made and applied with something in between. */
async function interleave(chance: Chance, seen: Seen): Promise<void> {
  const house = await House.open();
  await house.merge(request("first", { durationSeconds: 600 }), ask(chance, 0));
  for (let round = 1; round <= 4; round += 1) {
    if (chance.happens(0.5)) await edit(house, chance, round);
    const { plan } = await house.apply({ dryRun: true });
    const before = await baseOf(house, { asPlanned: true });
    const gateway = gatewayOf(house, plan);
    for (let moves = chance.between(0, 2); moves > 0; moves -= 1) await edit(house, chance, round * 10 + moves);
    const isMoved = (await baseOf(house, { asPlanned: false })) !== before;
    const isTouched = gatewayOf(house, plan) !== gateway;
    if (plan === undefined) continue;
    seen.plans += 1;
    const report = await house.apply({ planned: plan });
    const isRefused = report.exitCodes.includes(exitCodes.stale);
    const isWidened = report.outcomes.some(
      ({ kind, result }) => result === "done" && (kind === "activated" || kind === "configured"),
    );
    if (isMoved) seen.moved += 1;
    if (isMoved && (!isRefused || isWidened)) seen.applied += 1;
    if (!isMoved && isRefused && !isTouched) seen.wronglyRefused += 1;
  }
}

/** Something that people do; some of it moves what a plan stands on, some does not. */
async function edit(house: House, chance: Chance, n: number): Promise<void> {
  const usual = rules();
  const kinds: readonly (() => Promise<unknown>)[] = [
    () => house.merge(...house.requests, ask(chance, n)),
    () => house.merge(...house.requests.slice(0, 1)),
    () =>
      house
        .approve(house.requests.at(-1)?.name ?? "", chance.pick(["carol@x.test", "erin@x.test"]))
        .catch(() => undefined),
    () => {
      const devs = chance.happens(0.5) ? ["alice", "bob", "dora"] : ["alice", "dora"];
      house.manifest = { ...usual, groups: [group("devs", devs), group("leads", ["carol", "erin"])] };
      return house.accept();
    },
    () =>
      house
        .end({ select: { kind: "who", person: chance.pick(["alice@x.test", "bob@x.test"]) } })
        .catch(() => undefined),
    () => house.pass(),
    async () => house.clock.advanceSeconds(chance.pick([1, 30, 400])),
  ];
  await chance.pick(kinds)();
}

function ask(chance: Chance, n: number): AccessRequest {
  return request(`ask-${n}-${chance.between(0, 9_999)}`, {
    for: [chance.pick(["alice@x.test", "bob@x.test", "dora@x.test"])],
    access: [chance.pick(["cache/read", "orders/read", "orders/write"])],
    durationSeconds: chance.pick([300, 1_800]),
  });
}

/**
 * What a plan stands on, as SEMANTICS.md lists it: policy, requests, and the phases and ends of Grants. An apply ends
 * what is due before it looks at the plan.
 */
async function baseOf(house: House, { asPlanned }: { readonly asPlanned: boolean }): Promise<string> {
  const state = await house.state();
  const now = house.clock.now();
  const phaseOf = ({ phase, end = "" }: GrantState): string =>
    !asPlanned && phase === "active" && end <= now ? "ended" : phase;
  const grants = [...state.grants].map(([id, grant]) => [id, phaseOf(grant), grant.end]);
  return JSON.stringify([state.policy?.manifest, state.requests?.set, grants.sort()]);
}

/** What stands at the gateway of what a plan touches: it is stale when any of that has changed. */
function gatewayOf({ world }: House, plan: Plan | undefined): string {
  const touchesLeases = plan?.actions.some(({ family }) => family === "lease") === true;
  return JSON.stringify([[...world.objects.values()], touchesLeases ? world.leases : []]);
}
