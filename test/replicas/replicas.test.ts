/** Show 3 at a small size; `npm run test:replicas` ends 10,000 grants. */
import { describeWith } from "../support/needs";
import { postgres } from "../support/postgres";
import { showReplicas } from "./show";

describeWith(postgres, "three replicas on one PostgreSQL", () => {
  test("end every grant while one is killed and one is stopped for longer than its lock", async () => {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const shown = await showReplicas({ people: 30, connections: 10, spreadSeconds: 10, say });
    expect(shown).toEqual({ ended: 300, notEnded: 0, underOldEpoch: 0, wrong: [] });
  }, 600_000);
});
