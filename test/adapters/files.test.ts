import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemFiles } from "../../lib/adapters/files";
import { filesContract } from "../contract/files";
import { temporaryFolder } from "../support/folders";

const folder = temporaryFolder();
const files = systemFiles();

filesContract("the files of this machine", {
  place: () => Promise.resolve({ directory: mkdtempSync(join(folder, "place-")), open: () => systemFiles() }),
});

describe("the files of this machine", () => {
  it("get the modes that are asked for", async () => {
    const directory = join(folder, "deep", "er");
    await files.makeDirectory(directory, { mode: 0o700 });
    await files.makeDirectory(directory, { mode: 0o700 });
    await files.writeText(join(directory, "text"), "x", { mode: 0o600 });
    await (await files.openAppend(join(directory, "log"), { mode: 0o600 })).close();
    const modes = ["", "text", "log"].map((name) => (statSync(join(directory, name)).mode & 0o777).toString(8));
    expect(modes).toEqual(["700", "600", "600"]);
  });

  it("name the path and keep the system's code when something fails", async () => {
    const path = join(folder, "no-such-directory", "x");
    const error: unknown = await files.writeText(path, "x").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "E704", cause: { code: "ENOENT" } });
    expect(String(error)).toContain(path);
    await expect(files.tryReadText(folder, 10)).rejects.toMatchObject({ code: "E704", cause: { code: "EISDIR" } });
    expect(await files.tryReadText(join(__filename, "below-a-file"), 10)).toBeUndefined();
  });

  it("leave no half-written file behind when a text cannot take its place", async () => {
    const directory = mkdtempSync(join(folder, "place-"));
    mkdirSync(join(directory, "taken", "by", "a-directory"), { recursive: true });
    await expect(files.writeText(join(directory, "taken"), "x")).rejects.toMatchObject({ code: "E704" });
    expect(readdirSync(directory)).toEqual(["taken"]);
  });

  it("replace a symbolic link by the file, and do not write through it", async () => {
    const directory = mkdtempSync(join(folder, "place-"));
    writeFileSync(join(directory, "target"), "kept");
    symlinkSync(join(directory, "target"), join(directory, "link"));
    await files.writeText(join(directory, "link"), "new");
    expect(await files.tryReadText(join(directory, "target"), 10)).toBe("kept");
    expect(await files.tryReadText(join(directory, "link"), 10)).toBe("new");
  });

  it("lock the file of the name, also after somebody has removed it", async () => {
    const path = join(mkdtempSync(join(folder, "place-")), "lock");
    const lost = await files.tryLock(path);
    rmSync(path);
    const lock = await files.tryLock(path);
    expect(lock).toBeDefined();
    await lost?.release();
    expect(await files.tryLock(path)).toBeUndefined();
    await lock?.release();
  });
});
