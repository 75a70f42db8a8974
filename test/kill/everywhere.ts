import type { GatewayKind } from "../doubles/gateway-process";
import { KillHouse } from "./kill";

/** Kills one pass after another, each at the next step, until one comes through whole. */
export async function killEverywhere(kind: GatewayKind): Promise<void> {
  const house = await KillHouse.open(kind);
  const failures: string[] = [];
  let kills = 0;
  try {
    for (let point = 1; ; point += 1) {
      await house.prepare();
      const { killed, printed } = await house.passKilledAt(point);
      if (!killed) {
        expect(JSON.parse(printed)).toMatchObject({ errors: [] });
        break;
      }
      kills += 1;
      const report = await house.reconcile();
      const wrong = [
        ...(await house.disagreements()),
        ...report.errors.map((one) => `${one.code} ${one.detail ?? ""}`),
      ];
      if (wrong.length > 0) failures.push(`point ${point}: ${wrong.join("; ")}`);
      const applied = await house.apply();
      if (applied.errors.length > 0) failures.push(`point ${point}: ${JSON.stringify(applied.errors)}`);
    }
  } finally {
    await house.close();
  }
  expect(failures).toEqual([]);
  expect(kills).toBeGreaterThan(50);
}
