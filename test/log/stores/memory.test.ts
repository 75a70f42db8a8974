import { memoryStore } from "../../../lib/log";
import { logStoreContract } from "../../contract/log-store";
import { QuickClock } from "../../doubles/quick-clock";

for (const fencing of ["lock", "epoch"] as const) {
  logStoreContract(`memory, fenced by ${fencing}`, {
    fencing,
    schedules: 500,
    place() {
      const store = memoryStore({ fencing, clock: new QuickClock() });
      return Promise.resolve({ open: () => store });
    },
  });
}
