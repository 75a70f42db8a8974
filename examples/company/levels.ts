import { PostgresqlLevel } from "leasehold";

const ordersOwner = ["orders_owner"];

/** What each level of a PostgreSQL database carries there: `leasehold synth --terraform` makes roles of it. */
export const levels: Readonly<Record<string, PostgresqlLevel>> = {
  "orders-db/read": PostgresqlLevel.read({
    database: "orders",
    schemas: ["orders", "shipping"],
    except: ["orders.cards"],
    owners: ordersOwner,
    serviceRole: "leasehold_read",
  }),
  "orders-db/write": PostgresqlLevel.write({
    database: "orders",
    schemas: ["orders", "shipping"],
    except: ["orders.cards"],
    owners: ordersOwner,
    serviceRole: "leasehold_write",
  }),
  "payments-db/read": PostgresqlLevel.read({
    database: "payments",
    schemas: ["payments"],
    except: ["payments.card_numbers", "payments.bank_accounts"],
    owners: ["payments_owner"],
    serviceRole: "leasehold_read",
  }),
  // The ledger is read through what its owners wrote for that, and by nothing else.
  "ledger-db/read": PostgresqlLevel.custom({
    database: "ledger",
    privileges: [
      { on: "database", privileges: ["CONNECT"] },
      { on: "schema", schema: "ledger", privileges: ["USAGE"] },
      { on: "functions", schema: "ledger", objects: ["balance(uuid)", "statement"], privileges: ["EXECUTE"] },
      { on: "tables", schema: "ledger", objects: ["accounts", "closed_months"], privileges: ["SELECT"] },
    ],
    serviceRole: "leasehold_read",
  }),
  // Nobody reads more of a customer than what a parcel needs.
  "customers-db/read": PostgresqlLevel.custom({
    database: "customers",
    privileges: [
      { on: "database", privileges: ["CONNECT"] },
      { on: "schema", schema: "crm", privileges: ["USAGE"] },
      {
        on: "columns",
        schema: "crm",
        table: "customers",
        columns: ["id", "display_name", "postcode", "country"],
        privileges: ["SELECT"],
      },
      { on: "columns", schema: "crm", table: "tickets", columns: ["state", "note"], privileges: ["SELECT", "UPDATE"] },
    ],
    serviceRole: "leasehold_read",
  }),
  "staging-orders-db/read": PostgresqlLevel.read({ database: "orders", schemas: ["orders"], owners: ordersOwner }),
  "staging-orders-db/write": PostgresqlLevel.admin({
    database: "orders",
    schemas: ["orders"],
    owners: ordersOwner,
    memberOf: ordersOwner,
  }),
  "staging-payments-db/read": PostgresqlLevel.read({
    database: "payments",
    schemas: ["payments"],
    owners: ["payments_owner"],
  }),
  "staging-payments-db/write": PostgresqlLevel.migrate({
    database: "payments",
    schemas: ["payments"],
    owners: ["payments_owner"],
  }),
  "warehouse/read": PostgresqlLevel.read({
    database: "warehouse",
    schemas: ["facts", "dimensions"],
    owners: ["warehouse_loader"],
  }),
  "warehouse/write": PostgresqlLevel.write({
    database: "warehouse",
    schemas: ["facts"],
    owners: ["warehouse_loader"],
  }),
};
