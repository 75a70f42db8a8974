import { AccessApp, AccessStack, Approval, Group, Guardrail, Resource, Secret } from "../../lib/index";

const stack = () => new AccessStack(new AccessApp({ policyApproval: Approval.of(1, Group.named("team")) }), "prod");

describe("a connection", () => {
  test("is called at the gateway like its resource and its level, if nothing else is said", () => {
    const db = new Resource(stack(), "orders-db", { kind: "postgresql", class: "high" });
    expect(db.connection("read").gatewayName).toBe("orders-db-read");
    expect(db.connection("write", { gatewayName: "Orders.RW" }).gatewayName).toBe("Orders.RW");
  });

  test("keeps secrets as references, apart from what is plain", () => {
    const db = new Resource(stack(), "orders-db", { kind: "postgresql", class: "high" });
    const read = db.connection("read", {
      settings: { database: "orders" },
      credentials: { user: "leasehold_ro", password: Secret.fromEnv("ORDERS_RO"), ca: Secret.fromFile("keys/ca.pem") },
    });
    expect(read.settings).toEqual({ database: "orders", user: "leasehold_ro" });
    expect(read.secrets).toEqual({ password: "${env:ORDERS_RO}", ca: "${file:keys/ca.pem}" });
  });

  test("takes the name of its resource, not its id, for its own id", () => {
    const db = new Resource(stack(), "Database", { resourceName: "orders-db", kind: "postgresql", class: "high" });
    expect(db.connection("read").connectionId).toBe("orders-db/read");
    expect(db.findConnection("read").node.path).toBe("prod/Database/read");
  });

  test("takes setting names that are also names of every object", () => {
    const db = new Resource(stack(), "db", { kind: "tcp", class: "low" });
    expect(Object.keys(db.connection("read", { settings: { constructor: "x" } }).settings)).toEqual(["constructor"]);
  });
});

test.each(["(?i)drop\\s+table", "\\\\1", "a(?:b)c", "(?P<name>x)"])(
  "a guardrail takes %p, which RE2 runs",
  (pattern) => {
    expect(Guardrail.pattern(pattern)).toEqual({ type: "pattern", pattern });
  },
);

test.each(["(?=x)", "(?<=x)y", "(a)\\1", "\\\\(?!x)"])("a guardrail refuses %p, which RE2 does not know", (pattern) => {
  expect(() => Guardrail.pattern(pattern)).toThrow("without look-around and back references");
});
