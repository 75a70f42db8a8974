import * as fc from "fast-check";
import { isFailure } from "../../lib/errors";
import { githubEnvironment } from "../../lib/github";
import { checkedUrl, repositoryNameOf } from "../../lib/github/environment";

const token = "ghs_secretsecretsecret";

test("what a runner of github.com sets is read", () => {
  expect(
    githubEnvironment({
      GITHUB_TOKEN: ` ${token}\n`,
      GITHUB_API_URL: "https://api.github.com",
      GITHUB_GRAPHQL_URL: "https://api.github.com/graphql",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "acme/access.rules",
      GITHUB_EVENT_NAME: "pull_request_review",
      GITHUB_EVENT_PATH: "/home/runner/event.json",
    }),
  ).toEqual({
    apiUrl: "https://api.github.com",
    graphqlUrl: "https://api.github.com/graphql",
    serverUrl: "https://github.com",
    token,
    repository: { owner: "acme", name: "access.rules" },
    eventName: "pull_request_review",
    eventPath: "/home/runner/event.json",
  });
});

test.each([
  [{}, "https://api.github.com", "https://api.github.com/graphql", "https://github.com"],
  [
    { GITHUB_API_URL: "https://ghe.example.com/api/v3/" },
    "https://ghe.example.com/api/v3",
    "https://ghe.example.com/api/graphql",
    "https://ghe.example.com",
  ],
  [
    { GITHUB_API_URL: "https://api.acme.ghe.com", GITHUB_REPOSITORY: "" },
    "https://api.acme.ghe.com",
    "https://api.acme.ghe.com/graphql",
    "https://acme.ghe.com",
  ],
  [
    { GITHUB_API_URL: "http://127.0.0.1:8080/api/v3" },
    "http://127.0.0.1:8080/api/v3",
    "http://127.0.0.1:8080/api/graphql",
    "http://127.0.0.1:8080",
  ],
])("what is not set follows from what is: %j", (variables, apiUrl, graphqlUrl, serverUrl) => {
  expect(githubEnvironment({ GITHUB_TOKEN: token, ...variables })).toEqual({ apiUrl, graphqlUrl, serverUrl, token });
});

test.each([
  [{}, "E702"],
  [{ GITHUB_TOKEN: "" }, "E702"],
  [{ GITHUB_TOKEN: "two\r\nX-Header: lines" }, "E702"],
  [{ GITHUB_TOKEN: token, GITHUB_API_URL: "http://api.github.com" }, "E800"],
  [{ GITHUB_TOKEN: token, GITHUB_GRAPHQL_URL: "ftp://api.github.com" }, "E800"],
  [{ GITHUB_TOKEN: token, GITHUB_SERVER_URL: "https://me:word@github.com" }, "E800"],
  [{ GITHUB_TOKEN: token, GITHUB_API_URL: "https://api.github.com?x=1" }, "E800"],
  [{ GITHUB_TOKEN: token, GITHUB_API_URL: "api.github.com" }, "E800"],
  [{ GITHUB_TOKEN: token, GITHUB_REPOSITORY: "acme" }, "E800"],
  [{ GITHUB_TOKEN: token, GITHUB_REPOSITORY: "acme/../x" }, "E800"],
  [{ GITHUB_TOKEN: token, GITHUB_EVENT_NAME: "push; rm" }, "E800"],
])("%j is refused with %s, and never shown", (variables, code) => {
  let thrown: unknown;
  try {
    githubEnvironment(variables);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code });
  expect(JSON.stringify(isFailure(thrown) ? thrown.diagnostics : thrown)).not.toMatch(/secretsecret|word|X-Header/);
});

test("no name of a repository leads out of its path", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab./%?#\\ -_\n"), maxLength: 12 }), (text) => {
      try {
        const { owner, name } = repositoryNameOf(text);
        expect(new URL(`https://x/repos/${owner}/${name}/z`).pathname).toBe(`/repos/${owner}/${name}/z`);
      } catch (error) {
        expect(error).toMatchObject({ code: "E800" });
      }
    }),
    { numRuns: 500 },
  );
});

test("plain http is for this machine alone", () => {
  for (const host of ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"])
    expect(checkedUrl(`http://${host}:1`, "x")).toContain(host);
  for (const host of ["127.0.0.1.example.com", "10.0.0.1", "localhost.example.com", "0.0.0.0"]) {
    expect(() => checkedUrl(`http://${host}`, "x")).toThrow("E800");
  }
});
