import { plusSeconds, type Instant } from "../../model/instant";

/** What makes one fresh access repository differ from another. */
export interface RepositoryParts {
  readonly installation: string;
  readonly now: Instant;
  /** The texts of the schemas that editors use, by file name. */
  readonly schemas: Readonly<Record<string, string>>;
}

/** The files of an access repository that works, text by path: what `leasehold init` writes and examples/quickstart holds. */
export function repositoryFiles(parts: RepositoryParts): Readonly<Record<string, string>> {
  const schemas = Object.entries(parts.schemas).map(([name, text]) => [`schemas/${name}`, text] as const);
  return {
    "leasehold.yaml": configText(parts.installation),
    "access.ts": rulesText,
    "requests/orders-first-look.yaml": requestText(parts.now),
    ".gitignore": ".leasehold/\nleasehold.out/\nnode_modules/\n",
    ...Object.fromEntries(schemas),
  };
}

function configText(installation: string): string {
  return `# yaml-language-server: $schema=schemas/config.v1.json
apiVersion: leasehold/v1
kind: Config
# The random id of this installation: the Log and every object of ours on a gateway carry it.
installation: ${installation}
# The rules are a TypeScript program, the requests are YAML files.
app: access.ts
requests: requests/**/*.yaml
gateways:
  # The gateway that ships with Leasehold. For hoop.dev: { provider: hoop, url: …, keys: … }
  main: { provider: embedded, directory: .leasehold/gateway }
log: { store: file, path: .leasehold/log }
# Approvals are given on this machine with \`leasehold approve\`, good for trying out.
approvals: local
limits: { maxDuration: 12h, startWithin: 30d }
`;
}

function requestText(now: Instant): string {
  return `# yaml-language-server: $schema=../schemas/request.v1.json
apiVersion: leasehold/v1
kind: AccessRequest
metadata:
  name: orders-first-look
spec:
  for: ana@example.com
  access: [orders-db/read]
  duration: 1h # counts from the moment it starts
  startBefore: ${plusSeconds(now, 7 * 86_400).slice(0, 10)}T18:00:00Z # starts by then or not at all
  reason: "OPS-1: find the orders stuck in payment"
  ticket: OPS-1
`;
}

const rulesText = `import { AccessApp, AccessRule, AccessStack, Approval, Duration, Group, Resource, Secret, User } from "leasehold";

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
`;
