/**
 * One pass in a process of its own that kills itself with SIGKILL at a chosen step through its ports;
 * it is no part of the build. `node entry.js SETTINGS`, with the settings as JSON.
 */
import { Crash } from "../reconcile/support/crash";
import { killWorld, type KillSettings } from "./world";
import { runPass } from "../../lib/reconcile";

async function main(settings: KillSettings): Promise<void> {
  const crash = new Crash(settings.point, () => process.kill(process.pid, "SIGKILL"));
  const world = killWorld(settings, { wrapHttp: (http) => crash.http(http) });
  const [gateway, provider] = [...world.providers][0]!;
  const report = await runPass({
    ...world,
    store: crash.store(world.store),
    providers: new Map([[gateway, crash.provider(provider)]]),
    mode: "apply",
  });
  process.stdout.write(JSON.stringify({ calls: crash.calls, errors: report.errors }));
}

main(JSON.parse(process.argv[2] ?? "{}") as KillSettings).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(String(error));
    process.exit(1);
  },
);
