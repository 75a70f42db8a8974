/** The embedded gateway as a Provider: hoop's client, with this gateway's description and no sweeps. */
import { failure } from "../../lib/errors";
import type { Clock, Files, Http, Provider } from "../../lib/ports";
import { embeddedDialect } from "../hoop/dialect";
import { hoopProvider, type HoopKeys } from "../hoop/provider";

/** What an embedded provider is made of. */
export interface EmbeddedProviderOptions {
  readonly gateway: string;
  readonly installation: string;
  /** Where the gateway is now: see `tryFindEmbeddedUrl`. */
  readonly url: string;
  readonly keys: HoopKeys;
  readonly http: Http;
  readonly clock: Clock;
}

/** Makes a Provider of an embedded gateway that runs. */
export function embeddedProvider(options: EmbeddedProviderOptions): Provider {
  return hoopProvider({ ...options, dialect: embeddedDialect });
}

/** Where the gateway of a directory listens, by its `address.json`; undefined while none runs there. */
export async function tryFindEmbeddedUrl(files: Files, directory: string): Promise<string | undefined> {
  const text = await files.tryReadText(`${directory}/address.json`, 65_536);
  const url = text === undefined ? undefined : tryField(text, "url");
  return url !== undefined && /^https?:\/\/[A-Za-z0-9.[\]:-]{1,255}$/.test(url) ? url : undefined;
}

/**
 * The keys of a gateway of this machine, read from its `keys.json` (mode 0600) when they are needed:
 * `admin` writes, `observer` reads. Throws E501 without that file.
 */
export function embeddedKeys(files: Files, directory: string): HoopKeys {
  const keyOf = async (name: "admin" | "observer"): Promise<string> => {
    const text = await files.tryReadText(`${directory}/keys.json`, 65_536);
    const key = text === undefined ? undefined : tryField(text, name);
    if (key !== undefined) return key;
    throw failure("E501", {
      summary: "the embedded gateway's keys are not there",
      detail: `no key \`${name}\` in ${directory}/keys.json`,
      fix: "start the gateway on this machine (leasehold gateway), or set `keys` in leasehold.yaml",
    });
  };
  return { write: () => keyOf("admin"), observe: () => keyOf("observer") };
}

function tryField(text: string, name: string): string | undefined {
  try {
    const json = JSON.parse(text) as unknown;
    if (typeof json !== "object" || json === null || !Object.hasOwn(json, name)) return undefined;
    const value = (json as Readonly<Record<string, unknown>>)[name];
    return typeof value === "string" && value.length <= 4096 ? value : undefined;
  } catch {
    return undefined;
  }
}
