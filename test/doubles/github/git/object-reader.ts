import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { GitObject, ObjectKind } from "./objects";
import { bareGitEnvironment } from "./run-git";

/** Reads objects through one `git cat-file --batch` that is kept open; answers come in the order of the questions. */
export class ObjectReader {
  private child: ChildProcessWithoutNullStreams | undefined;
  private readonly waiting: ((object: GitObject | undefined) => void)[] = [];
  private received = Buffer.alloc(0);

  constructor(private readonly directory: string) {}

  /** The object by its id, or undefined. */
  read(sha: string): Promise<GitObject | undefined> {
    const child = (this.child ??= this.start());
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      child.stdin.write(`${sha}\n`);
    });
  }

  /** Ends git; open questions are answered with undefined. */
  async close(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    await new Promise<void>((resolve) => {
      child.once("close", () => resolve());
      child.stdin.end();
    });
    for (const answer of this.waiting.splice(0)) answer(undefined);
  }

  private start(): ChildProcessWithoutNullStreams {
    const child = spawn("git", ["-C", this.directory, "cat-file", "--batch"], {
      env: bareGitEnvironment,
      stdio: "pipe",
    });
    // It ends with us at the latest: its input is a pipe of ours.
    child.unref();
    child.stdin.on("error", () => undefined);
    child.stdout.on("data", (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      while (this.takeOne());
    });
    return child;
  }

  private takeOne(): boolean {
    const end = this.received.indexOf(0x0a);
    if (end === -1) return false;
    const [, kind = "", size = ""] = this.received.toString("latin1", 0, end).split(" ");
    if (kind === "missing" || kind === "ambiguous" || size === "") {
      this.received = this.received.subarray(end + 1);
      this.waiting.shift()?.(undefined);
      return true;
    }
    const last = end + 1 + Number(size);
    if (this.received.length < last + 1) return false;
    const bytes = Buffer.from(this.received.subarray(end + 1, last));
    this.received = this.received.subarray(last + 1);
    this.waiting.shift()?.({ kind: kind as ObjectKind, bytes });
    return true;
  }
}
