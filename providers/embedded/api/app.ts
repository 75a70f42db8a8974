/**
 * The API as a fetch function: bounds every call, has its route answer it, and says what is not routed as hoop
 * does. The only file here that knows the HTTP library.
 */
import { type Context, Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import type { Gateway } from "../gateway";
import { limits } from "../limits";
import { ApiRefusal, type Reply } from "./reply";
import type { Route } from "./route";
import { allRoutes } from "./routes";
import { bodyOf, headersOf, replyTo, serve } from "./serve";

/** The Node request and response behind a call. */
export interface AppEnv {
  readonly Bindings: HttpBindings;
}

type Ctx = Context<AppEnv>;

/** Builds the API of a gateway. */
export function buildApp(gateway: Gateway): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    if (c.req.url.length > limits.urlLength)
      return respond(gateway, { status: 414, json: { message: "URI too long" } });
    await next();
    return undefined;
  });
  for (const route of allRoutes) app.on(route.method, `/api${route.path}`, (c) => answer(gateway, route, c));
  app.notFound((c) => respond(gateway, notFound(app, c)));
  app.onError((error) => respond(gateway, replyTo(gateway, error)));
  return app;
}

async function answer(gateway: Gateway, route: Route, c: Ctx): Promise<Response> {
  const reply = await serve(gateway, route, {
    path: c.req.path,
    authorization: c.req.header("authorization"),
    clientIp: c.env.incoming.socket.remoteAddress ?? "",
    param: (name) => c.req.param(name) ?? "",
    query: (name) => c.req.query(name),
    readBody: () => readBody(gateway, c),
  });
  return respond(gateway, reply);
}

async function readBody(gateway: Gateway, c: Ctx): Promise<string> {
  const largest = gateway.behaviour.largestBody;
  if (Number(c.req.header("content-length") ?? "0") > largest) throw tooLarge(largest);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of c.env.incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest) throw tooLarge(largest);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(largest: number): ApiRefusal {
  return new ApiRefusal(413, `the body is larger than ${largest} bytes`);
}

/** What is not routed: 301 for one slash too many, else Go's plain text. */
function notFound(app: Hono<AppEnv>, c: Ctx): Reply {
  const { path } = c.req;
  const shorter = path.replace(/\/$/, "");
  const isRouted = shorter !== path && app.router.match(c.req.method, shorter)[0].length > 1;
  if (!isRouted) return { status: 404, text: "404 page not found", contentType: "text/plain" };
  const text = `<a href="${shorter}">Moved Permanently</a>.\n\n`;
  return { status: 301, text, contentType: "text/html; charset=utf-8", headers: { location: shorter } };
}

function respond(gateway: Gateway, reply: Reply): Response {
  return new Response(bodyOf(reply) ?? null, { status: reply.status, headers: headersOf(gateway, reply) });
}
