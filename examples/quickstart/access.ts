import { AccessApp, AccessRule, AccessStack, Approval, Duration, Group, Resource, Secret, User } from "leasehold";

// Who may change these rules.
const app = new AccessApp({ policyApproval: Approval.of(1, Group.named("platform")) });

// People.
const company = new AccessStack(app, "company");
const ana = new User(company, "ana", { email: "ana@example.com", name: "Ana Example" });
const ben = new User(company, "ben", { email: "ben@example.com", name: "Ben Example" });
const cleo = new User(company, "cleo", { email: "cleo@example.com", name: "Cleo Example" });
const engineers = new Group(company, "engineers", { members: [ana, ben] });
new Group(company, "platform", { members: [ben, cleo] });
const ordersLeads = new Group(company, "orders-leads", { members: [ben, cleo] });

// What they may ask for.
const production = new AccessStack(app, "production");
const orders = new Resource(production, "orders-db", {
  kind: "postgresql",
  class: "high",
  host: "127.0.0.1",
  port: 5432,
});
const read = orders.connection("read", {
  credentials: { user: "leasehold_ro", password: Secret.fromEnv("ORDERS_RO") },
});

// On which terms: an hour unless they say otherwise, four at most, once a lead of orders has agreed.
new AccessRule(production, "orders-read", {
  who: [engineers],
  may: [read],
  duration: { default: Duration.hours(1), max: Duration.hours(4) },
  approval: Approval.of(1, ordersLeads),
});
