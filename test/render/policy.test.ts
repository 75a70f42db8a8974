import { renderPolicy } from "../../lib/render/policy";
import { connection, hours, manifest } from "../support/core";

test("the policy in force says its rules and what its levels carry, hostile names escaped", () => {
  const privileges = {
    role: "orders-read",
    database: "orders",
    privileges: [{ on: "schema", schema: "x\u202ey", privileges: ["USAGE"] }],
    defaults: [],
    memberOf: [],
  } as const;
  const connections = [{ ...connection("orders-db", "read"), privileges }, connection("orders-db", "write")];
  const view = { manifest: manifest({ connections }), digest: "d".repeat(64), at: hours(0), by: "ana@example.com" };
  const text = renderPolicy(view, { format: "text", now: hours(1) });
  expect(text).toContain("  orders-read: 1 connection, up to 4 h");
  expect(text).toContain(
    '\n  orders-db/read may use schema "x\\u{202e}y" and is the role orders-read in database orders.\n',
  );
  expect(text).not.toContain("orders-db/write may");
});
