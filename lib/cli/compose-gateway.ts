/** Keeps an embedded gateway running: its process is nothing but this. */
import { startGateway } from "../../providers/embedded";
import { failure } from "../errors";
import { limits } from "../model/limits";
import type { Clock, Files, Random } from "../ports";
import type { RunGatewayOptions } from "./shell";

/** Starts the gateway of a directory and runs it until the signal; then lets what is in flight finish. */
export async function runGateway(
  options: RunGatewayOptions,
  ports: { readonly clock: Clock; readonly random: Random; readonly files: Files },
): Promise<void> {
  const { directory, host, port, tls, signal } = options;
  const gateway = await startGateway({
    directory,
    host,
    port,
    clock: ports.clock,
    random: ports.random,
    note: options.onNote,
    ...(tls === undefined
      ? {}
      : { tls: { key: await readPem(ports.files, tls.key), cert: await readPem(ports.files, tls.cert) } }),
  });
  options.onListening(gateway.url);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await gateway.close();
}

async function readPem(files: Files, path: string): Promise<string> {
  const text = await files.tryReadText(path, limits.configBytes);
  if (text !== undefined) return text;
  throw failure("E508", { detail: `there is no file ${path}`, fix: "give the paths of a TLS key and its certificate" });
}
