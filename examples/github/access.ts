import {
  AccessApp,
  AccessRule,
  AccessStack,
  Approval,
  Condition,
  Duration,
  Group,
  Resource,
  Secret,
  User,
} from "leasehold";

// Lanternworks sells lamps. Replace its people, places and rules by your own.
// Who may change these rules, the workflows and everything else here but requests.
const app = new AccessApp({ policyApproval: Approval.of(2, Group.named("platform")) });

// People: the e-mail is how the gateway knows them, the login how GitHub does. The numeric id behind a login is pinned
// when this is accepted, so a login that somebody else takes over later counts for nothing.
const people = new AccessStack(app, "people");
const person = (id: string, name: string): User =>
  new User(people, id, { email: `${id}@lanternworks.example`, name, github: `${id}-lanternworks` });
const ana = person("ana", "Ana Duarte");
const ben = person("ben", "Ben Hofer");
const cleo = person("cleo", "Cleo Marsh");
const dev = person("dev", "Dev Anand");
const elin = person("elin", "Elin Sund");
const femi = person("femi", "Femi Bello");

// A group of approvers can also be a team on GitHub: `new Group(people, "security", { githubTeam: "org/slug" })`.
const backend = new Group(people, "backend", { members: [ana, ben] });
const support = new Group(people, "support", { members: [cleo] });
const ordersLeads = new Group(people, "orders-leads", { members: [ben, dev] });
const security = new Group(people, "security", { members: [elin, femi] });
new Group(people, "platform", { members: [dev, elin, femi] });

// What there is to reach. The class says how much harm it can do.
const production = new AccessStack(app, "production");
const orders = new Resource(production, "orders-db", {
  kind: "postgresql",
  class: "critical",
  host: "orders.internal.lanternworks.example",
  port: 5432,
  labels: { env: "production" },
});
const search = new Resource(production, "search", {
  kind: "http",
  class: "low",
  host: "search.internal.lanternworks.example",
  port: 9200,
  labels: { env: "production" },
});
// The workflow leasehold-apply hands the passwords over; they are written to the gateway and stand nowhere else.
const ordersRead = orders.connection("read", {
  credentials: { user: "leasehold_read", password: Secret.fromEnv("ORDERS_DB_READ") },
});
const ordersWrite = orders.connection("write", {
  credentials: { user: "leasehold_write", password: Secret.fromEnv("ORDERS_DB_WRITE") },
});
const searchRead = search.connection("read");

// On which terms. The first rule that fits decides.
const rules = new AccessStack(app, "rules");
new AccessRule(rules, "orders-read", {
  who: [backend],
  may: [ordersRead],
  duration: { default: Duration.hours(1), max: Duration.hours(4) },
  approval: Approval.of(1, ordersLeads),
  mayRevoke: [security],
});
// Writing to production takes two steps: somebody who knows the orders, then security.
new AccessRule(rules, "orders-write", {
  who: [backend],
  may: [ordersWrite],
  duration: { default: Duration.hours(1), max: Duration.hours(2) },
  ticketRequired: true,
  approval: Approval.steps(Approval.of(1, ordersLeads), Approval.of(1, security)),
  mayRevoke: [security],
});
// Small things nobody has to be asked for, a few times a day; the rest needs somebody.
new AccessRule(rules, "search-read", {
  who: [backend, support],
  may: [searchRead],
  duration: { default: Duration.hours(1), max: Duration.hours(8) },
  approval: Approval.automatic({
    when: Condition.not(Condition.longerThan(Duration.hours(2))),
    budget: { grants: 3, per: Duration.days(1) },
    never: ["high", "critical"],
  }).otherwise(Approval.of(1, ordersLeads, security)),
});
