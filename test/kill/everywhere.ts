import type { GatewayKind } from "../doubles/gateway-process";
import { KillHouse } from "./kill";

/** Kills one pass after another, each at the next step, until one comes through whole; says what was wrong afterwards. */
export async function killEverywhere(
  kind: GatewayKind,
): Promise<{ readonly kills: number; readonly failures: readonly string[] }> {
  const house = await KillHouse.open(kind);
  const failures: string[] = [];
  try {
    for (let point = 1; ; point += 1) {
      await house.prepare();
      const { killed, printed } = await house.passKilledAt(point);
      if (!killed) {
        const { errors } = JSON.parse(printed) as { readonly errors: readonly unknown[] };
        if (errors.length > 0) failures.push(`a whole pass: ${printed}`);
        failures.push(...(await house.disagreements()), ...(await house.unverified()));
        process.stderr.write(`${kind}: ${point - 1} kills, ${failures.length} failures\n`);
        return { kills: point - 1, failures };
      }
      const report = await house.reconcile();
      const wrong = [
        ...(await house.disagreements()),
        ...report.errors.map((one) => `${one.code} ${one.detail ?? ""}`),
      ];
      if (wrong.length > 0) failures.push(`point ${point}: ${wrong.join("; ")}`);
    }
  } finally {
    await house.close();
  }
}
