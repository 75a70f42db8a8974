import * as fc from "fast-check";
import { checkGatewayUrl, checkPostgresUrl, postgresAddress } from "../../lib/adapters/postgres-url";
import { isFailure } from "../../lib/errors";

/** What is wrong with a URL, in the words that a user sees; undefined when nothing is. */
function flawOf(url: string): string | undefined {
  try {
    checkPostgresUrl(url, "${env:LOG_URL}");
    return undefined;
  } catch (error) {
    if (isFailure(error) && error.code === "E702") return JSON.stringify(error.diagnostics);
    throw error;
  }
}

it("takes URLs of this machine as they are, and those of others when they say what they want of TLS", () => {
  for (const url of [
    "postgres://a:b@localhost/log",
    "postgresql://a:b@127.0.0.1:5433/log",
    "postgres://a:b@[::1]/log",
    "postgres:///log?host=/var/run/postgresql",
    "postgres://%2Fvar%2Frun%2Fpostgresql/log",
    "postgres://a:b@db.example.com/log?sslmode=verify-full&sslrootcert=/etc/ca.pem",
    "postgres://a:b@10.0.0.7/log?sslmode=disable",
  ]) {
    expect(flawOf(url)).toBeUndefined();
  }
});

it("refuses a URL that would send a password and the Log unprotected to another machine", () => {
  for (const host of ["db.example.com", "10.0.0.7", "127.0.0.1.example.com", "localhost.example.com"]) {
    expect(flawOf(`postgres://a:b@${host}/log`)).toContain("sslmode=verify-full");
  }
  expect(flawOf("postgres://a:b@localhost/log?host=db.example.com")).toContain("sslmode=verify-full");
});

it("refuses what is no URL of a PostgreSQL database, and one of several hosts", () => {
  for (const url of ["", "log", "mysql://a:b@localhost/log", "http://localhost", "//localhost/log"]) {
    expect(flawOf(url)).toContain("no URL of a PostgreSQL database");
  }
  expect(flawOf("postgres://a:b@one,two/log")).toBeDefined();
  expect(flawOf("postgres:///log")).toContain("names no server");
});

it("repeats nothing of a URL that it refuses, and shows no user and no password of one that it takes", () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/);
  fc.assert(
    fc.property(
      secret,
      secret,
      fc.constantFrom("db.example.com", "localhost", "one,two", ""),
      (user, password, host) => {
        for (const scheme of ["postgres", "mysql"]) {
          const url = `${scheme}://${user}:${password}@${host}/log`;
          const shown = `${flawOf(url) ?? ""} ${postgresAddress(url)}`;
          expect(shown).not.toContain(password);
          expect(shown).not.toContain(user);
        }
      },
    ),
  );
});

it("names a database for people by its server and name", () => {
  expect(postgresAddress("postgres://a:b@db.example.com:5433/log%20two?sslmode=disable")).toBe(
    "db.example.com:5433/log two",
  );
  expect(postgresAddress("postgres:///log?host=/run/pg")).toBe("/run/pg/log");
});

it("wants to know of a gateway who logs in there, and how that is proven", () => {
  const flaw = (url: string): string | undefined => {
    try {
      checkGatewayUrl(url, "gateways.main.url");
      return undefined;
    } catch (error) {
      return isFailure(error) && error.code === "E702" ? JSON.stringify(error.diagnostics) : "another error";
    }
  };
  expect(flaw("postgres://leasehold:secret@localhost/orders")).toBeUndefined();
  expect(flaw("postgres://leasehold@localhost/orders?host=/var/run/postgresql")).toBeUndefined();
  expect(flaw("postgres://leasehold@db.example.com/orders?sslmode=verify-full&sslcert=/c.pem")).toBeUndefined();
  expect(flaw("postgres://postgres@localhost/orders")).toContain("the superuser postgres has no password there");
  expect(flaw("postgres://leasehold@localhost/orders")).toContain("its user has no password there");
  expect(flaw("postgres://localhost/orders")).toContain("it names no user");
  expect(flaw("postgres://leasehold:secret@db.example.com/orders")).toContain("sslmode=verify-full");
  expect(flaw("postgres://:secret@localhost/orders")).not.toContain("secret@");
});
