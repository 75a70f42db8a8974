import * as fc from "fast-check";
import { parseRequest, writeRequest } from "../../lib/request";
import { accessRequest } from "../support/arbitraries";

test("what is written is read back as the same request", () => {
  fc.assert(
    fc.property(accessRequest, (request) => {
      expect(parseRequest({ file: "a.yaml", text: writeRequest(request) })).toEqual({ kind: "request", request });
    }),
    { numRuns: 500 },
  );
});

test("the layout is the one of the documentation", () => {
  const text = writeRequest({
    name: "orders-inc-4711",
    for: ["dev@example.com"],
    access: ["orders-db/read"],
    durationSeconds: 7_200,
    startBefore: "2026-11-25T18:00:00.000Z",
    startAfter: "2026-11-25T16:00:00.500Z",
    reason: 'INC-4711: find the "stuck" orders',
    ticket: "INC-4711",
    rule: "orders-read",
    extends: "orders-inc-4710",
  });
  expect(text).toBe(`# yaml-language-server: $schema=../schemas/request.v1.json
apiVersion: leasehold/v1
kind: AccessRequest
metadata:
  name: orders-inc-4711
spec:
  for: dev@example.com
  access: [orders-db/read]
  duration: 2h
  startBefore: 2026-11-25T18:00:00Z
  startAfter: 2026-11-25T16:00:00.500Z
  reason: "INC-4711: find the \\"stuck\\" orders"
  ticket: INC-4711
  rule: orders-read
  extends: orders-inc-4710
`);
});

test("names that YAML would read as something else are quoted", () => {
  const request = {
    name: "true",
    for: ["group:null", "service:1e3"],
    access: ["1/2"],
    startBefore: "2026-11-25T18:00:00.000Z",
    reason: "x",
    ticket: "#1",
    rule: "0x1f",
  };
  const text = writeRequest(request);
  expect(text).toContain('name: "true"');
  expect(text).toContain('ticket: "#1"');
  expect(parseRequest({ file: "a.yaml", text })).toEqual({ kind: "request", request });
});

test("a long list goes over several lines", () => {
  const access = Array.from({ length: 20 }, (_, at) => `orders-db-${String(at).padStart(2, "0")}/read`);
  const text = writeRequest({
    name: "many",
    for: ["dev@example.com"],
    access,
    startBefore: "2026-11-25T18:00:00.000Z",
    reason: "x",
  });
  expect(text).toContain("  access:\n    - orders-db-00/read\n    - orders-db-01/read\n");
});
