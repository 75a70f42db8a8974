import { desiredState, findOver } from "../../lib/policy";
import type { GrantState } from "../../lib/model/log-state";
import type { AccessRequest } from "../../lib/model/request";
import { activeGrant, grantsById, hours, installation, manifest, merged, now, request, state } from "../support/core";

const rules = manifest();

/** The request with each of its Grants in a phase. */
function over(one: AccessRequest, phases: readonly GrantState["phase"][], isMerged = true): string | undefined {
  const requests = { requests: [one] };
  const { grants } = desiredState({ installation, manifest: rules, requests, asOf: now, state: state() });
  const held = phases.map((phase, index) => activeGrant(grants[index]!, hours(-3), { phase }));
  const names = isMerged ? merged(one) : new Map();
  const input = { installation, manifest: rules, asOf: now, state: state({ names, grants: grantsById(...held) }) };
  return findOver([one], input).get(one.name);
}

const two = request("r", { access: ["orders-db/read", "orders-db/write"] });
const past = { startBefore: hours(-1) };

describe("a request file is over", () => {
  test("once all that it gave has ended", () => {
    expect(over(two, ["ended", "ended"])).toBe("its access has ended");
    expect(over(two, ["ended", "rejected"])).toBe("its access has ended");
  });

  test("not while any of it is there, or could still start", () => {
    for (const phase of ["pending", "activating", "active"] as const)
      expect(over(two, ["ended", phase])).toBeUndefined();
    expect(over(two, ["ended"])).toBeUndefined();
    expect(over(two, [])).toBeUndefined();
  });

  test("once it can no longer start", () => {
    expect(over(request("r", past), [])).toBe("it can no longer start");
    expect(over(request("r", { ...past, for: ["group:backend"] }), ["ended"])).toBe("its access has ended");
  });

  test("not while a group that it is for could get new members", () => {
    expect(over(request("r", { for: ["group:backend"] }), ["ended", "ended"])).toBeUndefined();
  });

  test("not before it was merged", () => {
    expect(over(request("r", past), [], false)).toBeUndefined();
  });
});
