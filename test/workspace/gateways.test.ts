import { systemClock } from "../../lib/adapters/clock";
import { failure } from "../../lib/errors";
import type { Provider } from "../../lib/ports";
import { Gateways } from "../../lib/workspace/gateways";
import type { OpenGatewayRequest, WorkspacePorts } from "../../lib/workspace/ports";
import type { Repository } from "../../lib/workspace/repository";
import { memoryProvider } from "../../providers/memory/provider";
import { makeWorld } from "../../providers/memory/world";

const secrets = { resolve: async () => "" };
const end = { kind: "end", person: "ana@example.com", connection: "orders-db-read" } as const;

test("a gateway that cannot be opened keeps no other from its work, and says why at every call", async () => {
  const providers = await gatewaysOf(["broken", "prod"], () =>
    failure("E508", { detail: "no room", fix: "make room" }),
  ).gateways.providers("write");
  expect(await outcomes(providers.get("prod"))).toEqual(["ended"]);
  const broken = providers.get("broken");
  expect(await outcomes(broken)).toEqual(["refused E508 the gateway cannot be started like this: no room"]);
  for (const call of [() => broken?.describe(), () => broken?.observe(), () => broken?.findSpent([])]) {
    await expect(call()).rejects.toThrow("E508");
  }
});

test("a gateway that could not be opened is tried again at the next pass", async () => {
  const { gateways, mend } = gatewaysOf(["broken"], () => failure("E508", { detail: "no room", fix: "make room" }));
  expect(await outcomes((await gateways.providers("write")).get("broken"))).toEqual([expect.stringMatching("refused")]);
  mend();
  expect(await outcomes((await gateways.providers("write")).get("broken"))).toEqual(["ended"]);
});

test("a bug in opening one is a bug, not a gateway that is away", async () => {
  const { gateways } = gatewaysOf(["broken"], () => new TypeError("undefined is not a function"));
  await expect(gateways.providers("write")).rejects.toThrow(TypeError);
});

function gatewaysOf(names: readonly string[], trouble: () => Error) {
  let isMended = false;
  const clock = systemClock();
  const config = {
    installation: "here",
    gateways: Object.fromEntries(names.map((name) => [name, { provider: "memory" }])),
  };
  const openGateway = async ({ name, installation }: OpenGatewayRequest) => {
    if (name === "broken" && !isMended) throw trouble();
    const provider = memoryProvider({ gateway: name, installation, world: makeWorld({ clock }) });
    return { provider, close: () => provider.close() };
  };
  const gateways = new Gateways(
    { openGateway } as unknown as WorkspacePorts,
    { root: "/", config } as unknown as Repository,
  );
  return { gateways, mend: () => (isMended = true) };
}

async function outcomes(provider: Provider | undefined): Promise<readonly string[]> {
  const said: string[] = [];
  for await (const outcome of provider?.apply([end], { secrets }) ?? []) {
    said.push("why" in outcome ? `${outcome.kind} ${outcome.why}` : outcome.kind);
  }
  return said;
}
