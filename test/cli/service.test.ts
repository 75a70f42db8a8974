/** `leasehold reconcile --every` as a service: a real process, told in JSON, stopped by signals. */
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { ana, ben, newRepository, request, type CommandLine } from "./support/leasehold";

interface Line {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly pass?: string;
  readonly grant?: string;
  readonly type?: string;
  readonly sequence?: number;
  readonly [name: string]: unknown;
}

/** A reconciler that keeps going, and the lines that it has told. */
function service(line: CommandLine) {
  const going = line.start(["reconcile", "--every", "1s", "--log", "json", "--verbose"], { GATEWAY_KEY: "x" });
  const told: Line[] = [];
  let rest = "";
  going.child.stderr?.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    told.push(...lines.map((one) => JSON.parse(one) as Line));
  });
  const seen = async (is: (one: Line) => boolean): Promise<Line> => {
    for (;;) {
      const found = told.find((one) => is(one));
      if (found !== undefined) return found;
      await once(going.child.stderr!, "data");
    }
  };
  return { going, told, seen };
}

async function approved(): Promise<CommandLine> {
  const line = await newRepository();
  for (const args of [
    ["policy", "accept"],
    ["approve", request, "--as", ben],
  ]) {
    const ran = await line.run(...args);
    if (ran.exitCode !== 0) throw new Error(ran.stderr);
  }
  return line;
}

test("one grant can be followed through everything by its id, in JSON lines", async () => {
  const line = await approved();
  const applied = await line.run("apply", "--yes", "--log", "json");
  const first = applied.stderr
    .trim()
    .split("\n")
    .map((one) => JSON.parse(one) as Line);
  const intended = first.find(({ type }) => type === "activation.intended");
  expect(intended).toMatchObject({
    event: "recorded",
    request,
    person: ana,
    connection: "orders-db/read",
    gateway: "main",
  });
  const { going, told, seen } = service(line);
  await seen(({ event }) => event === "pass");
  const before = told.at(-1)?.pass;
  expect((await line.run("revoke", request)).exitCode).toBe(0);
  await seen(({ event, step, pass }) => event === "step" && step === "verify" && pass !== before);
  going.child.kill("SIGTERM");
  const stopped = await going.ended;
  expect(stopped.exitCode).toBe(0);

  const about = [...first, ...told].filter(({ grant }) => grant === intended?.grant);
  const types = about.map(({ event, type }) => type ?? event);
  expect(types).toEqual(
    expect.arrayContaining(["decision.made", "activation.intended", "activation.done", "activated"]),
  );
  for (const one of about) {
    expect(one.time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    expect(one.pass).toMatch(/^[0-9a-f]{16}$/);
    if (one.event === "recorded")
      expect(one).toMatchObject({ sequence: expect.any(Number), epoch: expect.any(Number) });
  }
  expect(first.at(-1)).toMatchObject({ event: "pass", exitCode: 0, recorded: expect.any(Number) });
  expect(new Set(told.filter(({ pass }) => pass !== undefined).map(({ pass }) => pass)).size).toBeGreaterThan(1);
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s ends it after the step in hand: exit 0, and the epoch is free",
  async (signal) => {
    const line = await approved();
    const { going, seen } = service(line);
    await seen(({ event }) => event === "pass");
    going.child.kill(signal);
    const stopped = await going.ended;
    expect(stopped.exitCode).toBe(0);
    expect(stopped.stderr).toContain('"event":"stopping"');
    expect(await line.run("apply", "--yes")).toMatchObject({ exitCode: 0 });
    expect(await line.run("log", "verify")).toMatchObject({ exitCode: 0 });
  },
);

test("a second signal ends it at once, also while a gateway keeps it waiting: 130, and the Log is whole", async () => {
  const line = await approved();
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  line.edit(
    "leasehold.yaml",
    "directory: .leasehold/gateway",
    `directory: .leasehold/none, url: "http://127.0.0.1:${port}", keys: { write: "\${env:GATEWAY_KEY}" }`,
  );
  const { going, seen } = service(line);
  await seen(({ event, step }) => event === "step" && step === "observe");
  going.child.kill("SIGTERM");
  await seen(({ event }) => event === "stopping");
  expect(going.child.exitCode).toBeNull();
  going.child.kill("SIGTERM");
  expect((await going.ended).exitCode).toBe(130);
  silent.close();
  expect(await line.run("log", "verify")).toMatchObject({ exitCode: 0 });
  expect((await line.run("policy", "accept")).stderr).not.toContain("E605");
});
