/**
 * `npm run demo:github`: a request's whole life as a pull request, on the test GitHub and the embedded gateway as
 * processes of their own, with the Log in Git. Prints the comment at each stage; exits 1 where a promise is not kept.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOrdersService } from "../../../examples/tour/orders-service";
import { PromiseBroken, stageOn } from "../../../examples/tour/stage";
import { spawnGitHub } from "../../doubles/github/process";
import { CommandLine } from "../../support/command-line";
import { Lanternworks, type HouseGateway } from "../../support/lanternworks";
import { tell } from "./chapters";

async function main(): Promise<number> {
  const begun = Date.now();
  const stage = stageOn((text) => process.stdout.write(text), process.stdout.isTTY === true);
  const directory = mkdtempSync(join(tmpdir(), "leasehold-demo-"));
  const orders = await startOrdersService();
  const gateway = await gatewayProcess(directory);
  let house: Lanternworks | undefined;
  try {
    stage.say("A GitHub to test against, the embedded gateway and an orders database are processes on this machine.");
    const github = await spawnGitHub();
    house = await Lanternworks.open({
      places: { github, gateway },
      orders: { host: "127.0.0.1", port: orders.port },
      isOverHttp: true,
    });
    await tell({ stage, house });
    stage.say(`All of this took ${Math.round((Date.now() - begun) / 1000)} s.`);
    return 0;
  } catch (thrown) {
    const words = thrown instanceof PromiseBroken ? thrown.message : String(thrown);
    process.stderr.write(`\nThe demo stops here. ${words}\n`);
    return 1;
  } finally {
    await (house === undefined ? gateway.close() : house.close());
    await orders.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** `leasehold gateway` in a directory of its own. */
async function gatewayProcess(directory: string): Promise<HouseGateway> {
  const line = new CommandLine(directory);
  const made = await line.run("init", "gate");
  if (made.exitCode !== 0) throw new Error(made.stderr);
  const gate = new CommandLine(join(directory, "gate"));
  const going = gate.start(["gateway"]);
  const [, url = ""] = await going.line(/Gateway at (\S+);/);
  return { url, directory: gate.path(".leasehold/gateway"), close: () => gate.endAll() };
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
