import { join } from "node:path";
import { openLog, recordHash, verifyLog } from "../../../lib/log";
import type { Head } from "../../../lib/model/record";
import type { Git, LogStore } from "../../../lib/ports";
import { acceptPolicy } from "../../../lib/reconcile";
import { House, operator } from "../../reconcile/support/house";
import { linesIn } from "../../contract/log-store";
import { chainOf, installation, linesFor, notes } from "../bodies";
import { git, GitMachines, gitWith, logRef, replaceFile } from "./git-machines";

const machines = new GitMachines();

/** A Log of 8 records in 4 commits, on the machine `home`, whose Head it has noted. */
async function noted(
  home: string,
): Promise<{ readonly remote: string; readonly store: LogStore; readonly head: Head }> {
  const remote = machines.remote();
  const store = machines.open(remote, { home });
  const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
  const records = chainOf(8);
  let head: Head | undefined;
  for (let n = 0; n < 8; n += 2) head = await writer.append(head, records.slice(n, n + 2));
  return { remote, store, head: head as Head };
}

describe("an admin's force-push", () => {
  it("to an older commit is noticed by whoever has seen the newer one, and nothing is written onto it", async () => {
    const { remote, store } = await noted("seen");
    const log = await openLog({ store: machines.open(remote, { home: "reader" }), installation });
    git(remote, "update-ref", logRef, `${logRef}~1`);
    const tip = git(remote, "rev-parse", logRef);
    await expect(log.refresh()).rejects.toMatchObject({ code: "E600" });
    for (const home of ["seen", "reader"]) {
      const again = machines.open(remote, { home });
      await expect(openLog({ store: again, installation })).rejects.toMatchObject({ code: "E600", exitCode: 9 });
      await expect(again.takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject({ code: "E600" });
    }
    await expect(store.takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject({ code: "E600" });
    expect(git(remote, "rev-parse", logRef)).toBe(tip);
  });

  it("under a writer ends it: nothing of it goes onto the older chain", async () => {
    const remote = machines.remote();
    const writer = await machines.open(remote).takeEpoch({ holder: "a", waitMs: 0 });
    const first = await writer.append(undefined, chainOf(2));
    const second = await writer.append(first, notes(first, 1, "second"));
    git(remote, "update-ref", logRef, `${logRef}~1`);
    await expect(writer.append(second, notes(second, 1, "third"))).rejects.toMatchObject({ code: "E604" });
    expect(await linesIn(machines.open(remote))).toHaveLength(2);
  });

  it("that takes the ref away is no new beginning", async () => {
    const { remote } = await noted("before");
    git(remote, "update-ref", "-d", logRef);
    const again = machines.open(remote, { home: "before" });
    await expect(openLog({ store: again, installation })).rejects.toMatchObject({ code: "E600" });
    await expect(again.takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject({ code: "E600" });
  });

  it("to another chain of the same length is noticed by the noted Head", async () => {
    const { remote } = await noted("mine");
    const other = machines.remote();
    const writer = await machines.open(other).takeEpoch({ holder: "a", waitMs: 0 });
    const [first, ...rest] = chainOf(8);
    const head = await writer.append(undefined, [
      first!,
      ...notes({ sequence: 1, epoch: 1, hash: recordHash(first!) }, 1, "x"),
    ]);
    expect(rest).toHaveLength(7);
    let last = head;
    while (last.sequence < 8) last = await writer.append(last, notes(last, 1, `n${last.sequence}`));
    git(remote, "fetch", "--quiet", other, `+${logRef}:${logRef}`);
    const again = machines.open(remote, { home: "mine" });
    await expect(openLog({ store: again, installation })).rejects.toMatchObject({ code: "E600" });
    await expect(again.takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject({ code: "E600" });
  });

  it("is noticed against an anchor by a machine that has never seen the Log: it recovers, and nothing starts", async () => {
    const remote = machines.remote();
    const house = new House();
    const store = machines.open(remote);
    await acceptPolicy({ ...house.parts(), store, manifest: house.manifest, by: operator });
    const anchor = (await openLog({ store, installation: house.parts().installation })).head as Head;
    git(remote, "update-ref", logRef, `${logRef}~1`);
    const fresh = machines.open(remote);
    const report = await house.pass({ store: fresh, anchor });
    expect(report.exitCodes).toEqual([9]);
    expect(report.errors.map((one) => one.code)).toEqual(["E602"]);
    expect((await openLog({ store: fresh, installation: house.parts().installation })).state.recovering).toBeDefined();
  });
});

describe("what was altered in the tree", () => {
  const broken: readonly [string, (lines: readonly string[]) => Buffer][] = [
    ["a line fewer", (lines) => text(lines.slice(0, 1))],
    ["two lines in the other order", (lines) => text(lines.toReversed())],
    ["a line twice", (lines) => text([lines[0]!, lines[0]!, lines[1]!])],
    ["no line at all", () => Buffer.alloc(0)],
    ["a last line without its break", (lines) => text(lines).subarray(0, -1)],
    ["another last line without its break", (lines) => Buffer.concat([text(lines), Buffer.from("{}")])],
    ["an empty line more", (lines) => Buffer.concat([text(lines), Buffer.from("\n")])],
    [
      "what is not UTF-8",
      (lines) => Buffer.concat([text(lines).subarray(0, 40), Buffer.from([0xff]), text(lines).subarray(41)]),
    ],
  ];

  test("a file of the chain with other lines is found out, whatever is other", async () => {
    const { remote } = await noted("whole");
    const lines = linesFor(chainOf(8)).slice(2, 4);
    const path = "log/000000/000000003.jsonl";
    const whole = git(remote, "rev-parse", logRef);
    for (const [what, alter] of broken) {
      replaceFile(remote, path, alter(lines));
      const verdict = await verifyLog(machines.open(remote, { home: "verifier" }));
      expect([what, verdict.ok]).toEqual([what, false]);
      git(remote, "update-ref", logRef, whole);
    }
    expect(await verifyLog(machines.open(remote, { home: "verifier" }))).toMatchObject({ ok: true, records: 8 });
  });

  test("every bit flipped in what git gives is found out", async () => {
    const { remote } = await noted("flips");
    const size = linesFor(chainOf(8)).join("\n").length + 1;
    for (let n = 0; n < 40; n += 1) {
      const bit = (n * 797) % (size * 8);
      const between = (own: Git): Git => ({
        ...own,
        run: async (call) => flipped(await own.run(call), call.args[0], bit),
      });
      const verdict = await verifyLog(machines.open(remote, { home: "flips", between }));
      expect([bit, verdict.ok]).toEqual([bit, false]);
    }
  });

  test("a text that is not what its digest says is refused, and put right by whoever keeps it anew", async () => {
    const { remote, store } = await noted("texts");
    const digest = await store.putBlob("a manifest");
    replaceFile(remote, `blobs/${digest.slice(0, 2)}/${digest}`, Buffer.from("a manifest!"));
    await expect(machines.open(remote).tryReadBlob(digest)).rejects.toMatchObject({ code: "E607" });
    // Nor is it believed where it was fetched with the chain before anybody asked for it.
    const fetched = machines.open(remote);
    expect(await linesIn(fetched)).not.toEqual([]);
    await expect(fetched.tryReadBlob(digest)).rejects.toMatchObject({ code: "E607" });
    const other = machines.open(remote);
    expect(await other.putBlob("a manifest")).toBe(digest);
    expect(await machines.open(remote).tryReadBlob(digest)).toBe("a manifest");
  });

  test("an epoch that cannot be read is taken after the chain's, and its writer is ended", async () => {
    const { remote, store, head } = await noted("epochs");
    const first = await store.takeEpoch({ holder: "a", waitMs: 0 });
    const second = await first.append(head, notes(head, first.epoch, "x"));
    replaceFile(remote, "epoch.json", Buffer.from("[]"));
    const next = await machines.open(remote).takeEpoch({ holder: "b", waitMs: 0 });
    expect(next.epoch).toBe(3);
    await expect(first.append(second, notes(second, first.epoch, "y"))).rejects.toMatchObject({ code: "E604" });
    await next.append(second, notes(second, next.epoch, "z"));
  });

  test("a ref among the spooled endings that is none is told, by its name", async () => {
    const { remote } = await noted("spool");
    const blob = gitWith(remote, '{"id":"other"}', "hash-object", "-w", "--stdin");
    const tree = gitWith(remote, `100644 blob ${blob}\tentry.json\n`, "mktree");
    git(remote, "update-ref", "refs/leasehold/spool/strange", gitWith(remote, "", "commit-tree", "-m", "x", tree));
    const error: unknown = await machines
      .open(remote)
      .readSpool()
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "E607" });
    expect((error as Error).message).toContain("refs/leasehold/spool/strange");
  });
});

test("a copy that was damaged on this machine says where it is, and another is fetched once it is removed", async () => {
  const { remote } = await noted("damaged");
  const { execFileSync } = await import("node:child_process");
  const cache = join(machines.root, "damaged/.cache/leasehold");
  execFileSync("sh", [
    "-c",
    `find "${cache}" -path '*objects/??/*' -type f -exec chmod u+w {} + -exec sh -c ': > "$1"' _ {} \\;`,
  ]);
  const error: unknown = await openLog({ store: machines.open(remote, { home: "damaged" }), installation }).catch(
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ code: "E606" });
  expect(
    (error as Error).message + String((error as { diagnostics: readonly { fix: string }[] }).diagnostics[0]?.fix),
  ).toContain(cache);
  execFileSync("rm", ["-rf", cache]);
  expect((await openLog({ store: machines.open(remote, { home: "damaged" }), installation })).head?.sequence).toBe(8);
});

function text(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""));
}

/** The answer with one bit of the objects' bytes flipped; headers of `cat-file` are git's own and stay. */
function flipped<T extends { readonly stdout: Uint8Array }>(answer: T, command: string | undefined, bit: number): T {
  if (command !== "cat-file") return answer;
  const bytes = Buffer.from(answer.stdout);
  let left = Math.floor(bit / 8);
  for (let offset = 0; offset < bytes.length;) {
    const end = bytes.indexOf(0x0a, offset);
    const size = Number(bytes.subarray(offset, end).toString("latin1").split(" ")[2]);
    if (left < size) {
      bytes[end + 1 + left]! ^= 1 << (bit % 8);
      break;
    }
    left -= size;
    offset = end + 1 + size + 1;
  }
  return { ...answer, stdout: bytes };
}
