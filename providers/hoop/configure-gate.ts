/** The gate as an effect's target. */
import { canonicalJson } from "../../lib/model/canonical";
import { gateName, type GateObject } from "../../lib/model/gateway-object";
import { createRule, deleteRule, listRules, putRule, type RuleItem } from "./client/rules";
import type { Checked, Target } from "./configure";
import { gateBody, gateFlaw, gateOf } from "./objects/gate";
import { splitMark } from "./objects/mark";
import type { HoopRun } from "./run";

/** Finds the gate, to be written as `value` or deleted. */
export async function gateTarget(run: HoopRun, value: GateObject | null): Promise<Target> {
  const { writer, installation } = run.context;
  const before = await tryFindGate(run);
  return {
    before:
      before === undefined ? undefined : { ref: before.id, installation: splitMark(before.description).installation },
    write: () => {
      if (value === null) return deleteRule(writer, gateName);
      const body = gateBody(value, installation, before);
      return before === undefined ? createRule(writer, body) : putRule(writer, gateName, body);
    },
    check: async () => checkGate(await tryFindGate(run), value, installation),
  };
}

async function tryFindGate(run: HoopRun): Promise<RuleItem | undefined> {
  return (await listRules(run.context.writer)).find((rule) => rule.name === gateName);
}

function checkGate(found: RuleItem | undefined, value: GateObject | null, installation: string): Checked {
  if (value === null)
    return found === undefined ? { kind: "as wanted" } : { kind: "not as wanted", why: "the gate is still there" };
  if (found === undefined) return { kind: "not as wanted", why: "the gate is not there" };
  const wanted: GateObject = { ...value, connections: [...new Set(value.connections)].toSorted() };
  const isOurs = splitMark(found.description).installation === installation;
  const isSame = canonicalJson(gateOf(found)) === canonicalJson(wanted);
  const flaw = gateFlaw(found);
  if (isOurs && isSame && flaw === undefined) return { kind: "as wanted", ref: found.id };
  return { kind: "not as wanted", why: flaw ?? "the gate does not read back as it was written" };
}
