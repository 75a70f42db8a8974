import { grantId, type GrantId } from "../../../lib/model/grant";
import type { AccessRequest } from "../../../lib/model/request";
import { installation } from "./repository";

/** What somebody asked for, and what was said of it since. */
export interface Asked {
  readonly request: AccessRequest;
  readonly id: GrantId;
  readonly person: string;
  readonly connection: string;
  /** Somebody has to approve it. */
  readonly needsApproval: boolean;
  isApproved: boolean;
  /** Given back, or its file is gone: from then on it lets nobody in. */
  isTakenBack: boolean;
  /** Its person was out of the group meanwhile: it may have ended for that, or never have started. */
  isDoubtful: boolean;
  /** As merged last: a file can be made shorter. */
  durationSeconds: number;
}

/**
 * What ought to be, by what was asked, approved and taken back alone: written from SEMANTICS.md, with
 * nothing of the reconciler. It knows nothing of kills.
 */
export class Oracle {
  readonly asked = new Map<string, Asked>();

  ask(request: AccessRequest, options: { readonly needsApproval: boolean }): Asked {
    const [person = "", connection = ""] = [request.for[0], request.access[0]];
    const asked: Asked = {
      request,
      id: grantId({ installation, request: request.name, person, connection }),
      person,
      connection,
      ...options,
      isApproved: false,
      isTakenBack: false,
      isDoubtful: false,
      durationSeconds: request.durationSeconds ?? 0,
    };
    this.asked.set(request.name, asked);
    return asked;
  }

  /** What nobody took back, oldest first. */
  standing(): readonly Asked[] {
    return [...this.asked.values()].filter((one) => !one.isTakenBack);
  }
}
