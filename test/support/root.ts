import { dirname } from "node:path";

/** The root of this checkout. */
export const projectRoot = dirname(dirname(__dirname));
