/** The network between programs and the gateway: each call takes its time, and what can go wrong with it does. */
import { failure } from "../../../lib/errors";
import type { Http, HttpRequest, HttpResponse } from "../../../lib/ports";
import type { Chance } from "./chance";
import type { Program } from "./program";
import { never } from "./program";
import type { World } from "./world";

/** What can become of a call, closed. `late`, `duplicate`: the gateway hears of it (again) when nobody waits any more. */
export const networkFaults = [
  "lost request",
  "lost answer",
  "reset before",
  "reset after",
  "late",
  "duplicate",
  "slow",
  "500 before",
  "500 after",
  "502",
  "404",
  "401",
  "HTML",
  "empty 200",
  "error in a 200",
  "cut body",
  "does nothing",
] as const;

/** One of them. */
export type NetworkFault = (typeof networkFaults)[number];

/** One call on its way. `isLate`: it is heard when its sender has given up. */
export interface Call {
  readonly program: Program;
  readonly request: HttpRequest;
  readonly path: string;
  readonly sentMs: number;
  readonly isLate: boolean;
}

/** Decides what becomes of calls; undefined: all goes well. */
export type Fates = (request: HttpRequest, path: string) => NetworkFault | undefined;

/** The network of a world. */
export class Network {
  fates: Fates = () => undefined;
  /** Calls that go wrong the next time they are made. */
  private readonly spoilt: { readonly call: RegExp; readonly fault: NetworkFault }[] = [];
  /** What somebody does at the very moment when a call like this is sent, once. */
  private readonly awaited: { readonly call: RegExp; readonly act: (call: Call) => void }[] = [];
  /** Whether anything ever went wrong. */
  hadFaults = false;
  /** When a single call was last made to go wrong, in true time. */
  lastSpoiltMs = 0;
  /** Pairs, by the gateway's names, for which a Lease was asked for by a call that came late: the next look finds it. */
  readonly heldLate = new Set<string>();
  /** Whether nothing at all gets through. */
  isDown = false;
  private readonly chance: Chance;

  constructor(private readonly world: World) {
    this.chance = world.chance.part("network");
  }

  /** Lets the next call like this go wrong. */
  spoil(call: RegExp, fault: NetworkFault): void {
    this.spoilt.push({ call, fault });
  }

  /** Does something when the next call like this is sent. */
  when(call: RegExp, act: (call: Call) => void): void {
    this.awaited.push({ call, act });
  }

  /** From here on nothing goes wrong. */
  mend(): void {
    this.spoilt.length = 0;
    this.awaited.length = 0;
    this.fates = () => undefined;
    this.isDown = false;
  }

  /** The port of one program. */
  http(program: Program): Http {
    return { send: (request, signal) => this.send(program, request, signal), close: () => Promise.resolve() };
  }

  private async send(program: Program, request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> {
    const { world } = this;
    if (program.isOver) return never();
    const path = request.url.slice(request.url.indexOf("/api") + 4);
    const isWrite = request.method !== "GET" && request.method !== "HEAD";
    const what = `${request.method} ${path}`;
    const death = program.diesNow() ? world.deathOf() : undefined;
    if (death?.when === "before") return world.die(program, death, what);
    if (signal?.aborted === true) throw unanswered("interrupted");
    const call: Call = { program, request, path, sentMs: world.turns.nowMs, isLate: false };
    world.watchers.sent(call);
    const awaited = this.awaited.findIndex((one) => one.call.test(what));
    if (awaited !== -1) this.awaited.splice(awaited, 1)[0]?.act(call);
    const fault = this.isDown ? "reset before" : (this.takeSpoilt(what) ?? this.fates(request, path));
    if (fault !== undefined) this.hadFaults = true;
    if (fault !== undefined) world.trace.add(world.turns.nowMs, program.name, `${what} (${fault})`);
    await world.turns.turn(program, world.latency());
    const answer = await this.carryOut(call, fault, isWrite);
    if (death !== undefined || program.isOver) return world.die(program, death, what);
    await world.turns.turn(program, world.latency());
    if (fault === undefined) world.trace.add(world.turns.nowMs, program.name, `${what} ${answer.status}`);
    return answer;
  }

  private takeSpoilt(what: string): NetworkFault | undefined {
    const at = this.spoilt.findIndex(({ call }) => call.test(what));
    if (at === -1) return undefined;
    this.lastSpoiltMs = this.world.turns.nowMs;
    return this.spoilt.splice(at, 1)[0]?.fault;
  }

  private async carryOut(call: Call, fault: NetworkFault | undefined, isWrite: boolean): Promise<HttpResponse> {
    const { world } = this;
    const { program, request } = call;
    switch (fault) {
      case undefined:
        return this.reach(call);
      case "lost request":
        await world.turns.turn(program, request.timeoutMs);
        throw unanswered("no whole answer in time");
      case "lost answer":
        await this.reach(call);
        await world.turns.turn(program, request.timeoutMs);
        throw unanswered("no whole answer in time");
      case "reset before":
        throw unanswered("connection reset (ECONNRESET)");
      case "reset after":
        await this.reach(call);
        throw unanswered("connection reset (ECONNRESET)");
      case "late":
        this.reachLater(call, request.timeoutMs + this.chance.between(1, 60_000));
        await world.turns.turn(program, request.timeoutMs);
        throw unanswered("no whole answer in time");
      case "duplicate":
        this.reachLater(call, this.chance.between(1, 20_000));
        return this.reach(call);
      case "slow":
        await world.turns.turn(program, this.chance.between(100, 20_000));
        return this.reach(call);
      case "500 before":
        return answered(500, '{"message":"database connections exhausted"}');
      case "500 after":
        await this.reach(call);
        return answered(500, '{"message":"failed"}');
      case "502":
        return answered(502, "<html>Bad Gateway</html>");
      case "404":
        return answered(404, '{"message":"not found"}');
      case "401":
        return answered(401, '{"message":"access denied"}');
      case "HTML":
        return answered(200, "<!doctype html><title>Sign in</title>");
      case "empty 200":
        return answered(200, "");
      case "error in a 200":
        return answered(200, '{"message":"failed"}');
      case "cut body": {
        const whole = await this.reach(call);
        return { ...whole, body: whole.body.slice(0, whole.body.length >> 1) };
      }
      case "does nothing":
        return isWrite ? believable(request, call.path) : await this.reach(call);
    }
  }

  private reachLater(call: Call, ms: number): void {
    this.world.turns.after(ms, () => void this.reach({ ...call, isLate: true }));
  }

  private async reach(call: Call): Promise<HttpResponse> {
    const { world } = this;
    if (call.isLate) world.trace.add(world.turns.nowMs, "network", `late: ${call.request.method} ${call.path}`);
    world.watchers.reached(call);
    if (call.path === "/sessions/provision") {
      const pair = pairAskedFor(call.request);
      call.program.asking.add(pair);
      if (call.isLate) this.heldLate.add(pair);
    }
    try {
      return await world.gateway.answer(call.request);
    } finally {
      world.watchers.carriedOut(call);
    }
  }
}

function pairAskedFor(request: HttpRequest): string {
  const body = JSON.parse(request.body ?? "{}") as Readonly<Record<string, unknown>>;
  return `${String(body["user_email"])} ${String(body["connection"])}`;
}

/** What a gateway would say that did it. */
function believable(request: HttpRequest, path: string): HttpResponse {
  const body = JSON.parse(request.body ?? "{}") as Readonly<Record<string, unknown>>;
  if (path.endsWith("/kill")) return answered(204, "");
  if (path === "/sessions/provision") {
    const session_id = "00000000-0000-4000-8000-000000000000";
    return answered(202, JSON.stringify({ session_id, user_email: body["user_email"], has_review: false }));
  }
  if (request.method === "DELETE") return answered(204, "");
  const id = decodeURIComponent(path.split("/").at(-1) ?? "");
  return answered(request.method === "POST" ? 201 : 200, JSON.stringify({ id, ...body }));
}

function answered(status: number, body: string): HttpResponse {
  return { status, headers: {}, body };
}

function unanswered(why: string): Error {
  return failure("E500", { detail: why, fix: "run it again" });
}
