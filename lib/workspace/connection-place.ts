import { failure } from "../errors";
import { tryParseConnectionId } from "../model/names";
import { didYouMean } from "../model/suggest";
import type { Manifest } from "../model/manifest";
import { readRules } from "./declared";
import type { Workspace } from "./workspace";

/** Where a Connection is. */
export interface ConnectionPlace {
  readonly gateway: string;
  readonly gatewayName: string;
}

/**
 * Finds a Connection by its id or gateway name: in the policy in force, else in the rules of the working
 * tree. Throws E107 with a suggestion for what neither has.
 */
export async function placeOfConnection(workspace: Workspace, text: string): Promise<ConnectionPlace> {
  const policy = await workspace.tryPolicyInForce();
  const manifest =
    policy?.manifest ??
    (await readRules(workspace.ports, workspace.repository, { useLastSynthesis: true })).rules?.manifest;
  const found = manifest?.connections.find((one) => one.id === text || one.gatewayName === text);
  const gateway = manifest?.resources.find((one) => one.name === found?.resource)?.gateway;
  if (found !== undefined && gateway !== undefined) return { gateway, gatewayName: found.gatewayName };
  throw unknownConnection(text, manifest);
}

function unknownConnection(text: string, manifest: Manifest | undefined): Error {
  const known = manifest?.connections.map((one) => one.id) ?? [];
  const shape = tryParseConnectionId(text) === undefined ? ", which is no RESOURCE/LEVEL" : "";
  return failure("E107", {
    detail: `no connection \`${text.slice(0, 100)}\`${shape}${didYouMean(text, known)}`,
    fix: "`leasehold status` shows what you hold; `leasehold policy show` what there is",
  });
}
