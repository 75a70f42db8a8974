import {
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";

/** Answers one call, `/<service>/<method>`, from the bytes of a message to those of another; undefined: no such method. */
export type Calls = (path: string) => ((request: Uint8Array) => Promise<Uint8Array>) | undefined;

/** What go-plugin asks a server of gRPC to be: TLS with the client's certificate, or nothing. */
export interface GrpcSecurity {
  readonly key: string;
  readonly cert: string;
  readonly clientCert: string;
}

/** Streams that stay open until the end: go-plugin's broker and the copy of our output, for which there is nothing to say. */
const streams = ["/plugin.GRPCBroker/StartStream", "/plugin.GRPCStdio/StreamStdio"];

/** A server of gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md): one message in, one message out. */
export function grpcServer(calls: Calls, security: GrpcSecurity | undefined): Http2Server {
  const server =
    security === undefined
      ? createServer()
      : createSecureServer({
          key: security.key,
          cert: security.cert,
          ca: security.clientCert,
          requestCert: true,
          rejectUnauthorized: true,
        });
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on("error", () => undefined);
    void serve(stream, String(headers[":path"]), calls);
  });
  return server;
}

async function serve(stream: ServerHttp2Stream, path: string, calls: Calls): Promise<void> {
  if (streams.includes(path)) {
    stream.respond({ ":status": 200, "content-type": "application/grpc" });
    return;
  }
  const call = calls(path);
  if (call === undefined) {
    stream.resume();
    end(stream, { code: 12, message: `no method ${path}` });
    return;
  }
  try {
    const answer = await call(await messageOf(stream));
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(answer.length, 1);
    stream.end(Buffer.concat([prefix, answer]));
  } catch (error) {
    end(stream, { code: 13, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** An answer without a message: its status stands in the headers. */
function end(stream: ServerHttp2Stream, status: { readonly code: number; readonly message: string }): void {
  const text = encodeURIComponent(status.message);
  stream.respond(
    { ":status": 200, "content-type": "application/grpc", "grpc-status": String(status.code), "grpc-message": text },
    { endStream: true },
  );
}

async function messageOf(stream: ServerHttp2Stream): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  if (body.length < 5 || body.readUInt8() !== 0 || body.readUInt32BE(1) !== body.length - 5) {
    throw new RangeError("Expected one message of gRPC, not compressed");
  }
  return body.subarray(5);
}
