// The rules that the requests of this example are held against. They are correct; the requests are not.
import { AccessApp, AccessRule, AccessStack, Approval, Duration, Group, Resource, ServiceAccount, User } from "leasehold";

const app = new AccessApp({ policyApproval: Approval.of(1, Group.named("platform")) });

const company = new AccessStack(app, "company");
const dev = new User(company, "dev", { email: "dev@example.com" });
const lead = new User(company, "lead", { email: "lead@example.com" });
const admin = new User(company, "admin", { email: "admin@example.com" });
const chief = new User(company, "chief", { email: "chief@example.com" });
new User(company, "eve", { email: "eve@example.com" });
new ServiceAccount(company, "ci-migrations", { owner: lead });
const backend = new Group(company, "backend", { members: [dev, lead] });
const leads = new Group(company, "orders-leads", { members: [lead] });
new Group(company, "platform", { members: [lead, admin, chief] });
new Group(company, "auditors", { githubTeam: "example/auditors" });

const production = new AccessStack(app, "production");
const orders = new Resource(production, "orders-db", { kind: "postgresql", class: "critical" });
const read = orders.connection("read");
const write = orders.connection("write");
const billing = new Resource(production, "billing-db", { kind: "postgresql", class: "high" }).connection("write");

new AccessRule(production, "orders-readonly", {
  who: [backend],
  may: [read],
  duration: { default: Duration.hours(1), max: Duration.hours(4) },
  approval: Approval.of(1, leads),
});
new AccessRule(production, "orders-migration", {
  who: [backend],
  may: [read, write],
  duration: { default: Duration.hours(1), max: Duration.hours(12) },
  approval: Approval.of(2, leads, Group.named("platform")),
});
new AccessRule(production, "billing", {
  who: [backend],
  may: [billing],
  ticketRequired: true,
  approval: Approval.of(1, leads),
});

export default app;
