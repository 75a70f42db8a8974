/** Promise 13 with Heads kept outside the Log: one that is not the anchored one lets nothing start. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemFiles } from "../../lib/adapters/files";
import { fileAnchors, memoryStore, standingAnchors, type FileAnchorsOptions } from "../../lib/log";
import { rebuildLog } from "../../lib/reconcile";
import type { PassInput } from "../../lib/reconcile";
import { House, installation, operator } from "./support/house";
import { request } from "./support/rules";

const files = systemFiles();
let directory = "";
let path = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "leasehold-anchored-"));
  path = join(directory, "anchors.jsonl");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("a pass that moved the Head anchors it, and one that did not writes nothing", async () => {
  const { house, pass, anchors } = await anchored();
  await house.merge(request("first"));
  await pass({ mode: "apply" });
  expect(await anchors.newest()).toMatchObject(headOf(house));
  const before = readFileSync(path, "utf8");
  await pass();
  expect(readFileSync(path, "utf8")).toBe(before);
  await house.approve("first", "carol@x.test").catch(() => undefined);
  await house.end({ select: { kind: "who", person: "alice@x.test" } });
  await pass({ dryRun: true });
  expect(readFileSync(path, "utf8")).toBe(before);
  await pass();
  expect(await anchors.newest()).toMatchObject(headOf(house));
});

test.each<[string, (house: House, old: readonly string[]) => Promise<void>]>([
  ["that ends before the anchored record", async () => undefined],
  [
    "that was written on from an old copy, past the anchored record",
    async (house, old) => {
      for (let n = 0; house.store.lines.length <= old.length + 30; n += 1) {
        house.manifest = { ...house.manifest, limits: { ...house.manifest.limits, maxDurationSeconds: 3_600 + n } };
        await house.accept();
      }
    },
  ],
])("a Log %s is recovering: access only ends, and it is not anchored", async (_what, goOn) => {
  const { house, pass, anchors } = await anchored();
  await house.merge(request("first"));
  await pass({ mode: "apply" });
  const old = [...house.store.lines];
  await house.end({ select: { kind: "who", person: "alice@x.test" } });
  await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
  await pass({ mode: "apply" });
  const newest = await anchors.newest();
  putBack(house, old);
  await goOn(house, old);
  await house.merge(request("first"), request("third", { for: ["dora@x.test"] }));
  const report = await pass({ mode: "apply" });
  expect(report.errors.map(({ code }) => code)).toEqual(["E602"]);
  expect(report.exitCodes).toEqual([9]);
  expect([house.isIn("alice@x.test"), house.isIn("dora@x.test")]).toEqual([false, false]);
  expect(await anchors.newest()).toEqual(newest);
});

test("a rebuild replaces what was anchored of the lost Log, and nothing that ended comes back", async () => {
  const { house, pass, anchors } = await anchored();
  await house.merge(request("first"));
  await pass({ mode: "apply" });
  const held = await anchors.newest();
  const old = [...house.store.lines];
  await house.end({ select: { kind: "who", person: "alice@x.test" } });
  await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
  await pass({ mode: "apply" });
  const lost = await anchors.newest();
  putBack(house, old);
  await pass();
  const requests = { requests: [request("first"), request("second", { for: ["bob@x.test"] })] };
  const rebuilt = await rebuildLog({ ...house.parts(), anchors, requests, by: operator });
  expect(rebuilt).toMatchObject({ wasRecovering: true, adopted: [house.id("second", "bob@x.test")] });
  const replaces = { first: lost?.sequence, last: lost?.sequence };
  expect(await anchors.newest()).toMatchObject({ ...headOf(house), replaces });
  expect(standingAnchors(await anchors.history())[0]).toEqual(held);
  const after = await pass({ mode: "apply" });
  expect(after.exitCodes).toEqual([]);
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([false, true]);
  expect(await rebuildLog({ ...house.parts(), anchors, requests, by: operator })).toMatchObject({
    wasRecovering: false,
  });
});

test("a rebuild that was cut off before its anchor is asked for again, to the same end", async () => {
  const { house, pass, anchors } = await anchored();
  await house.merge(request("first"));
  await pass({ mode: "apply" });
  const old = [...house.store.lines];
  await house.end({ select: { kind: "who", person: "alice@x.test" } });
  await pass({ mode: "apply" });
  putBack(house, old);
  const broken = { ...anchors, add: () => Promise.reject(new Error("cut off")) };
  const requests = { requests: [request("first")] };
  await expect(rebuildLog({ ...house.parts(), anchors: broken, requests, by: operator })).rejects.toThrow("cut off");
  expect((await pass()).exitCodes).toEqual([9]);
  await rebuildLog({ ...house.parts(), anchors, requests, by: operator });
  expect((await pass({ mode: "apply" })).exitCodes).toEqual([]);
  expect(house.isIn("alice@x.test")).toBe(false);
});

test.each<[string, (text: string) => string]>([
  ["of another installation", (text) => text.replace(installation, "somebody-elses-installation")],
  ["that is half a line", (text) => text.slice(0, 50)],
  ["that is JSON and nonsense", () => '{"sequence":"all"}\n'],
])("an anchor %s is believed by nobody: what is due ends, nothing starts, exit 9", async (_what, change) => {
  const { house, pass } = await anchored();
  await house.merge(request("first", { durationSeconds: 600 }), request("second", { for: ["bob@x.test"] }));
  await pass({ mode: "apply" });
  const text = change(readFileSync(path, "utf8"));
  writeFileSync(path, text);
  house.clock.advanceSeconds(600);
  await house.merge(...house.requests, request("third", { for: ["dora@x.test"] }));
  const report = await pass({ mode: "apply" });
  expect(report.errors.map(({ code }) => code)).toEqual(["E610"]);
  expect(report.exitCodes).toEqual([9]);
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test"), house.isIn("dora@x.test")]).toEqual([
    false,
    true,
    false,
  ]);
  expect(house.types()).not.toContain("recovery.started");
  expect(readFileSync(path, "utf8")).toBe(text);
  const requests = { requests: house.requests };
  const rebuilding = rebuildLog({ ...house.parts(), anchors: anchorsOf({}), requests, by: operator });
  await expect(rebuilding).rejects.toMatchObject({ code: "E610" });
});

test("a Head that cannot be anchored is said with exit 7, and what the pass did is done", async () => {
  const { house } = await anchored();
  await house.merge(request("first"));
  const report = await house.pass({ mode: "apply", anchors: anchorsOf({ path: join(directory, "no", "disk") }) });
  expect(report.errors.map(({ code }) => code)).toEqual(["E611"]);
  expect(report.exitCodes).toEqual([7]);
  expect(house.isIn("alice@x.test")).toBe(true);
});

test("a writer that goes on while another pass begins is no loss: the anchor is read before the chain", async () => {
  const { house, pass, anchors } = await anchored();
  await house.merge(request("first"));
  await pass({ mode: "apply" });
  const slow = {
    ...anchors,
    newest: async () => {
      const seen = await anchors.newest();
      // Between the reading of the anchor and that of the chain.
      await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
      await pass({ mode: "apply" });
      return seen;
    },
  };
  expect((await house.pass({ anchors: slow })).exitCodes).toEqual([]);
});

async function anchored() {
  const house = await House.open();
  const anchors = anchorsOf({});
  return { house, anchors, pass: (parts: Partial<PassInput> = {}) => house.pass({ anchors, ...parts }) };
}

function anchorsOf(parts: Partial<FileAnchorsOptions>) {
  return fileAnchors({
    path,
    installation,
    files,
    secrets: { resolve: () => Promise.reject(new Error("none")) },
    ...parts,
  });
}

function headOf({ store }: House) {
  return { sequence: store.lines.length };
}

/** An old copy of the chain, in a store with all that is beside it. */
function putBack(house: House, lines: readonly string[]): void {
  const { blobs } = house.store;
  house.store = memoryStore({ clock: house.clock, lines: [...lines] });
  for (const [digest, text] of blobs) house.store.blobs.set(digest, text);
}
