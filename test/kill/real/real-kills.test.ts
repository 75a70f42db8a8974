/** Show 2 at a small size; `npm run test:kill` kills 1,000. */
import { randomInt } from "node:crypto";
import { describeWith } from "../../support/needs";
import { postgres } from "../../support/postgres";
import { killCampaign } from "./campaign";

const gateways = ["embedded", "hoop"] as const;
const seed = randomInt(1, 1_000_000);
const size = {
  seed,
  killsEach: 10,
  checkEvery: 10,
  gateways,
  say: (line: string) => process.stderr.write(`${line}\n`),
};

test("reconcilers on a file Log that are killed at random moments lose, leak and hide nothing", async () => {
  expect(await killCampaign({ ...size, stores: ["file"] })).toEqual([]);
}, 600_000);

describeWith(postgres, "a Log in PostgreSQL", () => {
  test("reconcilers that are killed at random moments lose, leak and hide nothing", async () => {
    expect(await killCampaign({ ...size, stores: ["postgres"] })).toEqual([]);
  }, 600_000);
});
