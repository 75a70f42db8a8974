import { failure } from "../errors";
import type { ObservedState } from "../model/observed";
import type { Pass } from "./pass-state";

/**
 * Whether a Connection must not be given to anybody because its gate is not known to be shut: nobody
 * would have to ask. Says so aloud.
 */
export function isClosedByGate(
  pass: Pass,
  wanted: { readonly gateway: string; readonly gatewayName: string },
): boolean {
  const { gateway, gatewayName } = wanted;
  const why = tryGateFlaw(pass, gateway, gatewayName);
  if (why === undefined) return false;
  pass.report.trouble(
    failure("E307", {
      summary: "the way in is not shut",
      detail: `nothing was granted on ${gatewayName} at gateway ${gateway}: ${why}`,
      fix: "leasehold apply writes the gate",
    }),
  );
  return true;
}

function tryGateFlaw(pass: Pass, gateway: string, connection: string): string | undefined {
  const seen = pass.observed.get(gateway);
  if (seen === undefined) return "the gateway was not seen";
  const { open, gated } = shutBy(seen, pass.input.installation);
  return open.get(connection) ?? (gated.has(connection) ? undefined : "the gate does not name it");
}

/** What one look at a gateway says of its ways in. */
interface WaysIn {
  /** Why it is open, by the Connection's gateway name. */
  readonly open: ReadonlyMap<string, string>;
  /** Connections that our gate names. */
  readonly gated: ReadonlySet<string>;
}

const looks = new WeakMap<ObservedState, WaysIn>();

function shutBy(seen: ObservedState, installation: string): WaysIn {
  const known = looks.get(seen);
  if (known !== undefined) return known;
  const gates = seen.objects.flatMap((one) =>
    one.value.kind === "gate" && one.installation === installation ? one.value.connections : [],
  );
  const ways = {
    open: new Map(seen.openWays.map((way) => [way.connection, way.why])),
    gated: new Set(gates),
  };
  looks.set(seen, ways);
  return ways;
}
