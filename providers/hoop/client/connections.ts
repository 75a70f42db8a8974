/** `/connections`. Section 3 of gateway/hoop-api.md: lists hide fields, PUT wipes what it does not name. */
import type { Api, ApiAnswer } from "./api";
import { fieldsOf, listOf, optionalText, textField, textMap, textsField, type Fields } from "./shape";

/** A connection. `raw` is the object as read: what a PUT sends back, changed. */
export interface ConnectionItem {
  readonly id: string;
  readonly name: string;
  readonly resource: string;
  readonly type: string;
  readonly subtype: string;
  readonly agentId: string;
  readonly command: readonly string[];
  /** `envvar:KEY` to base64; empty in lists and for keys that are not an admin's. */
  readonly secret: Readonly<Record<string, string>>;
  readonly secretsUpdatedAt: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly attributes: readonly string[];
  readonly reviewers: readonly string[];
  readonly forcing: readonly string[];
  readonly isConnectEnabled: boolean;
  /** Commands, runbooks or browsing of the schema, besides connect. */
  readonly isMoreEnabled: boolean;
  readonly mandatoryMetadata: readonly string[];
  readonly raw: Fields;
}

/** All connections that the key may see, without what lists hide. */
export async function listConnections(api: Api): Promise<readonly ConnectionItem[]> {
  return listOf(await api.read({ method: "GET", path: ["connections"] }), "connections").map(connectionOf);
}

/** One connection whole, by its exact name. */
export async function tryFindConnection(api: Api, name: string): Promise<ConnectionItem | undefined> {
  const json = await api.tryRead({ method: "GET", path: ["connections", name] });
  const found = json === undefined ? undefined : connectionOf(json);
  return found?.name === name ? found : undefined;
}

/** Makes a connection. */
export function createConnection(api: Api, body: Fields): Promise<ApiAnswer> {
  return api.write({ method: "POST", path: ["connections"], body });
}

/** Replaces a connection: whatever the body leaves out is wiped. */
export function putConnection(api: Api, name: string, body: Fields): Promise<ApiAnswer> {
  return api.write({ method: "PUT", path: ["connections", name], body });
}

/** Deletes a connection; everything on it must have ended before. */
export function deleteConnection(api: Api, name: string): Promise<ApiAnswer> {
  return api.write({ method: "DELETE", path: ["connections", name] });
}

function connectionOf(json: unknown): ConnectionItem {
  const raw = fieldsOf(json, "connection");
  const modes = ["access_mode_exec", "access_mode_runbooks", "access_schema"];
  return {
    id: textField(raw, "id", "connection"),
    name: textField(raw, "name", "connection"),
    resource: optionalText(raw, "resource_name", "connection") ?? "",
    type: textField(raw, "type", "connection"),
    subtype: optionalText(raw, "subtype", "connection") ?? "",
    agentId: optionalText(raw, "agent_id", "connection") ?? "",
    command: textsField(raw, "command", "connection"),
    secret: textMap(raw, "secret", "connection"),
    secretsUpdatedAt: optionalText(raw, "secrets_updated_at", "connection"),
    tags: textMap(raw, "connection_tags", "connection"),
    attributes: textsField(raw, "attributes", "connection"),
    reviewers: textsField(raw, "reviewers", "connection"),
    forcing: textsField(raw, "force_approve_groups", "connection"),
    isConnectEnabled: optionalText(raw, "access_mode_connect", "connection") === "enabled",
    isMoreEnabled: modes.some((mode) => optionalText(raw, mode, "connection") === "enabled"),
    mandatoryMetadata: textsField(raw, "mandatory_metadata_fields", "connection"),
    raw,
  };
}
