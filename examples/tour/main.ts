/**
 * The tour: what `npm start` shows. A real company's rules and requests become a plan, are approved,
 * applied to the embedded gateway over HTTP, carry a real session, are given back, and run out on time.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tell } from "./chapters";
import { copyCompany } from "./copy-company";
import { Leasehold } from "./leasehold";
import { startOrdersService } from "./orders-service";
import { PromiseBroken, stageOn } from "./stage";

const company = join(__dirname, "../../../examples/company");

async function main(): Promise<number> {
  const begun = Date.now();
  const directory = mkdtempSync(join(tmpdir(), "leasehold-tour-"));
  const leasehold = new Leasehold(directory);
  const stage = stageOn((text) => process.stdout.write(text), process.stdout.isTTY === true);
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  const stop = (): void => {
    void leasehold.endAll().then(() => {
      remove();
      process.exit(130);
    });
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, stop);
  const orders = await startOrdersService();
  let isKept = false;
  try {
    copyCompany({ from: company, to: directory, now: new Date(), orders: { host: "127.0.0.1", port: orders.port } });
    await tell({ stage, leasehold, directory });
    stage.say(`All of this took ${Math.round((Date.now() - begun) / 1000)} s.`);
    isKept = true;
    return 0;
  } catch (thrown) {
    const words = thrown instanceof PromiseBroken ? thrown.message : String(thrown);
    process.stderr.write(`\nThe tour stops here. ${words}\n`);
    return 1;
  } finally {
    await leasehold.endAll();
    await orders.close();
    if (!isKept) remove();
  }
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
