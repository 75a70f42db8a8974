import { grantId } from "../../../lib/model/grant";
import { installationA } from "../../contract/fixtures";
import { connectionName, holderOf, startEstate, type Estate } from "./support/estate";

/** More than hoop gives of one query, many of them in the second at which the next begins. */
const size = { connections: 10, grants: 10_800 };

let estate: Estate;

beforeAll(async () => {
  estate = await startEstate(size);
}, 120_000);
afterAll(async () => {
  await estate.close();
});

function idOf(index: number): string {
  const person = holderOf(index + Math.floor(index / size.connections));
  const connection = connectionName(index % size.connections);
  return grantId({ installation: installationA, request: `r${index}`, person, connection });
}

test("one walk finds every grant that was ever activated, beyond what one query lists", async () => {
  const asked = Array.from({ length: size.grants + 100 }, (_, index) => idOf(index));
  const spent = await estate.provider.findSpent(asked);
  expect(asked.filter((id) => !spent.has(id))).toEqual(asked.slice(size.grants));
  const lookUps = estate.calls.filter(({ request }) => request.url.includes("correlation_id"));
  expect(lookUps).toEqual([]);
}, 60_000);
