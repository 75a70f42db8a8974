/** Reading Connections of ours whole, in the fewest calls that are safe; what may be remembered says whole-connections.ts. */
import { failure } from "../../lib/errors";
import { tryFindConnection, type ConnectionItem } from "./client/connections";
import { mapWithWidth } from "../concurrent";
import type { HoopContext } from "./context";
import { installationTag } from "./objects/mark";

/** The Connections of a list, ours whole. Throws E502 when one has gone since it was listed. */
export async function readOursWhole(
  context: HoopContext,
  listed: readonly ConnectionItem[],
): Promise<readonly ConnectionItem[]> {
  const { dialect, installation, observer, wholes } = context;
  if (!dialect.listsHideFields) return listed;
  const look = wholes.look();
  const connections = await mapWithWidth(listed, dialect.widths.read, async (item) => {
    if (item.tags[installationTag] !== installation) return item;
    const known = look.tryKnown(item);
    if (known !== undefined) return known;
    const whole = await tryFindConnection(observer, item.name);
    if (whole === undefined) throw gone(context);
    return look.remember(item, whole);
  });
  look.finish(listed);
  return connections;
}

/**
 * Whether what lists hide of a Connection is no longer as it was when the newest observation took it from an earlier one. Asked
 * before a lease is given on it; it is then forgotten, and read whole by the next observation.
 */
export async function isChangedInHiding(context: HoopContext, name: string): Promise<boolean> {
  const { observer, wholes } = context;
  if (!wholes.isFromBefore(name)) return false;
  const whole = await tryFindConnection(observer, name);
  return !wholes.confirm(name, whole);
}

function gone(context: HoopContext): Error {
  return failure("E502", {
    detail: `gateway ${context.gateway}: a connection that it lists is not there`,
    fix: "somebody is changing the gateway: run it again",
  });
}
