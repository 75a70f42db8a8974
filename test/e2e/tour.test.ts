/** The built tour, as `npm start` runs it: real processes, HTTP and time. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { awaited, promised, PromiseBroken, stageOn } from "../../examples/tour/stage";
import { projectRoot, temporaryFolder } from "../support/folders";

const tour = join(projectRoot, "dist/examples/tour/main.js");
const folder = temporaryFolder();

/** Starts the tour as somebody in `cwd` would; its copies go under `cwd`/tmp. */
function startTour(cwd: string) {
  const temporary = join(cwd, "tmp");
  mkdirSync(temporary, { recursive: true });
  const child = spawn(process.execPath, [tour], { cwd, env: { ...process.env, TMPDIR: temporary } });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, temporary, ended, said: () => said };
}

test("it tells its story to the end, keeps what it promised, and leaves nothing running", async () => {
  const running = startTour(folder);
  const exitCode = await running.ended;
  const said = running.said();
  expect({ exitCode, said: exitCode === 0 ? "" : said }).toEqual({ exitCode: 0, said: "" });

  const chapters = [...said.matchAll(/^(\d)\. /gm)].map((match) => Number(match[1]));
  expect(chapters).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const line of [
    /No problems\. 30 requests checked\./,
    /Plan: \d+ to grant, 0 to revoke/,
    /henrik\.dahl\S* gains access; /,
    /grace\.kim\S* approved orders-fix-4711/,
    /marek\.novak\S* on orders-db\/write activated until/,
    /you hold no lease for orders-db-write/,
    /he gets: order 4711: 3 parcels, stuck in payment/,
    /Ended 1 grant, cut 1 session\./,
    /it cut the session -?\d+\.\d\d s after the end, by itself/,
    /your lease for this connection has ended/,
    /ben\.carter\S* on orders-db\/read ended: its time is over/,
    /Log \.leasehold\/log: \d+ records, verifies\./,
  ]) {
    expect(said).toMatch(line);
  }
  expect(said.split("\n").length).toBeLessThan(130);

  const copy = copyIn(running.temporary);
  const secrets = Object.values(keysOf(copy));
  expect(secrets.length).toBeGreaterThan(1);
  for (const secret of secrets) expect(said).not.toContain(secret);
  expect(said).not.toMatch(/eyJ[\w-]{10}/);
  expect(readFileSync(join(copy, "access.html"), "utf8")).toContain("orders-db");
  await expect(isAnswering(copy)).resolves.toBe(false);

  const next = said.slice(said.indexOf("9. ")).match(/(?<=\$ ).+/g) ?? [];
  expect(next).toHaveLength(3);
  for (const line of next) {
    const run = spawnSync("sh", ["-c", line], { cwd: folder, encoding: "utf8" });
    expect({ line, status: run.status, stderr: run.stderr }).toEqual({ line, status: 0, stderr: "" });
  }
  expect(existsSync(join(folder, "my-access/leasehold.yaml"))).toBe(true);
}, 240_000);

test("Ctrl-C in the middle ends its processes and takes its copy away", async () => {
  const cwd = join(folder, "interrupted");
  const running = startTour(cwd);
  let url: string | undefined;
  running.child.stdout.on("data", () => {
    if (url !== undefined || !running.said().includes("\n2. ")) return;
    url = addressOf(copyIn(running.temporary));
    running.child.kill("SIGINT");
  });
  expect(await running.ended).toBe(130);
  expect(readdirSync(running.temporary).filter((name) => name.startsWith("leasehold-tour-"))).toEqual([]);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await expect(answers(url ?? "")).resolves.toBe(false);
  rmSync(cwd, { recursive: true, force: true });
}, 120_000);

test("a promise that is not kept is named, with what was seen instead", () => {
  expect(() => promised("the Log verifies", true, "")).not.toThrow();
  expect(() => promised("the Log verifies", false, "record 3 is altered\n")).toThrow(
    new PromiseBroken("promised: the Log verifies; seen: record 3 is altered"),
  );
});

test("neither is one that does not come in time", async () => {
  await expect(awaited("ben gets in", Promise.resolve(54_321))).resolves.toBe(54_321);
  const late = awaited("ben gets in", Promise.reject(new Error("it ended with 5")));
  await expect(late).rejects.toThrow(new PromiseBroken("promised: ben gets in; seen: it ended with 5"));
  const inner = awaited("ben gets in", Promise.reject(new PromiseBroken("promised: a token; seen: none")));
  await expect(inner).rejects.toThrow(new PromiseBroken("promised: a token; seen: none"));
});

test("of a long output it shows what is asked for, and counts the rest", () => {
  let written = "";
  const stage = stageOn((text) => (written += text), false);
  stage.chapter("One");
  stage.typed("leasehold plan");
  stage.shown("a\nb\nc\nd\ne\n", { first: 2, last: 1 });
  stage.shown("a\nb\nc\n", { like: /[ac]/ });
  stage.shown("a\nb\nc\n", { like: /[ac]/, last: 1 });
  stage.shown("a\nb\n", { first: 1, last: 1 });
  expect(written).toBe(
    [
      "\n1. One",
      "  $ leasehold plan",
      "    a\n    b\n    … 2 lines more\n    e",
      "    a\n    c\n    … 1 line more",
      "    a\n    … 1 line more\n    c",
      "    a\n    b\n",
    ].join("\n"),
  );
});

function copyIn(temporary: string): string {
  const [name = ""] = readdirSync(temporary).filter((one) => one.startsWith("leasehold-tour-"));
  return join(temporary, name);
}

function keysOf(copy: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(copy, ".leasehold/gateway/keys.json"), "utf8")) as Record<string, string>;
}

function addressOf(copy: string): string {
  const text = readFileSync(join(copy, ".leasehold/gateway/address.json"), "utf8");
  return (JSON.parse(text) as { readonly url: string }).url;
}

async function isAnswering(copy: string): Promise<boolean> {
  return existsSync(join(copy, ".leasehold/gateway/address.json")) ? answers(addressOf(copy)) : false;
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const call = request(`${url}/api/healthz`, (answer) => {
      answer.resume();
      resolve(true);
    });
    call.on("error", () => resolve(false));
    call.end();
  });
}
