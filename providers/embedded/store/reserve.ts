/** Room on the disk that is given back when the disk is full, so that endings can still be written. */
import { open, rm } from "node:fs/promises";
import { limits } from "../limits";

/** The reserve of one journal. */
export interface Reserve {
  /** Whether the room is there. */
  readonly isThere: boolean;
  /** Takes the room; says whether it got it. */
  fill(): Promise<boolean>;
  /** Gives the room back to the disk. */
  give(): Promise<void>;
}

/** A reserve in a file of zeros beside the journal. */
export function fileReserve(path: string): Reserve {
  let isThere = false;
  return {
    get isThere() {
      return isThere;
    },
    fill: async () => {
      isThere = await write(path);
      return isThere;
    },
    give: async () => {
      isThere = false;
      await rm(path, { force: true });
    },
  };
}

async function write(path: string): Promise<boolean> {
  try {
    const handle = await open(path, "w", 0o600);
    try {
      // Written, not only made long: a hole in a file is no room.
      await handle.writeFile(Buffer.alloc(limits.journalReserve));
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return true;
  } catch {
    await rm(path, { force: true }).catch(() => undefined);
    return false;
  }
}
