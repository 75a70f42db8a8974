import { failure } from "../../lib/errors";
import type { Http, HttpRequest, HttpResponse } from "../../lib/ports";

/** Every way in which a call can fail, by name. `after`: the gateway has carried the call out. */
export const httpFaults: Readonly<Record<string, (send: () => Promise<HttpResponse>) => Promise<HttpResponse>>> = {
  "a time-out": async () => noAnswer("no whole answer in time"),
  "a reset before the effect": async () => noAnswer("connection reset"),
  "a reset after the effect": async (send) => {
    await send();
    return noAnswer("connection reset");
  },
  "a 500 before the effect": async () => answer(500, '{"message":"database connections exhausted"}'),
  "a 500 after the effect": async (send) => {
    await send();
    return answer(500, '{"message":"failed"}');
  },
  "a 502 of a proxy": async () => answer(502, "<html>Bad Gateway</html>"),
  "a 401": async () => answer(401, '{"message":"access denied"}'),
  "a 403": async () => answer(403, '{"message":"access denied"}'),
  "a 404 without an effect": async () => answer(404, '{"message":"not found"}'),
  "a redirect": async () => answer(301, "", { location: "http://127.0.0.1:1/" }),
  HTML: async () => answer(200, "<!doctype html><title>Sign in</title>"),
  "an empty 200": async () => answer(200, ""),
  "a 200 with an error body, before the effect": async () => answer(200, '{"message":"failed"}'),
  "a 200 with an error body, after the effect": async (send) => {
    await send();
    return answer(200, '{"message":"failed"}');
  },
  "a 200 with null": async () => answer(200, "null"),
  "a cut body, after the effect": async (send) => {
    const whole = await send();
    return { ...whole, body: whole.body.slice(0, Math.floor(whole.body.length / 2)) };
  },
  "an answer twice as deep as wanted": async (send) => {
    const whole = await send();
    return { ...whole, body: `{"data":${whole.body === "" ? "{}" : whole.body}}` };
  },
};

/** The faults after which the effect may be there, or that end a call in another way than others do. */
export const writeFaults: readonly string[] = [
  "a time-out",
  "a reset after the effect",
  "a 500 before the effect",
  "a 500 after the effect",
  "a 401",
  "a 404 without an effect",
  "HTML",
  "a 200 with an error body, before the effect",
  "a 200 with an error body, after the effect",
  "a cut body, after the effect",
];

/** Tampers with calls: the ones from `from` to `to`, counted from 0. Also counts and keeps all requests. */
export class TamperedHttp implements Http {
  readonly requests: HttpRequest[] = [];
  fault: keyof typeof httpFaults | undefined;
  from = 0;
  to = 0;

  constructor(private readonly inner: Http) {}

  async send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> {
    const index = this.requests.length;
    this.requests.push(request);
    const send = () => this.inner.send(request, signal);
    const fault = this.fault === undefined ? undefined : httpFaults[this.fault];
    return fault === undefined || index < this.from || index > this.to ? await send() : await fault(send);
  }

  /** Starts a new count, with a fault or none. */
  arm(fault?: { readonly name: string; readonly from: number; readonly to: number }): void {
    this.requests.length = 0;
    this.fault = fault?.name;
    this.from = fault?.from ?? 0;
    this.to = fault?.to ?? 0;
  }

  async close(): Promise<void> {
    await this.inner.close();
  }
}

function noAnswer(why: string): never {
  throw failure("E500", { detail: why, fix: "run it again" });
}

function answer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers, body };
}
