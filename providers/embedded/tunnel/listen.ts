/** A local port that leads through a gateway: what `leasehold connect` opens. */
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { failure, isFailure, type LeaseholdError } from "../../../lib/errors";
import type { Instant } from "../../../lib/model/instant";
import { join } from "../proxy/stream";
import { checkTunnel, openTunnel, type TunnelEnd, type TunnelOptions, whyEnded } from "./open";

/** What happens on a local port. */
export type TunnelEvent =
  | { readonly kind: "opened"; readonly session: string; readonly until: Instant | undefined }
  | { readonly kind: "ended"; readonly session: string; readonly reason: TunnelEnd }
  | { readonly kind: "refused"; readonly error: LeaseholdError };

/** A local port to open. */
export interface ListenOptions extends TunnelOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly onEvent?: (event: TunnelEvent) => void;
}

/** A local port that is open. */
export interface TunnelListener {
  readonly port: number;
  /** When the lease ends, as known when the port was opened. */
  readonly until: Instant | undefined;
  close(): Promise<void>;
}

/** Most clients at once on one local port. */
const maxClients = 256;

/**
 * Listens on 127.0.0.1 and forwards each TCP connection through the gateway in a session of its own.
 * Asks first whether there is a lease and throws as `openTunnel` does, so that nobody listens for nothing.
 */
export async function listenTunnel(options: ListenOptions): Promise<TunnelListener> {
  const { until } = await checkTunnel(options);
  const clients = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) => {
    clients.add(client);
    client.once("close", () => clients.delete(client));
    void forward(options, client);
  });
  server.maxConnections = maxClients;
  const port = await listen(server, options.port);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const client of clients) client.destroy();
    });
  return { port, until, close };
}

async function forward(options: ListenOptions, client: Socket): Promise<void> {
  const tell = options.onEvent ?? (() => undefined);
  client.on("error", () => client.destroy());
  try {
    const { stream, session, until } = await openTunnel(options);
    tell({ kind: "opened", session, until });
    if (client.destroyed) stream.destroy();
    join(stream, client, () => {
      void whyEnded(options, session).then((reason) => tell({ kind: "ended", session, reason }));
    });
    client.resume();
  } catch (error) {
    client.destroy();
    tell({
      kind: "refused",
      error: isFailure(error) ? error : failure("E900", { fix: "please report this", cause: error }),
    });
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const detail = cause.message;
      reject(
        failure("E508", {
          summary: "the local port cannot be opened",
          detail,
          fix: "choose another port: `-p PORT`",
          cause,
        }),
      );
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
