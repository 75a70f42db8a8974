/** The files of a program: those of the disk double, each call at its turn. */
import type { AppendFile, Files, ReadFile } from "../../../lib/ports";
import type { Calls } from "./calls";

/** Puts turns around files. */
export function filesInTurns(calls: Calls, files: Files): Files {
  const name = (path: string): string => path.split("/").slice(-2).join("/");
  const readable = (path: string, file: ReadFile): ReadFile => ({
    size: () => file.size(),
    read: (offset, maxBytes) => calls.do(`read ${name(path)}`, () => file.read(offset, maxBytes)),
    close: () => file.close(),
  });
  const appendable = (path: string, file: AppendFile): AppendFile => ({
    ...readable(path, file),
    append: (bytes) => calls.do(`append to ${name(path)}`, () => file.append(bytes)),
    sync: () => calls.do(`sync ${name(path)}`, () => file.sync()),
    truncate: (size) => calls.do(`truncate ${name(path)}`, () => file.truncate(size)),
  });
  return {
    tryReadText: (path, maxBytes) => calls.do(`read ${name(path)}`, () => files.tryReadText(path, maxBytes)),
    writeText: (path, text, options) => calls.do(`write ${name(path)}`, () => files.writeText(path, text, options)),
    async tryOpenRead(path) {
      const file = await files.tryOpenRead(path);
      return file === undefined ? undefined : readable(path, file);
    },
    async openAppend(path, options) {
      return appendable(path, await calls.do(`open ${name(path)}`, () => files.openAppend(path, options)));
    },
    list: (directory) => calls.do(`list ${name(directory)}`, () => files.list(directory)),
    tryLock: (path) => calls.do(`lock ${name(path)}`, () => files.tryLock(path)),
    remove: (path) => calls.do(`remove ${name(path)}`, () => files.remove(path)),
    makeDirectory: (path, options) => calls.do(`make ${name(path)}`, () => files.makeDirectory(path, options)),
  };
}
