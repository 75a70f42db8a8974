/** What tests ask the server about itself, and its accidents. */
import { countersOf } from "../http/calls";
import type { PlantedFault } from "../http/faults";
import type { GitHubServer } from "../http/server";
import type { World } from "../world/world";

/** Actions on the server. */
export function watchingScript(world: World, server: () => GitHubServer) {
  return {
    /** Lets an accident happen to the next matching calls. */
    async plantFault(fault: PlantedFault): Promise<void> {
      server().faults.plant(fault);
    },
    async clearFaults(): Promise<void> {
      server().faults.clear();
    },
    /** Counts since the last reset. */
    async counters() {
      return countersOf(server().calls);
    },
    /** Every call since the last reset. */
    async calls() {
      return [...server().calls];
    },
    async resetCalls(): Promise<void> {
      server().calls.length = 0;
    },
    /** Events since the start, oldest first: what GITHUB_EVENT_PATH would hold. */
    async events() {
      return Promise.all(world.events.map((event) => event()));
    },
    /** The double's own mistakes: answers that GitHub would not give, fields that are not modelled. A test wants none. */
    async violations(): Promise<readonly string[]> {
      return [...world.violations];
    },
    /** Puts the server's clock on. */
    async advance(seconds: number): Promise<void> {
      world.advance(seconds);
    },
  };
}
