/** What happened between the recorded cases: per file, by the number of the case before which it happened. */
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "./world";

/** Something that happened before a case. */
export type Step = (world: World) => Promise<unknown>;

/** The cases that were recorded on a gateway of their own start here. */
export const freshWorlds: Readonly<Record<string, readonly number[]>> = {
  plugins: [3],
  reviews: [2, 35, 36, 38, 40, 50, 51],
  sessions: [40, 41, 43, 45, 46, 48, 49, 50],
};

/** The steps. */
export const steps: Readonly<Record<string, Readonly<Record<number, Step>>>> = {
  plugins: {
    6: (world) => world.must("POST", "/plugins", { name: "access_control", connections: [] }),
    23: async (world) => {
      await setList(world, "pg-prod-readonly", ["engineering", "dba"]);
      await setList(world, "pg-prod-admin", ["security"]);
    },
  },
  rules: { 1: (world) => world.must("DELETE", "/access-requests/rules/prod-ro") },
  server: {
    21: async (world) => {
      const key = world.tokens.get("api key, group admin");
      const { id } = await world.must("POST", "/guardrails", { name: "no-drop", input: { rules: [] } }, key);
      world.ids.set("a5e2901e-a5d2-45d4-9158-36b8e6c1e6f8", id);
      await world.must("DELETE", `/guardrails/${id}`, undefined, key);
      await world.call("DELETE", `/guardrails/${id}`, undefined, key);
    },
  },
  grants: {
    45: (world) => setStatus(world, "carol", "inactive"),
    46: async (world) => {
      await setStatus(world, "carol", "active");
      await world.change("pg-prod-admin", { mandatory_metadata_fields: ["ticket"] });
    },
    48: (world) => world.change("pg-prod-admin", { mandatory_metadata_fields: [], access_max_duration: 600 }),
    49: (world) => world.change("pg-prod-admin", { reviewers: ["dba", "security"] }),
    53: (world) => world.rule({ access_max_duration: 7200 }),
    56: async (world) => {
      await world.must("POST", "/plugins", { name: "access_control", connections: [] });
      await setList(world, "pg-prod-readonly", ["dba"]);
    },
    57: (world) => setList(world, "pg-prod-readonly", ["dba", "lease-writers"]),
    59: (world) => world.must("DELETE", "/users/alice@example.com"),
    60: async (world) => {
      await world.must("POST", "/users", { email: "alice@example.com", name: "Alice", groups: ["engineering"] });
    },
    65: async (world) => {
      await world.change("pg-prod-readonly", { reviewers: ["leasehold-approvers"] });
      await world.grant("j1");
      await world.must("DELETE", "/connections/pg-prod-readonly");
    },
  },
  reviews: {
    0: async (world) => {
      await world.change("pg-prod-admin", { reviewers: ["dba", "security"] });
      await world.grant(
        "lh:lr2",
        { session: "7d505e11-d4a1-4d26-bcfd-367b12aa159a", review: "0d484a9d-afc0-4006-85c5-05f7051f6b55" },
        { connection: "pg-prod-admin", approved_reviewers: ["dba"] },
      );
    },
    3: grantOf("lh:r1", "6117194b-6c07-45bc-80d6-3b84162ee22b", "676799ab-82db-4725-bd16-a3caef4e425c"),
    19: grantOf("lh:r2", "9b9f10f3-d3f0-464e-85c0-ce4edd8cac88", "ad83a863-0b5f-48c9-b5ca-ac9469fe0984"),
    20: grantOf("lh:r3", "07d73eb7-63f5-4a17-b8ed-b86a2f70ef63", "9b26a86a-f67b-48be-a63e-0f03073dc96a"),
    21: grantOf("lh:r4", "4998deaf-3780-4537-868b-c4df427d8012", "d28d7875-deea-420a-a78a-22788d35fd65"),
    22: grantOf("lh:r5", "bfc45c74-d315-4c38-82c1-88f8006206fa", "6f5f341f-deba-4ea1-b35c-5a6f5e435c6c"),
    23: grantOf("lh:r6", "cb0cc5f9-90a0-4ba6-8a2f-127e8127e6d9", "789fb192-40e3-4934-8795-d9630f66895b"),
    24: grantOf("lh:r7", "2cde29d5-672d-4461-b52f-7fe72ade5167", "41ce1fe6-b778-40fc-aa71-6c7fca3067b1"),
    30: async (world) => {
      await grantOf("lh:r8", "e24c571c-faed-47cd-bf22-5a2eef3fac0d", "83e13c72-2e1e-4411-8465-58d40f427630", 1)(world);
      world.clock.jump(1500);
    },
    32: async (world) => {
      await grantOf("lh:r9", "7097d37f-235a-46a2-9f50-f50bd0b7f701", "cd0a621b-f51a-45f8-ab52-264e2576f926", 1)(world);
      world.clock.jump(1500);
    },
    33: grantOf("lh:r10", "407099ac-a2ab-4f93-98f0-1e87f512a4f8", "70000000-0000-4000-8000-000000000000", 0),
    34: grantOf("aud2", "59b6cd70-4945-4e68-be4e-d8e5ef3622aa", "d437eb31-365e-456c-8f99-e266b15709ae"),
    35: async (world) => {
      await world.rule({ all_groups_must_approve: false, min_approvals: 1 });
      await world.must("PUT", "/users/bob@example.com", {
        email: "bob@example.com",
        name: "Bob",
        status: "active",
        groups: ["dba", "security"],
      });
      await world.ask(waiting("64a7f73a-a479-4e94-9d08-0864fb014d0d", "22e9a689-4246-4152-afe4-47544337068e"));
    },
    36: async (world) => {
      await world.rule({ force_approval_groups: ["security"] });
      await world.ask(waiting("1eacc0bf-8743-4d17-823a-0807676dd62c", "ab15beff-2c08-4d75-9273-df02fce57e22"));
    },
    38: async (world) => {
      await world.rule({
        name: "leasehold-gate",
        access_type: "jit_command",
        reviewers_groups: ["leasehold-gate"],
        min_approvals: 1,
      });
      await world.ask(waiting("f9e3a68f-d28f-4e45-af17-3a0b122c65b9", "6aee84a7-3b84-45d0-a713-580d1f4cbf59"));
    },
    40: async (world) => {
      await world.rule({});
      await world.ask(waiting("2dee5b93-2494-4786-af23-b78d2ca69e13", "0c2dea98-df1b-4b69-983f-b72319d2b4de"));
    },
    45: async (world) => {
      // The first one was approved meanwhile: revoked, so that the next connect waits again.
      await revokeLast(world);
      await world.ask(waiting("41f68d13-6306-4aee-a32e-ed80183bb081", "880cb4d5-a36b-4ca5-9df8-393d32372489"));
    },
    48: async (world) => {
      const ids = waiting("9aaf920d-39a9-41f7-9060-72805d56f148", "955c4d94-a4be-4ca6-aed6-0f1e0bc1fcc8");
      await world.ask(ids, { leaves: true });
    },
    50: async (world) => {
      await world.must("PUT", "/api-keys/leasehold-grants", { groups: ["lease-writers", "leasehold-approvers"] });
      await world.change("pg-prod-readonly", { reviewers: ["leasehold-approvers"] });
      await grantOf("n1", "766ebac8-30d2-4d62-9f09-a59b738abb7c", "c551abe3-ec7a-494f-aea9-e5ec1998ae36")(world);
    },
    51: async (world) => {
      await grantOf("j1", "5ccfb4be-25a9-4284-9ec0-f6c9e0a4dc6a", "d1a8486f-cbb2-40a5-9c74-4b027b786434")(world);
      await world.must("DELETE", "/connections/pg-prod-readonly");
    },
  },
  sessions: {
    0: thirteenSessions,
    36: (world) => Promise.resolve(world.clock.goOn()),
    40: async (world) => {
      // A copy of what is on disk while a session is open is what a crash leaves behind.
      await world.grant("crash");
      const stream = await world.connect();
      await world.until(async () => (await world.sessions()).find((row) => row.status === "open"));
      await world.restart((directory) => copyOf(directory));
      stream?.destroy();
      const row = await world.until(async () => (await world.sessions()).find((one) => one.review === null));
      await world.learn(row.id, { session: "9bd60a49-3093-4df9-8c8c-993f1ba82647" });
    },
    41: grantOf("aud2", "59b6cd70-4945-4e68-be4e-d8e5ef3622aa", "d437eb31-365e-456c-8f99-e266b15709ae"),
    43: (world) => world.change("pg-prod-readonly", { reviewers: ["dba"], access_mode_exec: "enabled" }),
    44: async (world) => {
      await world.grant("live");
      await openSession(world, "dac73d00-a6bf-4f56-a0e4-8944c0310a05");
    },
    45: async (world) => {
      await world.grant("w8", {}, { access_duration_sec: 8 });
      const stream = await openSession(world, "ca967cc6-66f8-4f46-8eca-1a28ff5965c1");
      stream.write("x".repeat(1000));
      world.clock.jump(9000);
      await world.until(async () => (await world.sessions())[0]?.status === "done");
    },
    46: async (world) => {
      await world.grant("earlier", {}, { access_duration_sec: 0 });
      await world.rule({});
      await world.ask(waiting("2dee5b93-2494-4786-af23-b78d2ca69e13", "0c2dea98-df1b-4b69-983f-b72319d2b4de"));
    },
    47: async (world) => {
      const review = world.ids.get("0c2dea98-df1b-4b69-983f-b72319d2b4de") ?? "";
      await world.must("PUT", `/reviews/${review}`, { status: "APPROVED" }, world.tokens.get("user bob (group dba)"));
      await world.must(
        "PUT",
        `/reviews/${review}`,
        { status: "APPROVED" },
        world.tokens.get("user carol (group security)"),
      );
      const stream = await world.lastConnect();
      stream?.write("x");
      stream?.destroy();
      await world.until(async () => (await world.sessions())[0]?.status === "done");
    },
    48: async (world) => {
      await world.rule({});
      await world.ask(waiting("9aaf920d-39a9-41f7-9060-72805d56f148", "955c4d94-a4be-4ca6-aed6-0f1e0bc1fcc8"));
    },
    49: async (world) => {
      await world.change("pg-prod-readonly", { reviewers: ["dba"] });
      const session = await world.ask(
        waiting("34a22c40-1106-4806-be27-b3042d733e00", "d56c3600-4f49-4d6b-8337-77a68750587c"),
      );
      const approved = { status: "APPROVED" };
      await world.must("PUT", `/sessions/${session}/review`, approved, world.tokens.get("user bob (group dba)"));
      await world.lastConnect();
    },
  },
};

function waiting(session: string, review: string): { readonly session: string; readonly review: string } {
  return { session, review };
}

function grantOf(correlation: string, review: string, session: string, seconds = 3600): Step {
  return async (world) => {
    await world.grant(correlation, { session, review }, { access_duration_sec: seconds });
  };
}

async function openSession(world: World, recorded: string): Promise<NodeJS.WritableStream> {
  const stream = await world.connect();
  if (stream === undefined) throw new Error("the session was not opened");
  const row = await world.until(async () => (await world.sessions()).find((one) => one.review === null));
  await world.learn(row.id, { session: recorded });
  return stream;
}

/** Ten sessions of earlier, three of them APPROVED, and in the second of the cases themselves three and one more. */
async function thirteenSessions(world: World): Promise<void> {
  for (let at = 0; at < 8; at += 1) {
    const session = await world.grant(`lh:e${at}`);
    if (at >= 2) await world.must("PUT", `/reviews/${session}`, { status: "REVOKED" });
  }
  await grantOf("lh:r9", "7097d37f-235a-46a2-9f50-f50bd0b7f701", "cd0a621b-f51a-45f8-ab52-264e2576f926", 1)(world);
  const admin = world.tokens.get("api key, group admin");
  const again = world.ids.get("cd0a621b-f51a-45f8-ab52-264e2576f926") ?? "";
  await world.call("PUT", `/reviews/${again}`, { status: "APPROVED" }, admin);
  world.clock.staySecond();
  const orphan = await world.grant("lh:k0");
  await world.must("PUT", `/reviews/${orphan}`, { status: "REVOKED" });
  await grantOf("lh:k1", "557c6bb4-a55e-4bd7-9269-ff668b7b28cd", "703d82c9-6e39-4292-835c-a150cd4eb996")(world);
  await grantOf("lh:k2", "fd70b63b-74f7-441c-9146-99f7146ccfce", "53b3c457-aab4-4605-aa57-7e7ee74db2ee")(world);
  await grantOf("lh:k3", "d49704a3-8769-4ba0-8151-9bb1e2105a9f", "22958c30-0815-4b8e-b267-17b5eed054f8")(world);
}

async function setList(world: World, connection: string, config: readonly string[]): Promise<void> {
  const { id } = await world.must("GET", `/connections/${connection}`);
  await world.must("PUT", `/plugins/access_control/conn/${id}`, { config });
}

async function setStatus(world: World, name: string, status: string): Promise<void> {
  const email = `${name}@example.com`;
  const { groups, name: display } = await world.must("GET", `/users/${email}`);
  await world.must("PUT", `/users/${email}`, { email, name: display, status, groups });
}

async function revokeLast(world: World): Promise<void> {
  const review = world.ids.get("0c2dea98-df1b-4b69-983f-b72319d2b4de") ?? "";
  await world.must("PUT", `/reviews/${review}`, { status: "REVOKED" });
}

async function copyOf(directory: string): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), "leasehold-crash-"));
  for (const name of ["journal.jsonl", "keys.json"]) cpSync(join(directory, name), join(copy, name));
  return copy;
}
