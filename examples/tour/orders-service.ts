import { createServer, type AddressInfo, type Socket } from "node:net";

/** A small real service on loopback: it stands for the orders database. */
export interface OrdersService {
  readonly port: number;
  close(): Promise<void>;
}

const orders: Readonly<Record<string, string>> = {
  "4711": "order 4711: 3 parcels, stuck in payment since 02:14",
  "4712": "order 4712: 1 parcel, paid",
};

/** Starts it: a line `ORDER 4711` is answered with a line about that order. */
export async function startOrdersService(): Promise<OrdersService> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.setEncoding("utf8");
    client.on("data", (text: string) => client.write(`${answer(text.trim())}\n`));
    client.on("error", () => client.destroy());
    client.on("close", () => clients.delete(client));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const client of clients) client.destroy();
        server.close(() => resolve());
      }),
  };
}

function answer(line: string): string {
  const [verb = "", id = ""] = line.split(" ");
  return verb === "ORDER" ? (orders[id] ?? `no order ${id}`) : `unknown command ${verb}`;
}
