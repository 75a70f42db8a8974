import { join } from "node:path";
import type { Files } from "../../lib/ports";

/** One kind of Files under the contract: in an empty directory, as several processes see it. */
export interface FilesHarness {
  place(): Promise<{ readonly directory: string; open(): Files }>;
}

/** What every Files port holds to; run for each kind, so that the double is no kinder than the real one. */
export function filesContract(name: string, harness: FilesHarness): void {
  describe(`the contract of Files: ${name}`, () => {
    it("says of what is missing that it is missing", async () => {
      const { files, path } = await placed();
      expect(await files.tryReadText(path("x"), 10)).toBeUndefined();
      expect(await files.tryOpenRead(path("x"))).toBeUndefined();
      expect(await files.list(path("nowhere"))).toEqual([]);
      await files.remove(path("x"));
    });

    it("writes a text whole in place of the one before, and leaves nothing else in the directory", async () => {
      const { files, path, directory } = await placed();
      await files.writeText(path("b"), "one");
      await files.writeText(path("a"), "x");
      await files.writeText(path("b"), "zwei — ü");
      expect(await files.tryReadText(path("b"), 100)).toBe("zwei — ü");
      expect(await files.list(directory)).toEqual(["a", "b"]);
      await files.remove(path("a"));
      expect(await files.list(directory)).toEqual(["b"]);
    });

    it("reads no more of a text than is allowed", async () => {
      const { files, path } = await placed();
      await files.writeText(path("a"), "12345");
      expect(await files.tryReadText(path("a"), 5)).toBe("12345");
      await expect(files.tryReadText(path("a"), 4)).rejects.toMatchObject({ code: "E704" });
    });

    it("appends, reads at any offset, and cuts", async () => {
      const { files, path } = await placed();
      const file = await files.openAppend(path("log"));
      await file.append(Buffer.from("hello "));
      await file.append(Buffer.from("world"));
      await file.sync();
      expect(await file.size()).toBe(11);
      expect(Buffer.from(await file.read(6, 100)).toString()).toBe("world");
      expect(await file.read(11, 5)).toHaveLength(0);
      await file.truncate(5);
      await file.append(Buffer.from("!"));
      const reader = await files.tryOpenRead(path("log"));
      expect(await reader?.size()).toBe(6);
      expect(Buffer.from((await reader?.read(1, 3)) ?? []).toString()).toBe("ell");
      expect(await files.tryReadText(path("log"), 100)).toBe("hello!");
      await reader?.close();
      await file.close();
      const again = await files.openAppend(path("log"));
      expect(await again.size()).toBe(6);
      await again.close();
    });

    it("shows a reader what is appended after it has opened the file", async () => {
      const { files, path } = await placed();
      const file = await files.openAppend(path("log"));
      const reader = await files.tryOpenRead(path("log"));
      await file.append(Buffer.from("new"));
      expect(Buffer.from((await reader?.read(0, 10)) ?? []).toString()).toBe("new");
      await reader?.close();
      await file.close();
    });

    it("gives a lock to one at a time, also within one process", async () => {
      const place = await harness.place();
      const path = join(place.directory, "lock");
      const [one, other] = [place.open(), place.open()];
      const lock = await one.tryLock(path);
      expect(lock).toBeDefined();
      expect(await one.tryLock(path)).toBeUndefined();
      expect(await other.tryLock(path)).toBeUndefined();
      await lock?.release();
      const next = await other.tryLock(path);
      expect(next).toBeDefined();
      expect(await one.tryLock(path)).toBeUndefined();
      await next?.release();
    });

    it("gives a lock to exactly one of many who ask at once", async () => {
      const place = await harness.place();
      const path = join(place.directory, "lock");
      const locks = await Promise.all(Array.from({ length: 16 }, () => place.open().tryLock(path)));
      const held = locks.filter((lock) => lock !== undefined);
      expect(held).toHaveLength(1);
      await held[0]?.release();
    });

    async function placed(): Promise<{ files: Files; directory: string; path(name: string): string }> {
      const place = await harness.place();
      return { files: place.open(), directory: place.directory, path: (one) => join(place.directory, one) };
    }
  });
}
