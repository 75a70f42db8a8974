import { findCredentials, harmlessEnvironment, trustedEnvironment } from "../../../lib/cli/action/credentials";

/** Variables that a hosted runner sets for every step. */
const ofRunner = {
  PATH: "/usr/bin",
  HOME: "/home/runner",
  CI: "true",
  GITHUB_ACTIONS: "true",
  GITHUB_ACTOR: "ana",
  GITHUB_API_URL: "https://api.github.com",
  GITHUB_EVENT_PATH: "/home/runner/work/_temp/event.json",
  GITHUB_OUTPUT: "/home/runner/work/_temp/output",
  GITHUB_REPOSITORY_OWNER_ID: "6811672",
  GITHUB_WORKFLOW_SHA: "3f2a91c03f2a91c03f2a91c03f2a91c03f2a91c0",
  ACTIONS_RUNTIME_URL: "https://pipelines.example/x/",
  ACTIONS_RUNTIME_TOKEN: "eyJhbGciOiJSUzI1NiJ9.eyJhIjoiYiJ9.c2ln",
  JAVA_HOME_17_X64: "/usr/lib/jvm",
  XDG_RUNTIME_DIR: "/run/user/1001",
  INPUT_TOKEN: "",
};

test("nothing that every runner has is taken for a credential", () => {
  expect(findCredentials(ofRunner)).toEqual([]);
});

test.each([
  ["GITHUB_TOKEN", "x"],
  ["INPUT_TOKEN", "x"],
  ["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "x"],
  ["HOOP_WRITE_KEY", "x"],
  ["DBPASSWORD", "x"],
  ["AWS_SECRET_ACCESS_KEY", "x"],
  ["NPM_AUTH", "x"],
  ["MY_PAT", "x"],
  ["HARMLESS", `ghs_${"a".repeat(36)}`],
  ["HARMLESS", `before github_pat_${"A1_".repeat(10)}`],
  ["HARMLESS", "-----BEGIN RSA PRIVATE KEY-----\nMII"],
  ["HARMLESS", "postgres://ana:geheim@db.internal/orders"],
  ["HARMLESS", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2ln"],
  ["HARMLESS", "AKIAABCDEFGHIJKLMNOP"],
])("%s = %j is taken for one, and only its name is told", (name, value) => {
  expect(findCredentials({ ...ofRunner, [name]: value })).toEqual([name]);
});

test("a command beside a branch's code gets no variable that was not named", () => {
  const given = { ...ofRunner, GITHUB_TOKEN: "x", ANYTHING: "y", NODE_OPTIONS: "--require ./x.js" };
  expect(harmlessEnvironment(given)).toEqual({ PATH: "/usr/bin", HOME: "/home/runner", CI: "true", NO_COLOR: "1" });
});

test("a command of the default branch gets the secrets of its step, but not the step's own files and tokens", () => {
  const given = { ...ofRunner, HOOP_WRITE_KEY: "x", NODE_OPTIONS: "--require ./x.js", INPUT_COMMAND: "apply" };
  const environment = trustedEnvironment(given, "app-token");
  expect(environment).toMatchObject({
    GITHUB_TOKEN: "app-token",
    HOOP_WRITE_KEY: "x",
    GITHUB_API_URL: "https://api.github.com",
  });
  expect(Object.keys(environment).filter((name) => /^(?:INPUT|ACTIONS|NODE)_|OUTPUT/.test(name))).toEqual([]);
});
