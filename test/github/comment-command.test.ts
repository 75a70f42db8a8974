import * as fc from "fast-check";
import { tryParseComment } from "../../lib/github/comment-command";

describe("a comment on a pull request", () => {
  test.each([
    ["/plan", { kind: "plan" }],
    ["/plan  \r\nplease", { kind: "plan" }],
    ["/revoke", { kind: "revoke" }],
    ["/revoke\n\nthank you all", { kind: "revoke" }],
    ["/revoke orders-inc-4711", { kind: "revoke", what: "orders-inc-4711" }],
    ["/revoke mfrggzdf\t", { kind: "revoke", what: "mfrggzdf" }],
  ])("that is %j is a command", (body, command) => {
    expect(tryParseComment(body)).toEqual(command);
  });

  test.each([
    "",
    "please /revoke",
    "> /revoke",
    " /revoke",
    "`/revoke`",
    "/revoke all of it",
    "/revoke everything, please",
    "/revoke $(id)",
    "/revoke Orders",
    "/revoked",
    "/plan now",
    "/planning",
    "hello\n/revoke",
    `/revoke${" ".repeat(300)}`,
    `/revoke ${"a".repeat(64)}`,
  ])("that is %j is talk", (body) => {
    expect(tryParseComment(body)).toBeUndefined();
  });

  test("never throws, and what it names is a name", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string().map((text) => `/revoke ${text}`),
        ),
        (body) => {
          const command = tryParseComment(body);
          if (command?.kind === "revoke" && command.what !== undefined)
            expect(command.what).toMatch(/^[a-z0-9._-]{1,63}$/);
        },
      ),
    );
  });
});
