/** Guardrails and masking rules as an effect's target. */
import { canonicalJson } from "../../lib/model/canonical";
import type { GuardrailObject, MaskingRuleObject, ObjectSubject } from "../../lib/model/gateway-object";
import {
  createSafeguard,
  deleteSafeguard,
  listSafeguards,
  putSafeguard,
  type SafeguardItem,
  type SafeguardRoute,
} from "./client/safeguards";
import type { Fields } from "./client/shape";
import type { Checked, Target } from "./configure";
import { splitMark } from "./objects/mark";
import { guardrailBody, guardrailOf, maskingBody, maskingRuleOf } from "./objects/safeguards";
import type { HoopRun } from "./run";

type SafeguardObject = GuardrailObject | MaskingRuleObject;

/** Finds a safeguard by name (ours before somebody else's of that name), to be written as `value` or deleted. */
export async function safeguardTarget(
  run: HoopRun,
  subject: ObjectSubject & { readonly kind: SafeguardObject["kind"] },
  value: SafeguardObject | null,
): Promise<Target> {
  const { writer, installation } = run.context;
  const route = routeOf(subject.kind);
  const before = await tryFindSafeguard(run, route, subject.name);
  return {
    before:
      before === undefined ? undefined : { ref: before.id, installation: splitMark(before.description).installation },
    write: () => {
      if (value !== null) {
        const body = bodyOf(value, installation, before);
        return before === undefined
          ? createSafeguard(writer, route, body)
          : putSafeguard(writer, route, before.id, body);
      }
      if (before !== undefined) return deleteSafeguard(writer, route, before.id);
      return Promise.resolve({ status: 204, json: undefined, isLicenceLimit: false });
    },
    check: async () => checkSafeguard(await tryFindSafeguard(run, route, subject.name), value, installation),
  };
}

/** The route of a kind of safeguard. */
export function routeOf(kind: SafeguardObject["kind"]): SafeguardRoute {
  return kind === "guardrail" ? "guardrails" : "datamasking-rules";
}

async function tryFindSafeguard(run: HoopRun, route: SafeguardRoute, name: string): Promise<SafeguardItem | undefined> {
  const named = (await listSafeguards(run.context.writer, route)).filter((item) => item.name === name);
  const { installation } = run.context;
  return named.find((item) => splitMark(item.description).installation === installation) ?? named[0];
}

function bodyOf(value: SafeguardObject, installation: string, before: SafeguardItem | undefined): Fields {
  return value.kind === "guardrail"
    ? guardrailBody(value, installation, before)
    : maskingBody(value, installation, before);
}

function checkSafeguard(
  found: SafeguardItem | undefined,
  value: SafeguardObject | null,
  installation: string,
): Checked {
  const isOurs = found !== undefined && splitMark(found.description).installation === installation;
  if (value === null) return isOurs ? { kind: "not as wanted", why: "it is still there" } : { kind: "as wanted" };
  if (found === undefined || !isOurs) return { kind: "not as wanted", why: "it is not there" };
  const read = value.kind === "guardrail" ? guardrailOf(found) : maskingRuleOf(found);
  const isSame = canonicalJson(read) === canonicalJson(value);
  return isSame ? { kind: "as wanted", ref: found.id } : { kind: "not as wanted", why: "it reads back different" };
}
