/** Writes docs/performance.md out of the stored results. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./bench";
import { performancePage } from "./render";
import { storedResults } from "./stored";

writeFileSync(join(root, "docs", "performance.md"), performancePage(storedResults(root)));
process.stdout.write("docs/performance.md is written.\n");
