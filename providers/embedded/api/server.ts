/** Health, who the server is and who the caller is. */
import type { Gateway } from "../gateway";
import { ok, type Reply } from "./reply";
import type { Call, Route } from "./route";

/** The routes about the server and the caller. */
export const serverRoutes: readonly Route[] = [
  { method: "GET", path: "/healthz", who: "anyone", run: () => ok({ liveness: "OK" }) },
  {
    method: "GET",
    path: "/publicserverinfo",
    who: "anyone",
    run: () => ok({ auth_method: "local", setup_required: false }),
  },
  { method: "GET", path: "/serverinfo", who: "caller", run: serverInfo },
  { method: "GET", path: "/userinfo", who: "caller", run: userInfo },
];

function serverInfo({ gateway }: Call): Reply {
  const { behaviour } = gateway;
  const isHoop = behaviour.answersForWhatIsLacking;
  return ok({
    version: behaviour.version,
    commit_sha: "",
    log_level: "INFO",
    go_debug: "",
    auth_method: "local",
    redact_provider: isHoop ? "alcatraz" : "",
    has_redact_credentials: isHoop,
    has_webhook_app_key: false,
    has_idp_audience: false,
    has_idp_custom_scopes: false,
    has_ask_ai_credentials: false,
    has_ssh_client_host_key: false,
    postgres_proxy_enabled: false,
    api_url: gateway.url(),
    grpc_url: isHoop ? `grpc://${new URL(gateway.url()).host}` : "",
    tenancy_type: "selfhosted",
    license_info: licenceInfo(gateway),
    idp_provider_name: "unknown",
    disable_sessions_download: false,
    disable_clipboard_copy_cut: false,
    analytics_tracking: "disabled",
    analytics_mode: "disabled",
    feature_flags: isHoop ? hoopFlags : embeddedFlags,
  });
}

const hoopFlags = { "beta.oracle_native": true, "experimental.rulepacks": true, "experimental.mcp_gateway": false };

/** What a plan can read about the embedded gateway: no guardrail and no masking rule is enforced, sessions end by themselves. */
const embeddedFlags = {
  "leasehold.embedded": true,
  "leasehold.ends_sessions": true,
  "leasehold.guardrails_enforced": false,
  "leasehold.masking_enforced": false,
  "leasehold.stores_secrets": false,
};

/** `oss` has limits; the embedded gateway has none, which is what `enterprise` says in hoop's words. */
function licenceInfo(gateway: Gateway): Record<string, unknown> {
  return {
    key_id: "",
    allowed_hosts: ["*"],
    type: gateway.behaviour.licence === undefined ? "enterprise" : "oss",
    issued_at: 1795320722,
    expire_at: 2110939922,
    is_valid: true,
    status: "valid",
    verify_error: "",
    verified_host: "127.0.0.1",
    features: [],
  };
}

function userInfo({ gateway, caller }: Call): Reply {
  const isAdmin = caller.role === "admin";
  return ok({
    id: caller.id,
    name: caller.name,
    email: caller.email,
    status: "active",
    verified: true,
    role: caller.role,
    slack_id: "",
    picture: "",
    groups: caller.groups,
    is_admin: isAdmin,
    is_multitenant: false,
    tenancy_type: "selfhosted",
    org_id: gateway.organisation,
    org_name: "default",
    org_license: "",
    feature_ask_ai: "unavailable",
    webapp_users_management: "on",
    intercom_hmac_digest: "",
    default_protection_profile: null,
    show_origin_survey: caller.kind === "person",
    show_setup_checklist: isAdmin,
  });
}
