/** `/serverinfo`, `/userinfo`, `/agents`, `/api-keys`, `/plugins`: what the gateway is and who asks. */
import type { Api } from "./api";
import { fieldsOf, flagField, listOf, listOrNullOf, optionalText, textField, textsField } from "./shape";

/** What a gateway says of itself. */
export interface ServerFacts {
  readonly version: string;
  /** `oss` holds one rule, one guardrail and one masking rule. */
  readonly isLimited: boolean;
  /** Masking needs a provider on the server. */
  readonly canMask: boolean;
}

/** Whose key or token this is. */
export interface CallerFacts {
  readonly email: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly isAdmin: boolean;
}

/** A place from which connections are reached. */
export interface AgentItem {
  readonly id: string;
  readonly name: string;
}

/** `GET /serverinfo`. */
export async function readServerFacts(api: Api): Promise<ServerFacts> {
  const fields = fieldsOf(await api.read({ method: "GET", path: ["serverinfo"] }), "serverinfo");
  const licence = fieldsOf(fields["license_info"] ?? {}, "serverinfo.license_info");
  const type = optionalText(licence, "type", "serverinfo.license_info");
  const isValid = flagField(licence, "is_valid", "serverinfo.license_info");
  return {
    version: textField(fields, "version", "serverinfo").slice(0, 100),
    isLimited: type !== "enterprise" || !isValid,
    canMask: (optionalText(fields, "redact_provider", "serverinfo") ?? "") !== "",
  };
}

/** `GET /userinfo`. */
export async function readCallerFacts(api: Api): Promise<CallerFacts> {
  const fields = fieldsOf(await api.read({ method: "GET", path: ["userinfo"] }), "userinfo");
  return {
    email: textField(fields, "email", "userinfo"),
    name: optionalText(fields, "name", "userinfo") ?? "",
    groups: textsField(fields, "groups", "userinfo"),
    isAdmin: flagField(fields, "is_admin", "userinfo"),
  };
}

/** `GET /agents`. */
export async function listAgents(api: Api): Promise<readonly AgentItem[]> {
  return listOf(await api.read({ method: "GET", path: ["agents"] }), "agents").map((item) => {
    const fields = fieldsOf(item, "agent");
    return { id: textField(fields, "id", "agent"), name: textField(fields, "name", "agent") };
  });
}

/** Names of the active API keys that can grant access: all but auditors'. Admins only. */
export async function listGrantingKeys(api: Api): Promise<readonly { name: string; groups: readonly string[] }[]> {
  const keys = listOf(await api.read({ method: "GET", path: ["api-keys"] }), "api-keys").map((item) => {
    const fields = fieldsOf(item, "api-key");
    return {
      name: textField(fields, "name", "api-key"),
      groups: textsField(fields, "groups", "api-key"),
      status: textField(fields, "status", "api-key"),
    };
  });
  return keys.filter((key) => key.status === "active" && !isAuditor(key.groups));
}

/** The groups of each Connection's access list by its id; undefined while `access_control` is not enabled. */
export async function tryReadAccessLists(api: Api): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const json = await api.tryRead({ method: "GET", path: ["plugins", "access_control"] });
  if (json === undefined) return undefined;
  const rows = listOrNullOf(fieldsOf(json, "plugin")["connections"], "plugin.connections");
  return new Map(
    rows.map((row) => {
      const fields = fieldsOf(row, "plugin.connections[]");
      return [textField(fields, "id", "plugin.connections[]"), textsField(fields, "config", "plugin.connections[]")];
    }),
  );
}

/** Whether groups make somebody an auditor: reads nearly all, grants nothing. */
export function isAuditor(groups: readonly string[]): boolean {
  return groups.includes("auditor") && !groups.includes("admin");
}
