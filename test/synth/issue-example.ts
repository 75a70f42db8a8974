import {
  AccessApp,
  AccessRule,
  AccessStack,
  Approval,
  Approvers,
  Condition,
  Duration,
  everyone,
  Group,
  Resource,
  Secret,
  User,
  Window,
} from "../../lib/index";

/** The example of the issue as it stands there; around it only the people that it takes for granted. */
export function issueExample(): AccessApp {
  const platform = Group.named("platform");
  const backend = Group.named("backend");
  const sre = Group.named("sre");
  const ordersLeads = Group.named("orders-leads");
  const security = Group.named("security");

  const app = new AccessApp({ policyApproval: Approval.of(2, platform) });
  const prod = new AccessStack(app, "production");
  const orders = new Resource(prod, "orders-db", {
    kind: "postgresql",
    class: "critical",
    host: "orders.internal",
    port: 5432,
  });
  const read = orders.connection("read", {
    credentials: { user: "leasehold_ro", password: Secret.fromEnv("ORDERS_RO") },
  }); // gateway name orders-db-read
  new AccessRule(prod, "orders-read", {
    who: [backend, sre],
    may: [read],
    duration: { default: Duration.hours(1), max: Duration.hours(4) },
    windows: [Window.weekly("Mon-Fri 07:00-21:00", "Europe/Berlin")],
    approval: Approval.steps(
      Approval.of(1, ordersLeads),
      Approval.of(1, security).when(Condition.longerThan(Duration.hours(1))),
    ),
  });
  new AccessRule(prod, "staging", {
    who: [everyone],
    mayMatching: { labels: { env: "staging" } },
    approval: Approval.automatic({
      when: Condition.memberOf(backend),
      budget: { grants: 5, per: Duration.days(1) },
      never: ["high", "critical"],
    }).otherwise(Approval.of(1, Approvers.managerOfBeneficiary)),
  });

  const people = new AccessStack(app, "people");
  const ann = new User(people, "ann", { email: "ann@example.com", manager: User.named("leo@example.com") });
  const leo = new User(people, "leo", { email: "leo@example.com", name: "Leo", github: "leo", manager: ann });
  const sam = new User(people, "sam", { email: "sam@example.com", manager: leo });
  new Group(people, "platform", { members: [ann, leo] });
  new Group(people, "backend", { members: [sam] });
  new Group(people, "sre", { members: [ann, backend] });
  new Group(people, "orders-leads", { members: [leo] });
  new Group(people, "security", { members: [ann, sam] });
  const staging = new AccessStack(app, "staging");
  const cache = new Resource(staging, "cache", { kind: "tcp", class: "low", labels: { env: "staging" } });
  cache.connection("read");
  return app;
}
