/** The reference model as a Provider: a world, and the accidents that a test wants. */
import { failure } from "../../lib/errors";
import type { ProviderDescription } from "../../lib/model/gateway";
import { gateName } from "../../lib/model/gateway-object";
import type { GrantId } from "../../lib/model/grant";
import { tryParseCorrelation } from "../../lib/model/lease";
import type { ObservedState } from "../../lib/model/observed";
import { resourceKinds } from "../../lib/model/resource";
import type { ApplyOptions, Effect, EffectOutcome, Provider } from "../../lib/ports";
import { configure } from "./configure-effects";
import type { FaultScript, MemoryCall, MemoryFault } from "./faults";
import { end, hold } from "./lease-effects";
import { observeWorld } from "./observe";
import type { World } from "./world";

/** What a memory provider is made of. */
export interface MemoryProviderOptions {
  readonly gateway: string;
  readonly installation: string;
  readonly world: World;
  /** @default nothing ever goes wrong */
  readonly faults?: FaultScript;
  /** Fields of the description that differ from the default. */
  readonly description?: Partial<Omit<ProviderDescription, "gateway" | "provider" | "installation" | "skewMs">>;
}

/** Makes a Provider over a world. Several may share one world, as several reconcilers share a gateway. */
export function memoryProvider(options: MemoryProviderOptions): Provider {
  const state: CallState = { index: 0, late: [] };
  return {
    gateway: options.gateway,
    async describe() {
      await beforeRead(options, state, "describe");
      return describeWorld(options);
    },
    async observe() {
      await beforeRead(options, state, "observe");
      return observeOurs(options);
    },
    async findSpent(grants) {
      await beforeRead(options, state, "findSpent");
      return spentOf(options, grants);
    },
    async *apply(effects, applied) {
      for (const effect of endingsFirst(effects)) {
        if (applied.signal?.aborted === true) {
          yield { kind: "refused", effect, because: "passing", why: "interrupted before it was sent" };
        } else yield await applyOne(options, state, effect, applied);
      }
    },
    async close() {
      await settleLate(state, Number.POSITIVE_INFINITY);
    },
  };
}

/** Endings wait for nothing; leases come after the configuration that they need. */
function endingsFirst(effects: readonly Effect[]): readonly Effect[] {
  return (["end", "configure", "hold"] as const).flatMap((kind) => effects.filter((effect) => effect.kind === kind));
}

/** Calls so far, and effects that have not landed yet. */
interface CallState {
  index: number;
  late: { readonly atIndex: number; readonly run: () => Promise<unknown> }[];
}

async function beforeRead(
  options: MemoryProviderOptions,
  state: CallState,
  name: "describe" | "observe" | "findSpent",
): Promise<void> {
  const fault = await nextFault(options, state, (index) => ({ name, index }));
  if (fault === undefined) return;
  const credential = fault.kind === "refuse" && fault.because === "credential";
  throw failure(credential ? "E501" : "E500", {
    detail: `${name} on gateway ${options.gateway}`,
    fix: "run the command again",
  });
}

async function nextFault(
  options: MemoryProviderOptions,
  state: CallState,
  callOf: (index: number) => MemoryCall,
): Promise<MemoryFault | undefined> {
  const index = state.index;
  state.index += 1;
  await settleLate(state, index);
  return options.faults?.(callOf(index));
}

async function settleLate(state: CallState, index: number): Promise<void> {
  const due = state.late.filter((one) => one.atIndex <= index);
  state.late = state.late.filter((one) => one.atIndex > index);
  for (const one of due) await one.run();
}

function describeWorld(options: MemoryProviderOptions): ProviderDescription {
  const { world } = options;
  const installation = gateInstallation(world);
  return {
    gateway: options.gateway,
    provider: "memory",
    version: "1",
    holds: world.cutsSessions
      ? { entry: true, sessions: true, overrun: "none" }
      : { entry: true, sessions: false, overrun: "unbounded" },
    maxSliceSeconds: defaultSliceSeconds,
    kinds: resourceKinds,
    principals: ["user", "service"],
    guardrailKinds: ["tcp"],
    maxGuardrails: undefined,
    maxMaskingRules: undefined,
    storesSecrets: true,
    endingsPerSecond: 10_000,
    ...options.description,
    ...(installation === undefined ? {} : { installation }),
    skewMs: world.skewMs,
  };
}

const defaultSliceSeconds = 172_800;

function observeOurs(options: MemoryProviderOptions): ObservedState {
  const found = gateInstallation(options.world);
  if (found !== undefined && found !== options.installation) {
    throw failure("E504", {
      detail: `the gate of ${options.gateway} carries installation ${found}, ours is ${options.installation}`,
      fix: "give each installation a gateway of its own",
    });
  }
  return observeWorld(options.world, options.gateway, options.installation);
}

function gateInstallation(world: World): string | undefined {
  return world.objects.get(`gate:${gateName}`)?.installation;
}

function spentOf(options: MemoryProviderOptions, grants: readonly GrantId[]): ReadonlySet<GrantId> {
  const asked = new Set(grants);
  const found = options.world.leases.flatMap((row) => {
    const correlation = row.correlation === undefined ? undefined : tryParseCorrelation(row.correlation);
    return correlation?.installation === options.installation ? [correlation.grant] : [];
  });
  return new Set(found.filter((grant) => asked.has(grant)));
}

async function applyOne(
  options: MemoryProviderOptions,
  state: CallState,
  effect: Effect,
  applied: ApplyOptions,
): Promise<EffectOutcome> {
  const fault = await nextFault(options, state, (index) => ({ name: "apply", index, effect }));
  const run = () => runEffect(options, effect, applied);
  switch (fault?.kind) {
    case undefined:
      return await run();
    case "drop":
      return { kind: "unknown", effect, why: "no answer" };
    case "unanswered":
      await run();
      return { kind: "unknown", effect, why: "no answer" };
    case "late":
      state.late.push({ atIndex: state.index + fault.after - 1, run });
      return { kind: "unknown", effect, why: "no answer" };
    case "double":
      await run();
      return await run();
    case "refuse":
      return { kind: "refused", effect, because: fault.because, why: "refused by the test" };
  }
}

async function runEffect(
  options: MemoryProviderOptions,
  effect: Effect,
  applied: ApplyOptions,
): Promise<EffectOutcome> {
  const { world, installation } = options;
  switch (effect.kind) {
    case "hold":
      return hold(world, effect, options.description?.maxSliceSeconds ?? defaultSliceSeconds);
    case "end":
      return end(world, effect, installation);
    case "configure": {
      const storesSecrets = options.description?.storesSecrets ?? true;
      return await configure(world, effect, { installation, secrets: applied.secrets, storesSecrets });
    }
  }
}
