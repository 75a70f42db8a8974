/** Two sockets joined: bytes both ways with backpressure, half-close passed on, an error on one side ends both. */
import type { Duplex } from "node:stream";
import { connect, type Socket } from "node:net";
import { limits } from "../limits";

/** Where a resource listens. */
export interface ResourceAddress {
  readonly host: string;
  readonly port: number;
}

/** Connects to a resource; rejects with the system's error, or a time-out. */
export function dial(address: ResourceAddress, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, allowHalfOpen: true, noDelay: true, keepAlive: true });
    const give = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const abort = (): void => give(new Error("the client has gone"));
    socket.setTimeout(limits.dialTimeout, () => give(new Error(`no answer within ${limits.dialTimeout / 1000} s`)));
    signal.addEventListener("abort", abort, { once: true });
    socket.once("error", give);
    socket.once("connect", () => {
      socket.setTimeout(0);
      socket.off("error", give);
      signal.removeEventListener("abort", abort);
      resolve(socket);
    });
  });
}

/** How two joined sockets ended: both sides had said all, or one was torn off. */
export type JoinEnd = "closed" | "failed";

/** Joins two sockets; `done` is called once, when both have closed. */
export function join(client: Duplex, resource: Duplex, done: (end: JoinEnd) => void): void {
  let open = 2;
  let end: JoinEnd = "closed";
  const follow = (from: Duplex, to: Duplex): void => {
    from.on("error", () => to.destroy());
    from.once("close", () => {
      // Closed without having ended: reset, cut or killed. Ended sides have been passed on by pipe().
      if (!from.readableEnded || from.errored !== null) {
        end = "failed";
        to.destroy();
      }
      open -= 1;
      if (open === 0) done(end);
    });
    from.pipe(to);
  };
  follow(client, resource);
  follow(resource, client);
}
