import { randomBytes } from "node:crypto";
import { systemFiles } from "../../lib/adapters/files";
import { nodeHttp } from "../../lib/adapters/http";
import { fileStore } from "../../lib/log";
import type { Http } from "../../lib/ports";
import { embeddedDialect, hoopDialect } from "../../providers/hoop/dialect";
import { hoopProvider } from "../../providers/hoop/provider";
import { QuickClock } from "../doubles/quick-clock";
import { gateway } from "../reconcile/support/rules";

/** Where a pass runs, and at which step its process dies. */
export interface KillSettings {
  readonly kind: "embedded" | "hoop";
  readonly url: string;
  readonly key: string;
  readonly logDirectory: string;
  readonly point: number;
}

export const installation = "installation-of-kills";

/** The real parts of a pass: a file store, HTTP, a gateway in another process. Only waits are not waited out. */
export function killWorld(
  settings: Omit<KillSettings, "point">,
  options: { readonly wrapHttp?: (http: Http) => Http } = {},
) {
  const clock = new QuickClock();
  const random = { bytes: (count: number) => randomBytes(count) };
  const real = nodeHttp();
  const http = options.wrapHttp?.(real) ?? real;
  const key = () => Promise.resolve(settings.key);
  const provider = hoopProvider({
    gateway,
    installation,
    url: settings.url,
    keys: { write: key, observe: key },
    http,
    clock,
    dialect: settings.kind === "hoop" ? hoopDialect : embeddedDialect,
  });
  return {
    store: fileStore({ directory: settings.logDirectory, files: systemFiles(), clock, random }),
    providers: new Map([[gateway, provider]]),
    clock,
    random,
    secrets: { resolve: () => Promise.resolve("unused") },
    installation,
    lockWaitMs: 5_000,
    close: () => real.close(),
  };
}
