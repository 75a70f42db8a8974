/** One request to a gateway on a connection of its own, which the gateway may turn into a raw stream. */
import { type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as netConnect } from "node:net";
import type { Duplex } from "node:stream";
import { connect as tlsConnect } from "node:tls";
import { failure } from "../../../lib/errors";

/** Whom to call, and as whom. */
export interface GatewayCall {
  /** The gateway's URL without `/api`. */
  readonly gatewayUrl: string;
  /** A person's token. */
  readonly token: string;
  /** Certificate authority (PEM) of a gateway whose certificate the system does not know. */
  readonly ca?: string;
  /** @default 15000 */
  readonly timeoutMs?: number;
  /** Gives up before there is an answer. */
  readonly signal?: AbortSignal;
}

/** What the gateway answered. */
export type GatewayAnswer =
  | { readonly kind: "stream"; readonly stream: Duplex; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

const largestAnswer = 1024 * 1024;

/** Sends a GET. Throws E500 when there is no whole answer, E508 when the URL makes no sense. */
export async function callGateway(
  to: GatewayCall,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<GatewayAnswer> {
  const url = targetOf(to.gatewayUrl, path);
  const sent = send(url, to, { ...headers, authorization: `Bearer ${to.token}` });
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => {
      sent.destroy();
      reject(unreachable(to.gatewayUrl, cause));
    };
    sent.setTimeout(to.timeoutMs ?? 15_000, () => fail(new Error("no answer in time")));
    sent.on("error", fail);
    sent.on("response", (answer: IncomingMessage) => {
      readText(answer).then(
        (body) => resolve({ kind: "answer", status: answer.statusCode ?? 0, headers: plain(answer), body }),
        fail,
      );
    });
    sent.on("upgrade", (answer: IncomingMessage, stream: Duplex, head: Buffer) => {
      sent.setTimeout(0);
      if (head.length > 0) stream.unshift(head);
      resolve({ kind: "stream", stream, headers: plain(answer) });
    });
    sent.end();
  });
}

function targetOf(gatewayUrl: string, path: string): URL {
  try {
    const url = new URL(gatewayUrl);
    if (url.protocol === "http:" || url.protocol === "https:") return new URL(path, url);
  } catch {
    // Told below, like any other text that is no URL of a gateway.
  }
  throw failure("E508", {
    summary: "the gateway's address is not a URL",
    detail: `got \`${gatewayUrl.slice(0, 200)}\``,
    fix: "give it as http://127.0.0.1:PORT or https://HOST:PORT",
  });
}

function send(url: URL, to: GatewayCall, headers: Readonly<Record<string, string>>): ClientRequest {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const ca = to.ca === undefined ? {} : { ca: to.ca };
  const signal = to.signal === undefined ? {} : { signal: to.signal };
  if (url.protocol === "http:") {
    const createConnection = (): Duplex =>
      netConnect({ host, port: Number(url.port || 80), noDelay: true, allowHalfOpen: true });
    return httpRequest(url, { headers, createConnection, ...signal });
  }
  // Over TLS a close cannot be told from half of one, so it counts as a whole one.
  const createConnection = (): Duplex =>
    tlsConnect({ host, ...ca, port: Number(url.port || 443), servername: isAddress(host) ? "" : host });
  return httpsRequest(url, { headers, createConnection, ...ca, ...signal });
}

function isAddress(host: string): boolean {
  return /^[0-9.]+$|:/.test(host);
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestAnswer) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function plain(answer: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
}

function unreachable(gatewayUrl: string, cause: Error): Error {
  return failure("E500", {
    detail: `${gatewayUrl}: ${cause.message}`,
    fix: "check that the gateway runs (`leasehold gateway`) and that its address is right",
    cause,
  });
}
