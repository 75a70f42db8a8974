import type { RecordBody } from "../../../lib/model/record";

/**
 * What the Log says of one Grant, by reading all its records again from the first: slow and plain, written
 * from the words of SEMANTICS.md and promises 2, 5 and 10, and sharing nothing with lib/log. `undefined`
 * for a history that cannot be.
 */
export interface ReferenceGrant {
  readonly phase: "unmet" | "pending" | "activating" | "active" | "ended" | "rejected";
  readonly generation: number;
  readonly end?: string;
  /** Waiting for an outcome. */
  readonly open: readonly string[];
  readonly ending: boolean;
  readonly endReason?: string;
}

const unmet: ReferenceGrant = { phase: "unmet", generation: 0, open: [], ending: false };

/** Reads the records about one Grant. */
export function referenceOf(bodies: readonly RecordBody[]): ReferenceGrant | undefined {
  let grant: ReferenceGrant | undefined = unmet;
  for (const body of bodies) grant = grant === undefined ? undefined : after(grant, body);
  return grant;
}

function after(grant: ReferenceGrant, body: RecordBody): ReferenceGrant | undefined {
  const { phase, open } = grant;
  const isLive = phase === "activating" || phase === "active";
  switch (body.type) {
    case "activation.intended":
      if (phase !== "unmet" && phase !== "pending") return undefined;
      return { phase: "activating", generation: 0, end: body.end, open: ["activation"], ending: false };
    case "activation.done":
      return open.includes("activation") ? { ...grant, phase: "active", open: without(open, "activation") } : undefined;
    case "activation.failed": {
      if (!open.includes("activation")) return undefined;
      const phaseAfter = body.retry && !grant.ending ? "pending" : "rejected";
      return { phase: phaseAfter, generation: grant.generation, open: [], ending: false };
    }
    case "change.intended": {
      if (phase !== "active" || body.generation <= grant.generation) return undefined;
      if (body.end !== undefined && body.end > (grant.end ?? "")) return undefined;
      const end = body.end ?? grant.end;
      const changes = [...open.filter((one) => !one.startsWith("change")), `change ${body.generation}`];
      return { ...grant, ...(end === undefined ? {} : { end }), open: changes };
    }
    case "change.done":
    case "change.failed": {
      const change = `change ${body.generation}`;
      if (!open.includes(change)) return undefined;
      const generation = body.type === "change.done" ? body.generation : grant.generation;
      return { ...grant, generation, open: without(open, change) };
    }
    case "ending.intended":
      if (phase === "unmet" || phase === "pending") return undefined;
      return isLive && !grant.ending ? { ...grant, ending: true, open: [...open, "ending"] } : grant;
    case "ending.done":
      if (phase === "unmet" || phase === "pending") return undefined;
      return isLive ? { ...grant, phase: "ended", open: [], ending: false, endReason: body.reason } : grant;
    case "ending.refused":
      return isLive && grant.ending ? grant : undefined;
    case "grant.rejected":
      return phase === "unmet" || phase === "pending"
        ? { ...grant, phase: "rejected", endReason: body.reason }
        : rejectedAgain(grant, body.reason);
    default:
      return grant;
  }
}

/** A final failure rejects without a reason of the rules; one may follow it, once. */
function rejectedAgain(grant: ReferenceGrant, reason: string): ReferenceGrant | undefined {
  if (grant.phase !== "rejected" || grant.endReason !== undefined) return undefined;
  return { ...grant, endReason: reason };
}

function without(open: readonly string[], gone: string): readonly string[] {
  return open.filter((one) => one !== gone);
}
