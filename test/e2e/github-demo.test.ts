/** `npm run demo:github` as somebody types it, without npm: real processes, HTTP and Git. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../support/root";

test("it tells a request's life as a pull request to the end, and prints the comment at each stage", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", join(projectRoot, "test/e2e/github-demo/main.ts")], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const exitCode = await new Promise((resolve) => child.on("close", resolve));
  expect({ exitCode, said }).toMatchObject({ exitCode: 0 });
  expect([...said.matchAll(/^(\d)\. /gm)].map((match) => Number(match[1]))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  for (const line of [
    /Opened http:\/\/127\.0\.0\.1:\d+\/lanternworks\/access\/pull\/1/,
    /### Needs 2 approvals: 1 grant widens access to a critical resource/,
    /approval of mallory-lanternworks at `\w+` does not count: is not known to the rules/,
    /approval of rubber-stamp at `\w+` does not count: is a bot/,
    /approval of ben-lanternworks at `\w+` does not count: is an author of its commits/,
    /Check run: success, "Approved/,
    /approval of dev-lanternworks at `\w+` is void: this commit changes 1 grant/,
    /ana@lanternworks\.example on orders-db\/write activated until/,
    /### Applied: 1 grant is active/,
    /and gets: order 4711: 3 parcels, stuck in payment/,
    /Ended 1 grant, cut 1 session\./,
    /### Given back by ana-lanternworks/,
    /Log git: \d+ records, verifies\./,
  ]) {
    expect(said).toMatch(line);
  }
  expect(said).not.toMatch(/gh[ps]_[0-9a-f]{8}|eyJ[\w-]{10}/);
}, 600_000);
