import { AccessStack, Resource, Secret, type AccessApp, type ResourceProps } from "leasehold";
import { levels as privileges } from "./levels";

type Estate = readonly (readonly [name: string, props: Omit<ResourceProps, "labels">, levels: readonly string[]])[];

const production: Estate = [
  [
    "orders-db",
    { kind: "postgresql", class: "critical", host: "orders.prod.harbourlight.example", port: 5432 },
    ["read", "write"],
  ],
  [
    "payments-db",
    { kind: "postgresql", class: "critical", host: "payments.prod.harbourlight.example", port: 5432 },
    ["read"],
  ],
  [
    "ledger-db",
    { kind: "postgresql", class: "critical", host: "ledger.prod.harbourlight.example", port: 5432 },
    ["read"],
  ],
  [
    "parcels-db",
    { kind: "mysql", class: "high", host: "parcels.prod.harbourlight.example", port: 3306 },
    ["read", "write"],
  ],
  [
    "routes-db",
    { kind: "mongodb", class: "high", host: "routes.prod.harbourlight.example", port: 27017 },
    ["read", "write"],
  ],
  [
    "tracking-db",
    { kind: "mongodb", class: "medium", host: "tracking.prod.harbourlight.example", port: 27017 },
    ["read"],
  ],
  [
    "customers-db",
    { kind: "postgresql", class: "critical", host: "customers.prod.harbourlight.example", port: 5432 },
    ["read"],
  ],
  [
    "cluster",
    { kind: "kubernetes", class: "critical", host: "k8s.prod.harbourlight.example", port: 6443 },
    ["read", "admin"],
  ],
  ["edge-proxy", { kind: "ssh", class: "high", host: "edge.prod.harbourlight.example", port: 22 }, ["admin"]],
  ["sorter-hall-1", { kind: "ssh", class: "high", host: "sorter1.prod.harbourlight.example", port: 22 }, ["admin"]],
  ["sorter-hall-2", { kind: "ssh", class: "high", host: "sorter2.prod.harbourlight.example", port: 22 }, ["admin"]],
  ["label-printers", { kind: "tcp", class: "medium", host: "127.0.0.1", port: 9100 }, ["write"]],
  [
    "back-office",
    { kind: "http", class: "high", host: "office.prod.harbourlight.example", port: 443 },
    ["support", "admin"],
  ],
  ["search", { kind: "http", class: "medium", host: "search.prod.harbourlight.example", port: 9200 }, ["read"]],
  ["events-bus", { kind: "tcp", class: "high", host: "kafka.prod.harbourlight.example", port: 9092 }, ["read"]],
];

const staging: Estate = [
  [
    "staging-orders-db",
    { kind: "postgresql", class: "low", host: "pg.staging.harbourlight.example", port: 5432, cluster: "staging-pg" },
    ["read", "write"],
  ],
  [
    "staging-payments-db",
    { kind: "postgresql", class: "low", host: "pg.staging.harbourlight.example", port: 5432, cluster: "staging-pg" },
    ["read", "write"],
  ],
  [
    "staging-parcels-db",
    { kind: "mysql", class: "low", host: "parcels.staging.harbourlight.example", port: 3306 },
    ["write"],
  ],
  [
    "staging-routes-db",
    { kind: "mongodb", class: "low", host: "routes.staging.harbourlight.example", port: 27017 },
    ["write"],
  ],
  [
    "staging-cluster",
    { kind: "kubernetes", class: "medium", host: "k8s.staging.harbourlight.example", port: 6443 },
    ["admin"],
  ],
  ["staging-cache", { kind: "tcp", class: "low", host: "127.0.0.1", port: 6379 }, ["write"]],
];

const analytics: Estate = [
  [
    "warehouse",
    { kind: "postgresql", class: "medium", host: "warehouse.harbourlight.example", port: 5432 },
    ["read", "write"],
  ],
  ["notebooks", { kind: "http", class: "low", host: "notebooks.harbourlight.example", port: 443 }, ["write"]],
  ["feature-store", { kind: "mongodb", class: "medium", host: "features.harbourlight.example", port: 27017 }, ["read"]],
  ["batch-runner", { kind: "ssh", class: "medium", host: "batch.harbourlight.example", port: 22 }, ["admin"]],
];

/** Declares every database, cluster, server and service of Harbourlight with its ways in. */
export function declareResources(app: AccessApp): void {
  declareEstate(new AccessStack(app, "production"), production, "production");
  declareEstate(new AccessStack(app, "staging"), staging, "staging");
  declareEstate(new AccessStack(app, "analytics"), analytics, "analytics");
}

function declareEstate(stack: AccessStack, estate: Estate, env: string): void {
  for (const [name, props, levels] of estate) {
    const resource = new Resource(stack, name, { ...props, labels: { env } });
    for (const level of levels) {
      const carried = privileges[`${name}/${level}`];
      resource.connection(level, {
        credentials: { user: `leasehold_${level}`, password: Secret.fromEnv(secretName(name, level)) },
        ...(carried === undefined ? {} : { privileges: carried }),
      });
    }
  }
}

/** ORDERS_DB_READ: where the reconciler finds the password, when the gateway stores it. */
function secretName(resource: string, level: string): string {
  return `${resource}_${level}`.toUpperCase().replace(/-/g, "_");
}
