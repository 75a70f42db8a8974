import type { TestPostgres } from "../../support/postgres";

/** The databases of examples/company, with the owners, schemas, tables and functions that its levels name. */
const databases: Readonly<Record<string, { readonly owner: string; readonly sql: string }>> = {
  orders: {
    owner: "orders_owner",
    sql: `CREATE SCHEMA orders; CREATE SCHEMA shipping;
      CREATE TABLE orders.orders (id bigserial PRIMARY KEY, state text); CREATE TABLE orders.cards (number text);
      CREATE TABLE orders.lines (id bigserial PRIMARY KEY, parcel text); CREATE VIEW orders.open AS SELECT * FROM orders.orders;
      CREATE TABLE shipping.parcels (id bigserial PRIMARY KEY)`,
  },
  payments: {
    owner: "payments_owner",
    sql: `CREATE SCHEMA payments; CREATE TABLE payments.payments (id int); CREATE TABLE payments.card_numbers (n text);
      CREATE TABLE payments.bank_accounts (n text)`,
  },
  ledger: {
    owner: "ledger_owner",
    sql: `CREATE SCHEMA ledger; CREATE TABLE ledger.accounts (id uuid); CREATE TABLE ledger.entries (id int);
      CREATE TABLE ledger.closed_months (month date);
      CREATE FUNCTION ledger.balance(uuid) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION ledger.statement() RETURNS int LANGUAGE sql AS 'SELECT 1';
      REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC`,
  },
  customers: {
    owner: "customers_owner",
    sql: `CREATE SCHEMA crm; CREATE TABLE crm.customers (id int, display_name text, postcode text, country text, iban text);
      CREATE TABLE crm.tickets (id int, state text, note text)`,
  },
  warehouse: {
    owner: "warehouse_loader",
    sql: `CREATE SCHEMA facts; CREATE SCHEMA dimensions; CREATE TABLE facts.parcels (id bigserial);
      CREATE TABLE dimensions.places (id int)`,
  },
};

/** Makes the databases of examples/company on a server, each owned by a role that can't log in. */
export async function makeCompanyDatabases(server: TestPostgres): Promise<void> {
  for (const [name, { owner, sql }] of Object.entries(databases)) {
    await server.newDatabase({ name });
    await server.query(`CREATE ROLE ${owner} NOLOGIN; GRANT CREATE ON DATABASE ${name} TO ${owner}`);
    await server.query(`SET ROLE ${owner}; ${sql}`, { database: name });
  }
}

/** Whether a role may run a statement in a database. */
export async function may(
  server: TestPostgres,
  facts: { readonly role: string; readonly database: string; readonly sql: string },
): Promise<boolean> {
  const { role, database, sql } = facts;
  try {
    await server.query(`BEGIN; SET LOCAL ROLE "${role.replaceAll('"', '""')}"; ${sql}; ROLLBACK`, { database });
    return true;
  } catch (error) {
    if (error instanceof Error && /permission denied|must be owner/.test(error.message)) return false;
    throw error;
  }
}

/** The roles of a server that are not PostgreSQL's own and not those of the databases' owners. */
export async function addedRoles(server: TestPostgres): Promise<readonly string[]> {
  const owners = [...Object.values(databases).map(({ owner }) => owner), "postgres"];
  const rows = await server.query(
    "SELECT rolname AS name FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' AND rolname <> ALL ($1) ORDER BY 1",
    { parameters: [owners] },
  );
  return rows.map(({ name }) => String(name));
}
