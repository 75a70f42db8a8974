import { memoryProvider } from "../../providers/memory/provider";
import {
  isLetIn,
  isSessionOpen,
  leasesOfPair,
  makeWorld,
  openSession,
  putLease,
  putObject,
} from "../../providers/memory/world";
import type { FaultScript } from "../../providers/memory/faults";
import { QuickClock } from "../doubles/quick-clock";
import { installationA, secretsOf } from "./fixtures";
import type { GatewayUnderTest } from "./gateway";

/** The reference model under the suite. */
export async function memoryGateway(faults?: FaultScript): Promise<GatewayUnderTest> {
  const clock = new QuickClock();
  const world = makeWorld({ clock });
  const installation = installationA;
  return {
    name: "memory",
    installation,
    clock,
    secrets: secretsOf,
    target: { host: "127.0.0.1", port: 5432 },
    provider: (options = {}) =>
      memoryProvider({
        gateway: "prod",
        installation: options.installation ?? installation,
        world,
        ...(faults === undefined ? {} : { faults }),
      }),
    addUser: async (name, { active = true } = {}) => {
      putObject(world, { value: { kind: "user", name, displayName: name, active } });
    },
    plantLease: async (lease) => {
      putLease(world, lease);
    },
    plantObject: async (kind, name) => {
      if (kind === "guardrail") putObject(world, { value: { kind, name, input: [], output: [] } });
      else {
        putObject(world, {
          value: {
            kind,
            name,
            resource: name,
            resourceKind: "tcp",
            settings: {},
            secrets: {},
            command: [],
            guardrails: [],
            maskingRules: [],
          },
        });
      }
    },
    endDirectly: async (ref) => {
      for (const row of world.leases) if (row.ref === ref) row.state = "removed";
    },
    foreign: async () => {
      const objects = [...world.objects.values()].filter((row) => row.installation !== installation);
      const leases = world.leases.filter((row) => row.correlation?.startsWith(`lh:${installation}:`) !== true);
      return JSON.stringify([objects, leases]);
    },
    isLetIn: async (person, connection) => isLetIn(world, person, connection),
    countLeases: async (person, connection) =>
      leasesOfPair(world, person, connection).filter((row) => row.correlation?.includes(installation)).length,
    openLine: async (person, connection) => {
      const session = openSession(world, person, connection);
      if (session === undefined) return undefined;
      return { isOpen: async () => isSessionOpen(world, session), close: async () => undefined };
    },
    pass: async (seconds) => clock.jump(seconds * 1000),
    close: async () => undefined,
  };
}
