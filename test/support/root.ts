import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The root of this checkout: the nearest folder above with a package.json, also for what was bundled into node_modules/.cache. */
export const projectRoot = rootAbove(__dirname);

function rootAbove(directory: string): string {
  const above = dirname(directory);
  return existsSync(join(above, "package.json")) || above === directory ? above : rootAbove(above);
}
