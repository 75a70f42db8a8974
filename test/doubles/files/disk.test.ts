import { filesContract } from "../../contract/files";
import { Crashed, Disk } from "./disk";

filesContract("the disk double", {
  place() {
    const disk = new Disk();
    return Promise.resolve({ directory: "/place", open: () => disk.start().files });
  },
});

describe("a crash of the disk double", () => {
  it("keeps what was synced and any length of what was not", async () => {
    const lengths = new Set<number>();
    for (let n = 0; n <= 20; n += 1) {
      const disk = new Disk({ chance: () => Math.min(n / 20, 0.999) });
      const file = await disk.start().files.openAppend("/log");
      await file.append(Buffer.from("synced"));
      await file.sync();
      await file.append(Buffer.from("-lost"));
      disk.crash();
      const text = (await disk.start().files.tryReadText("/log", 100)) ?? "";
      expect("synced-lost".startsWith(text)).toBe(true);
      expect(text.length).toBeGreaterThanOrEqual(6);
      lengths.add(text.length);
      await expect(file.append(Buffer.from("x"))).rejects.toBeInstanceOf(Crashed);
    }
    expect(lengths.size).toBe(6);
  });

  it("keeps the old text or the new one of a file that was being written, never half", async () => {
    const seen = new Set<string | undefined>();
    for (let step = 1; step <= 12; step += 1) {
      for (const chance of [0.1, 0.9]) {
        const disk = new Disk({ chance: () => chance });
        await disk.start().files.writeText("/a", "old");
        disk.crashAt = disk.steps.length + step;
        await disk
          .start()
          .files.writeText("/a", "new")
          .catch((error: unknown) => expect(error).toBeInstanceOf(Crashed));
        disk.crash();
        seen.add(await disk.start().files.tryReadText("/a", 100));
      }
    }
    expect([...seen].toSorted()).toEqual(["new", "old"]);
  });

  it("frees the locks of those who die, and only of those", async () => {
    const disk = new Disk();
    const [one, other] = [disk.start(), disk.start()];
    await one.files.tryLock("/a");
    await other.files.tryLock("/b");
    one.kill();
    expect(await other.files.tryLock("/a")).toBeDefined();
    expect(await disk.start().files.tryLock("/b")).toBeUndefined();
    await expect(one.files.list("/")).rejects.toBeInstanceOf(Crashed);
  });
});
