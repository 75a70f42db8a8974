import type { Http, HttpRequest, HttpResponse } from "../../lib/ports";

/** What a canned answer is given as: the whole of it, or its JSON with status 200. */
export type Canned = Partial<HttpResponse> & { readonly json?: unknown };

/** An Http that answers out of a function; keeps what it was asked. */
export class CannedHttp implements Http {
  readonly requests: HttpRequest[] = [];

  constructor(private readonly answer: (request: HttpRequest, path: string, query: URLSearchParams) => Canned) {}

  async send(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    const { pathname, searchParams } = new URL(request.url);
    const { json, status = 200, headers = {}, body } = this.answer(request, pathname, searchParams);
    return { status, headers, body: body ?? (json === undefined ? "" : JSON.stringify(json)) };
  }

  async close(): Promise<void> {}
}
