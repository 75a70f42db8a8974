import type { DesiredGrant, DesiredState } from "../model/desired";
import type { GrantId } from "../model/grant";
import type { GrantState } from "../model/log-state";
import type { PersonId } from "../model/names";
import type { Plan } from "../model/plan";
import type { AccessRequest, RequestSet } from "../model/request";
import {
  desiredObjects,
  grantsOfRequest,
  manifestIndex,
  requestContext,
  type RequestContext,
  type RequestResult,
} from "../policy";
import { planBase } from "./base";
import { compareText, planContext, type PlanContext } from "./context";
import { isHeld, type HeldGrant } from "./held-grants";
import type { PlanInput } from "./input";
import { planLeases, type LeasePart } from "./lease-part";
import { activationFacts, assemblePlan, planHouse, type HousePart } from "./make-plan";
import { holdBackRemovals, isHeldBack, type RemovalResult } from "./removals";
import { RequestTree } from "./request-tree";

/** What a Replanner plans for, all at one moment; see `PlanInput`. The gateways are not looked at. */
export interface ReplanInput extends Omit<PlanInput, "desired" | "observed"> {
  /** The request set last merged: given, an edit that is more than a narrowing is refused. */
  readonly merged?: RequestSet;
}

/** Request files that are there now, as they are now, and the names of those that are gone. */
export interface RequestChanges {
  readonly put: readonly AccessRequest[];
  readonly removed: readonly string[];
}

/**
 * Plans offline again and again while request files change, at the cost of what changed: the Plan is the one
 * that `makePlan` would make of the requests as they are then, for the moment and the Log that it was given.
 *
 * Everything about leases is about one person and depends on nothing but that person's Grants and
 * requests, so only the people of the changed requests are planned for anew. The one thing that couples
 * people is the breaker for bulk removals: where it holds back, or did, all is planned anew.
 *
 * It is for a process that stays and is told which files change: an editor's extension, a watching plan, a service.
 * No command is one: a command starts from nothing, and to read the Log costs more than to plan. Nor is it for a pass,
 * whose Log and gateways move between two plans as much as its requests do.
 */
export class Replanner {
  readonly #input: ReplanInput;
  readonly #tree: RequestTree;
  readonly #requests: Map<string, AccessRequest>;
  readonly #merged: ReadonlyMap<string, AccessRequest> | undefined;
  readonly #judging: RequestContext;
  readonly #results = new Map<string, RequestResult>();
  /** Of the results, those that the Plan tells of whatever the Log says: refused or lapsed. */
  readonly #told = new Map<string, RequestResult>();
  readonly #desiredOf = new Map<PersonId, Map<GrantId, DesiredGrant>>();
  readonly #grantsOf: ReadonlyMap<PersonId, readonly GrantState[]>;
  /** Held Grants by the name of their request. */
  readonly #heldOf: ReadonlyMap<string, readonly GrantState[]>;
  readonly #heldCount: number;
  readonly #objects: Pick<DesiredState, "policy" | "objects" | "adoptions">;
  readonly #house: HousePart;
  readonly #base: Plan["base"];
  #leases: LeasePart;

  constructor(input: ReplanInput) {
    this.#input = input;
    const { requests } = input.requests;
    this.#tree = new RequestTree(requests);
    this.#requests = new Map(requests.map((request) => [request.name, request]));
    this.#judging = requestContext(input);
    this.#objects = { policy: manifestIndex(input.manifest).digest, ...desiredObjects(input.manifest) };
    this.#merged = input.merged && new Map(input.merged.requests.map((request) => [request.name, request]));
    const grants = [...input.state.grants.values()];
    const held = grants.filter(isHeld);
    this.#heldCount = held.length;
    this.#grantsOf = grouped(grants, ({ facts }) => facts.person);
    this.#heldOf = grouped(held, ({ facts }) => facts.request);
    for (const request of requests) this.#judge(request.name);
    const context = this.#contextOfAll();
    this.#base = planBase({ ...input, observed: "log" });
    this.#house = planHouse(context);
    this.#leases = planLeases(context, activationFacts(this.#house), holdBackRemovals);
  }

  /** The Plan for the requests as they are. */
  plan(): Plan {
    const base = { ...this.#base, requests: this.#tree.digest() };
    return assemblePlan(this.#context([], []), { base, house: this.#house, leases: this.#leases });
  }

  /** Takes changed request files over; an empty change costs nothing. */
  change({ put, removed }: RequestChanges): void {
    const names = new Set([...removed, ...put.map(({ name }) => name)]);
    const people = new Set<PersonId>();
    const notePeople = (): void => {
      for (const name of names) {
        for (const { person } of this.#results.get(name)?.grants ?? []) people.add(person);
        for (const { facts } of this.#heldOf.get(name) ?? []) people.add(facts.person);
      }
    };
    notePeople();
    for (const name of removed) this.#remove(name);
    for (const request of put) this.#put(request);
    for (const name of names) this.#judge(name);
    notePeople();
    this.#replanFor(people);
  }

  #put(request: AccessRequest): void {
    this.#requests.set(request.name, request);
    this.#tree.put(request);
  }

  #remove(name: string): void {
    this.#requests.delete(name);
    this.#tree.remove(name);
  }

  /** Takes what a request came to out of the desired Grants, and puts in what it comes to now. */
  #judge(name: string): void {
    for (const { id, person } of this.#results.get(name)?.grants ?? []) this.#desiredOf.get(person)?.delete(id);
    const request = this.#requests.get(name);
    this.#results.delete(name);
    this.#told.delete(name);
    if (request === undefined) return;
    const result = grantsOfRequest(request, this.#merged?.get(name), this.#judging);
    this.#results.set(name, result);
    if (result.refusals.length > 0 || result.lapsed !== undefined) this.#told.set(name, result);
    for (const grant of result.grants) {
      const there = this.#desiredOf.get(grant.person) ?? new Map<GrantId, DesiredGrant>();
      there.set(grant.id, grant);
      this.#desiredOf.set(grant.person, there);
    }
  }

  #replanFor(people: ReadonlySet<PersonId>): void {
    const facts = activationFacts(this.#house);
    const before = this.#leases;
    if (before.heldRemovals === 0) {
      const grants = [...people].flatMap((person) => this.#grantsOf.get(person) ?? []);
      const desired = [...people].flatMap((person) => [...(this.#desiredOf.get(person)?.values() ?? [])]);
      const part = planLeases(this.#context(grants, desired), facts, letAllEnd);
      this.#leases = joined(before, people, part);
      if (!this.#isHeldBack()) return;
    }
    this.#leases = planLeases(this.#contextOfAll(), facts, holdBackRemovals);
  }

  #isHeldBack(): boolean {
    const removed = this.#leases.removed.length;
    return isHeldBack(this.#input, { removed, held: this.#heldCount, isEmpty: this.#requests.size === 0 });
  }

  #contextOfAll(): PlanContext {
    const desired = [...this.#desiredOf.values()].flatMap((grants) => [...grants.values()]);
    return this.#context([...this.#input.state.grants.values()], desired, [...this.#requests.values()]);
  }

  /** A planning run over some Grants only. */
  #context(
    grants: readonly GrantState[],
    desired: readonly DesiredGrant[],
    requests: readonly AccessRequest[] = [],
  ): PlanContext {
    const told = [...this.#told].sort(([a], [b]) => compareText(a, b)).map(([, result]) => result);
    const context = planContext({
      ...this.#input,
      observed: "log",
      requests: { requests },
      state: { ...this.#input.state, grants: new Map(grants.map((grant) => [grant.facts.grant, grant])) },
      desired: {
        ...this.#objects,
        grants: desired,
        refusals: told.flatMap(({ refusals }) => refusals),
        lapsed: told.flatMap(({ lapsed }) => lapsed ?? []),
      },
    });
    return { ...context, tryFindRequest: (name) => this.#requests.get(name) };
  }
}

/** No breaker: whether it holds back is decided by all removals together. */
function letAllEnd(_: PlanContext, held: readonly HeldGrant[]): RemovalResult {
  return { held, heldRemovals: 0, notes: [] };
}

/** A part with some people's share taken out, and their new one put in. Offline there is no drift. */
function joined(before: LeasePart, people: ReadonlySet<PersonId>, share: LeasePart): LeasePart {
  const isOthers = ({ person }: { readonly person?: PersonId }): boolean => person === undefined || !people.has(person);
  return {
    ...before,
    actions: [...before.actions.filter(({ subject }) => isOthers(subject)), ...share.actions],
    waiting: [...before.waiting.filter(isOthers), ...share.waiting],
    refusals: [...before.refusals.filter(isOthers), ...share.refusals],
    asked: [...before.asked.filter(({ desired }) => isOthers(desired)), ...share.asked],
    removed: [...before.removed.filter((person) => !people.has(person)), ...share.removed],
  };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const there = groups.get(keyOf(item));
    if (there === undefined) groups.set(keyOf(item), [item]);
    else there.push(item);
  }
  return groups;
}
