import type { AccessRequest } from "../constructs";
import type * as model from "../model/request";
import { sortedNames } from "./order";

/** The canonical value of a request construct: equal to that of a request file that says the same. */
export function requestEntry(request: AccessRequest): model.AccessRequest {
  return {
    name: request.requestName,
    for: sortedNames(request.for.map((one) => one.principalRef)),
    access: sortedNames(request.access.map((one) => one.connectionId)),
    ...(request.duration === undefined ? {} : { durationSeconds: request.duration.seconds }),
    startBefore: request.startBefore,
    ...(request.startAfter === undefined ? {} : { startAfter: request.startAfter }),
    reason: request.reason,
    ...(request.ticket === undefined ? {} : { ticket: request.ticket }),
    ...(request.rule === undefined ? {} : { rule: request.rule }),
    ...(request.extends === undefined ? {} : { extends: request.extends }),
  };
}
