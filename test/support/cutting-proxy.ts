import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** What becomes of the next request that holds the marked text. */
export type Cut =
  /** It arrives and is carried out; its answer never comes back. */
  | "lose the answer"
  /** It never arrives. */
  | "lose the request"
  /** The caller is cut off; it arrives when `deliver` is called. */
  | "delay the request";

/** A proxy on loopback that cuts connections at a chosen request. */
export class CuttingProxy {
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #target: number;
  readonly #marked: string;
  #next: Cut | undefined;
  #late: { readonly socket: Socket; readonly bytes: Buffer } | undefined;
  /** Whether new connections are let in. */
  isUp = true;
  /** How many requests were cut. */
  cuts = 0;
  /** How many of them arrived late. */
  delivered = 0;

  /** `marked` is a text of the requests to cut at. */
  constructor(target: number, marked: string) {
    this.#target = target;
    this.#marked = marked;
  }

  /** Listens, and gives the port. */
  listen(): Promise<number> {
    const server = createServer((socket) => this.#accept(socket));
    this.#server = server;
    return new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    });
  }

  /** Cuts once. */
  cutNext(how: Cut): void {
    this.#next = how;
  }

  /** Lets a delayed request arrive, and waits until the server has answered it. */
  async deliver(): Promise<void> {
    const late = this.#late;
    if (late === undefined) throw new Error("no request is delayed");
    this.#late = undefined;
    await new Promise((resolve) => {
      late.socket.once("data", resolve);
      late.socket.write(late.bytes);
    });
    late.socket.destroy();
    this.delivered += 1;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  #accept(client: Socket): void {
    this.#follow(client);
    if (!this.isUp) {
      client.destroy();
      return;
    }
    const server = connect(this.#target, "127.0.0.1");
    this.#follow(server);
    let isCut = false;
    client.on("data", (bytes) => {
      if (isCut) return;
      const how = bytes.includes(this.#marked) ? this.#next : undefined;
      if (how === undefined) {
        server.write(bytes);
        return;
      }
      this.#next = undefined;
      this.cuts += 1;
      isCut = true;
      this.#cut(how, bytes, client, server);
    });
    server.on("data", (bytes) => {
      if (!isCut) client.write(bytes);
    });
    client.on("close", () => {
      if (this.#late?.socket !== server) server.destroy();
    });
    server.on("close", () => client.destroy());
  }

  #cut(how: Cut, bytes: Buffer, client: Socket, server: Socket): void {
    switch (how) {
      case "lose the answer":
        server.once("data", () => client.destroy());
        server.write(bytes);
        return;
      case "lose the request":
        client.destroy();
        return;
      case "delay the request":
        this.#late = { socket: server, bytes };
        client.destroy();
        return;
    }
  }

  #follow(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
  }
}
