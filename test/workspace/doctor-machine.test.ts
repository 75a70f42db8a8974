import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemMachine } from "../../lib/adapters/machine";
import type { DiskRoom } from "../../lib/ports";
import { judgeLastPass, judgeRights, judgeRoom, judgeSync } from "../../lib/workspace/doctor-machine";

const gibi = 1_073_741_824;
const plenty: DiskRoom = {
  freeBytes: 50 * gibi,
  totalBytes: 100 * gibi,
  freeInodes: 900,
  totalInodes: 1_000,
  kind: "disk",
};
const now = "2026-11-25T12:00:00.000Z";

test.each<[string, Partial<DiskRoom>, string]>([
  ["plenty of room", {}, "good"],
  ["a twentieth left", { freeBytes: 4 * gibi }, "weak"],
  ["next to nothing left", { freeBytes: 0.5 * gibi }, "bad"],
  ["a small disk with little left", { totalBytes: 0.2 * gibi, freeBytes: 0.05 * gibi }, "bad"],
  ["no more inodes", { freeInodes: 1 }, "bad"],
  ["no inodes to count", { freeInodes: 0, totalInodes: 0 }, "good"],
])("with %s the disk is told as it is", (_what, parts, verdict) => {
  expect(judgeRoom("log", { ...plenty, ...parts })[0]).toMatchObject({ name: "disk", verdict });
});

test.each<DiskRoom["kind"]>(["memory", "layer", "network"])("a Log in %s is weak, whatever room there is", (kind) => {
  expect(judgeRoom("log", { ...plenty, kind })).toMatchObject([{ verdict: "good" }, { verdict: "weak" }]);
});

test("a disk that is durable faster than disks can be may not be honest; it is never more than weak", () => {
  expect(judgeSync("log", [0.001, 0.002, 0.002, 40])).toMatchObject({ verdict: "weak" });
  expect(judgeSync("log", [0.07, 0.06, 0.2])).toMatchObject({ verdict: "good" });
  expect(judgeSync("log", [0.001]).sentence).toContain("may not be honest");
});

test.each<[string, number, "log" | "secret", string]>([
  ["only its owner", 0o600, "secret", "good"],
  ["a group that may read a secret", 0o640, "secret", "bad"],
  ["a group that may read the Log", 0o640, "log", "weak"],
  ["everybody who may write the Log", 0o622, "log", "bad"],
])("%s: permissions are told with the command that mends them", (_who, mode, holds, verdict) => {
  const [found] = judgeRights([{ name: "x", holds, rights: { mode, owner: 5, modifiedAt: now } }], 5);
  expect(found).toMatchObject({ verdict });
  expect(found?.fix).toBe(verdict === "good" ? undefined : "chmod go-rwx x");
});

test("files of another user are weak, but for root", () => {
  const path = { name: "x", holds: "log", rights: { mode: 0o600, owner: 5, modifiedAt: now } } as const;
  expect(judgeRights([path], 6)).toMatchObject([{ verdict: "weak" }]);
  expect(judgeRights([path], 0)).toMatchObject([{ verdict: "good" }]);
  expect(judgeRights([path], undefined)).toMatchObject([{ verdict: "good" }]);
});

test("a pass that is long ago is weak only while something is open", () => {
  const lastAt = "2026-11-25T10:00:00.000Z";
  expect(judgeLastPass({ now, lastAt, open: 1 })).toMatchObject({ verdict: "weak" });
  expect(judgeLastPass({ now, lastAt, open: 0 })).toMatchObject({ verdict: "good" });
  expect(judgeLastPass({ now, lastAt: "2026-11-25T11:30:00.000Z", open: 1 })).toMatchObject({ verdict: "good" });
  expect(judgeLastPass({ now, lastAt: undefined, open: 0 })).toMatchObject({ verdict: "weak" });
});

describe("this machine", () => {
  const machine = systemMachine({ version: "1.2.3" });
  let directory = "";
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "leasehold-machine-"))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test("says what room there is, and nothing of what is not there", async () => {
    const room = await machine.tryRoom(directory);
    expect(room?.totalBytes).toBeGreaterThan(room?.freeBytes ?? Infinity);
    expect(await machine.tryRoom(join(directory, "none"))).toBeUndefined();
    expect(await machine.tryRights(join(directory, "none"))).toBeUndefined();
    await expect(machine.syncMs(join(directory, "none"), 1)).rejects.toMatchObject({ code: "E704" });
  });

  test("gives the rights of files and directories", async () => {
    writeFileSync(join(directory, "f"), "");
    chmodSync(join(directory, "f"), 0o640);
    mkdirSync(join(directory, "d"));
    chmodSync(join(directory, "d"), 0o700);
    expect(await machine.tryRights(join(directory, "f"))).toMatchObject({ mode: 0o640, owner: machine.user });
    expect(await machine.tryRights(join(directory, "d"))).toMatchObject({ mode: 0o700 });
  });

  test("measures durable writes and leaves nothing behind", async () => {
    const taken = await machine.syncMs(directory, 5);
    expect(taken).toHaveLength(5);
    expect(Math.min(...taken)).toBeGreaterThan(0);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("names its versions", async () => {
    expect(await machine.versions()).toMatchObject({ leasehold: "1.2.3", node: process.version });
  });
});
