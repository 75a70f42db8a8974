/** THREATS.md, log tampering: somebody who can write the Log, and neither the anchors nor their key. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemFiles } from "../../lib/adapters/files";
import { chainRecords, fileAnchors, memoryStore, recordHash, recordLine, verifyLines } from "../../lib/log";
import type { Anchor } from "../../lib/model/anchor";
import type { Head, LogRecord, RecordBody } from "../../lib/model/record";
import type { Anchors } from "../../lib/ports";
import { House, installation } from "../reconcile/support/house";
import { request } from "../reconcile/support/rules";

const ours = generateKeyPairSync("ed25519").privateKey;
const theirs = generateKeyPairSync("ed25519").privateKey;
let directory = "";
let house: House;
let anchors: Anchors;

/** alice has given her access back, bob has his; both are anchored. */
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "leasehold-tampering-"));
  house = await House.open();
  anchors = signedBy(ours);
  await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
  await house.apply({ anchors });
  await house.end({ select: { kind: "who", person: "alice@x.test" } });
  await house.pass({ anchors });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Whole histories that verify by themselves: who can write the Log can hash as well as we can. */
const histories: readonly (readonly [string, (bodies: readonly RecordBody[]) => readonly RecordBody[]])[] = [
  ["the end is cut off, with the giving back", (bodies) => bodies.slice(0, bodies.findIndex(isEnding))],
  ["the giving back never was, and all the rest is as it was", (bodies) => bodies.filter((one) => !isEnding(one))],
  [
    "a grant is slipped in before everything",
    (bodies) => bodies.flatMap((one) => (one.type === "activation.intended" ? [anothers(one), one] : [one])),
  ],
  [
    "the Log says that it was recovered",
    (bodies) => [
      ...bodies.slice(0, bodies.findIndex(isEnding)),
      { type: "recovery.started", why: "nothing" },
      { type: "recovery.completed", by: { id: "eve", authenticatedBy: "unauthenticated" }, spent: [] },
    ],
  ],
];

test.each(histories)(
  "a Log written anew verifies by itself, and is not believed against the anchors: %s",
  async (_what, change) => {
    const records = anew(house, change);
    const lines = records.map((record) => recordLine(record));
    expect(await verifyLines([lines])).toMatchObject({ ok: true });
    expect(await verifyLines([lines], { against: await anchors.history() })).toMatchObject({ ok: false });
    putIn(house, lines);
    await house.merge(
      request("first"),
      request("second", { for: ["bob@x.test"] }),
      request("third", { for: ["dora@x.test"] }),
    );
    const report = await house.apply({ anchors });
    expect(report.exitCodes).toEqual([9]);
    expect([house.isIn("alice@x.test"), house.isIn("dora@x.test")]).toEqual([false, false]);
  },
);

test.each<[string, (head: Head) => Promise<void>]>([
  ["signed with a key of their own", async (head) => void (await signedBy(theirs, "forged.jsonl").add(head, soon()))],
  [
    "not signed",
    async (head) => void (await fileAnchors({ ...parts(), path: join(directory, "forged.jsonl") }).add(head, soon())),
  ],
  [
    "with the signature of a true one",
    async (head) => {
      const text = readFileSync(join(directory, "anchors.jsonl"), "utf8").trim().split("\n").at(-1) ?? "";
      const { key, signature } = JSON.parse(text) as Anchor;
      const forged = { ...head, format: 1, installation, key, signature, time: house.clock.now() };
      const sorted = Object.fromEntries(Object.entries(forged).toSorted(([a], [b]) => (a < b ? -1 : 1)));
      writeFileSync(join(directory, "forged.jsonl"), `${JSON.stringify(sorted)}\n`);
    },
  ],
])("an anchor for the Log that was written anew is not believed: %s", async (_what, forge) => {
  const records = anew(house, histories[1]![1]);
  const last = records.at(-1)!;
  await forge({ sequence: last.sequence, epoch: last.epoch, hash: recordHash(last) });
  putIn(
    house,
    records.map((record) => recordLine(record)),
  );
  const report = await house.apply({ anchors: signedBy(ours, "forged.jsonl") });
  expect(report.errors.map(({ code }) => code)).toEqual(["E610"]);
  expect(report.exitCodes).toEqual([9]);
  expect(house.isIn("alice@x.test")).toBe(false);
});

test("an older copy of the anchors shows everything up to it, and no more: why they are kept where nobody puts them back", async () => {
  const [first] = await anchors.history();
  const lines = anew(house, histories[1]![1]).map((record) => recordLine(record));
  expect(await verifyLines([lines], { against: first! })).toMatchObject({ ok: true });
});

/** The history of a house, changed and chained anew, with the times and epochs of the original. */
function anew(of: House, change: (bodies: readonly RecordBody[]) => readonly RecordBody[]): LogRecord[] {
  const records: LogRecord[] = [];
  let epoch = 1;
  for (const body of change(of.bodies())) {
    if (body.type === "epoch.taken") epoch = body.epoch;
    const last = records.at(-1);
    const head = last && { sequence: last.sequence, epoch: last.epoch, hash: recordHash(last) };
    records.push(...chainRecords(head, epoch, of.clock.now(), [body]));
  }
  return records;
}

function isEnding(body: RecordBody): boolean {
  return body.type === "ending.intended" || body.type === "ending.done";
}

/** The same for eve, under a name that nobody merged. */
function anothers(body: Extract<RecordBody, { type: "activation.intended" }>): RecordBody {
  return { ...body, facts: { ...body.facts, person: "eve@x.test", grant: body.facts.grant.replace(/^./, "7") } };
}

function putIn(into: House, lines: readonly string[]): void {
  const { blobs } = into.store;
  into.store = memoryStore({ clock: into.clock, lines: [...lines] });
  for (const [digest, text] of blobs) into.store.blobs.set(digest, text);
}

function signedBy(key: KeyObject, file = "anchors.jsonl"): Anchors {
  const pem = key.export({ format: "pem", type: "pkcs8" }).toString();
  const secrets = { resolve: () => Promise.resolve(pem) };
  return fileAnchors({ ...parts(), path: join(directory, file), secrets, key: "${env:ANCHOR_KEY}" });
}

function parts() {
  return { installation, files: systemFiles(), secrets: { resolve: () => Promise.reject(new Error("none")) } };
}

function soon() {
  return { time: house.clock.now() };
}
