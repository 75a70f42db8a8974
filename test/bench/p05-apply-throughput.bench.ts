import { grantId } from "../../lib/model/grant";
import { correlationText } from "../../lib/model/lease";
import { clientLimit } from "./support/client-limit";
import { bench, inTurn } from "./support/bench";
import { fire, type Shot } from "./support/cannon";
import { installation, requestAt } from "./support/estate";
import { measured } from "./support/result";
import { Scene } from "./support/scene";

/** P5: grants a second that one apply makes, against what the gateway can make at most with the same calls. */
const there = 20_000;
const changes = 2_000;
const connections = 8;

bench(async (directory) => {
  const scene = await Scene.open(directory, { grants: there, twin: true });
  const { twin } = scene;
  if (twin === undefined) throw new Error("no second gateway");
  const { gateway, apply } = await inTurn(5, {
    gateway: (round) =>
      fire(twin, {
        connections,
        count: changes,
        shots: (index) => shotsOf(there + round * changes + index),
        statuses: new Set([200, 202]),
      }),
    apply: (round) => applyOnce(scene, round),
  });
  await scene.close();
  const [ours, most] = [
    measured("an apply", "/s", apply),
    measured("the gateway at most, by autocannon", "/s", gateway),
  ];
  return [
    {
      row: "P5",
      checks: [
        {
          what: "of the gateway's maximum",
          figure: (100 * ours.median) / most.median,
          unit: "%",
          bar: 80,
          is: "at least",
        },
      ],
      measured: [ours, most],
      limit: clientLimit,
      method: `${changes} new grants in one pass, from the first look-up of an id to the last record on disk, against autocannon on a second gateway of the same content: the same three calls for each grant (was this id ever there, provision, read back), the same bodies, ${connections} connections. The gateway runs in another process and syncs its journal before each answer. The pass also writes intent and outcome of each grant to its own disk.`,
    },
  ];
});

async function applyOnce(scene: Scene, round: number): Promise<number> {
  const more = Array.from({ length: changes }, (_, index) => requestAt(there + round * changes + index));
  await scene.merge([...scene.requests, ...more]);
  let began = 0;
  let over = 0;
  await scene.pass({
    onEvent: (event) => {
      if (event.kind === "step" && event.step === "activate") began = performance.now();
      if (event.kind === "step" && event.step === "verify") over = performance.now();
    },
  });
  return changes / ((over - began) / 1000);
}

function shotsOf(index: number): readonly [Shot, ...Shot[]] {
  const request = requestAt(index);
  const [user = ""] = request.for;
  const connection = (request.access[0] ?? "").replace("/", "-");
  const grant = grantId({ installation, request: request.name, person: user, connection: request.access[0] ?? "" });
  const correlation = correlationText({ installation, grant, generation: 0 });
  const query = new URLSearchParams({ connection, user, "review.status": "APPROVED", limit: "100", count: "none" });
  const dates = "start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0";
  return [
    { method: "GET", path: `/api/sessions?correlation_id=${encodeURIComponent(correlation)}&limit=100&count=none` },
    {
      method: "POST",
      path: "/api/sessions/provision",
      body: {
        user_email: user,
        connection,
        access_duration_sec: 86_399,
        correlation_id: correlation,
        metadata: {
          leasehold_grant: grant,
          leasehold_request: request.name,
          leasehold_rule: "usual",
          leasehold_reason: request.reason,
        },
      },
    },
    { method: "GET", path: `/api/sessions?${query.toString()}&${dates}` },
  ];
}
