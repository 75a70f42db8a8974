/** Who sees a connection: the access_control plugin, section 4 of gateway/hoop-api.md. Pure. */
import type { StoreView } from "../store/tables";

/** The name of the plugin that hides connections. */
export const accessControl = "access_control";

/** Whether somebody with these groups sees a connection. Admins see all; without the plugin everybody does. */
export function isVisible(
  view: StoreView,
  connectionId: string,
  caller: { readonly groups: readonly string[]; readonly seesAll: boolean },
): boolean {
  if (caller.seesAll || view.table("plugins").get(accessControl) === undefined) return true;
  const list = view.table("accessLists").get(connectionId)?.groups ?? [];
  return list.some((group) => caller.groups.includes(group));
}
