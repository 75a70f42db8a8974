import { failure } from "../errors";
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
  const open = seen.openWays.find((way) => way.connection === connection);
  if (open !== undefined) return open.why;
  const isGated = seen.objects.some(
    ({ value, installation }) =>
      value.kind === "gate" && installation === pass.input.installation && value.connections.includes(connection),
  );
  return isGated ? undefined : "the gate does not name it";
}
