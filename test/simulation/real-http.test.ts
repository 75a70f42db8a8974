/**
 * A sample of simulated histories, played on over real HTTP: what the gateway of the simulator answered, the hoop double
 * and the embedded gateway answer too when they are asked the same in the same order on the same clock. So the model is
 * no kinder than what is really served.
 */
import { join } from "node:path";
import { nodeHttp } from "../../lib/adapters/http";
import type { HttpRequest, HttpResponse } from "../../lib/ports";
import { startGateway } from "../../providers/embedded";
import { startHoopDouble } from "../doubles/hoop";
import { temporaryFolder } from "../support/folders";
import { scriptOf } from "./play/script";
import { Run } from "./run";
import { Chance } from "./world/chance";
import type { SimulatedGateway } from "./world/gateway";

/** A call that reached the gateway of a simulation, by whose clock when, and what it answered. */
interface Heard {
  readonly at: string;
  readonly request: HttpRequest;
  readonly answer: HttpResponse;
}

const root = temporaryFolder();
const seeds = [21, 22, 23, 24, 25, 26];

test.each(seeds)(
  "the history of seed %d has the same answers over HTTP",
  async (seed) => {
    const { heard, gateway } = await history(seed);
    expect(heard.length).toBeGreaterThan(100);
    const clock = { at: heard[0]?.at ?? "", now: () => clock.at };
    const directory = join(root, String(seed));
    const random = new Chance(seed, "real gateway").port;
    const running =
      gateway.behaviour.server === "hoopgateway/1.148.0"
        ? await startHoopDouble({ directory, clock })
        : await startGateway({ directory, clock, random });
    const http = nodeHttp();
    const names = new Names();
    try {
      const agents = await http.send(callOf(`${running.url}/api/agents`, running.keys.admin));
      const [agent] = JSON.parse(agents.body) as readonly { readonly id: string }[];
      names.learn([...gateway.view.table("agents").all()][0]?.id ?? "", agent?.id ?? "");
      for (const { at, request, answer } of heard) {
        clock.at = at;
        const real = await http.send(translated(request, { gateway, running, names }));
        names.learn(answer.body, real.body);
        expect({
          call: `${request.method} ${request.url}`,
          status: real.status,
          body: names.inTheirs(answer.body),
        }).toEqual({
          call: `${request.method} ${request.url}`,
          status: answer.status,
          body: sorted(real.body),
        });
      }
    } finally {
      await http.close();
      await running.close();
    }
  },
  120_000,
);

/** Plays a seed without the gateway's accidents, and keeps all calls that reached it. */
async function history(
  seed: number,
): Promise<{ readonly heard: readonly Heard[]; readonly gateway: SimulatedGateway }> {
  const script = scriptOf(seed);
  const run = new Run(script);
  const { gateway } = run.world;
  const heard: Heard[] = [];
  const answer = gateway.answer.bind(gateway);
  gateway.answer = async (request) => {
    const at = gateway.wall.now();
    const answered = await answer(request);
    heard.push({ at, request, answer: answered });
    return answered;
  };
  const violation = await run.violationOf(async () => {
    await run.open();
    run.services.start(0);
    for (const event of script.events) {
      const isPlain = [
        "ask",
        "approve",
        "narrow",
        "remove",
        "give back",
        "hand revokes",
        "hand makes",
        "hand grants",
      ].includes(event.kind);
      if (isPlain) run.plan(event.atMs, () => run.stage.play(event, run.world.chance.part("sample")));
    }
    await run.until(() => false, run.world.startMs + script.lengthMs);
  });
  expect(violation).toBeUndefined();
  return { heard, gateway };
}

function callOf(url: string, key: string): HttpRequest {
  return { method: "GET", url, headers: { authorization: `Bearer ${key}` }, timeoutMs: 10_000, maxBytes: 1_000_000 };
}

/** Ids that two gateways made for the same thing, each its own. */
class Names {
  private readonly theirs = new Map<string, string>();

  /** Pairs the ids of two answers in the order in which they stand there. */
  learn(ours: string, real: string): void {
    const [a, b] = [ours.match(uuid) ?? [], real.match(uuid) ?? []];
    if (a.length === b.length) a.forEach((id, index) => this.theirs.set(id, b[index] ?? id));
  }

  /** A text with the real gateway's ids. */
  translate(text: string): string {
    return text.replaceAll(uuid, (id) => this.theirs.get(id) ?? id);
  }

  inTheirs(body: string): unknown {
    return sorted(this.translate(body));
  }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function translated(
  request: HttpRequest,
  of: {
    readonly gateway: SimulatedGateway;
    readonly running: { readonly url: string; readonly keys: { readonly admin: string; readonly observer: string } };
    readonly names: Names;
  },
): HttpRequest {
  const { gateway, running, names } = of;
  const key = (request.headers["authorization"] ?? "").includes(gateway.keys.admin)
    ? running.keys.admin
    : running.keys.observer;
  return {
    ...request,
    url: names.translate(request.url.replace(gateway.url, running.url)),
    headers: { ...request.headers, authorization: `Bearer ${key}` },
    ...(request.body === undefined ? {} : { body: names.translate(request.body) }),
    timeoutMs: 10_000,
  };
}

/** A body as JSON, without what no two gateways have in common: keys' masks and times of use. */
function sorted(body: string): unknown {
  if (body === "" || !/^[[{]/.test(body)) return body;
  return JSON.parse(body, (name, value: unknown) =>
    ["api_url", "grpc_url", "masked_key", "last_used_at"].includes(name) ? undefined : value,
  );
}
