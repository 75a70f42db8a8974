/** Connections as an effect's target. */
import { isFailure } from "../../lib/errors";
import { canonicalJson } from "../../lib/model/canonical";
import type { ConnectionObject } from "../../lib/model/gateway-object";
import type { ApiAnswer } from "./client/api";
import {
  createConnection,
  deleteConnection,
  putConnection,
  tryFindConnection,
  type ConnectionItem,
} from "./client/connections";
import { listSafeguards, putSafeguard, type SafeguardItem } from "./client/safeguards";
import { listAgents, type AgentItem } from "./client/server";
import { listSessions } from "./client/sessions";
import type { Checked, Obstacle, Target } from "./configure";
import { clear } from "./end";
import { connectionBody, connectionFlaw, connectionOf, filledInTag } from "./objects/connection";
import { installationTag } from "./objects/mark";
import { base64, storeWayIn, type StoredWayIn } from "./objects/way-in";
import { connectionContext, ours } from "./observe";
import type { HoopRun } from "./run";

/** Finds a Connection, to be written as `value`; secrets are resolved here and nowhere else. */
export async function connectionTarget(run: HoopRun, value: ConnectionObject): Promise<Target | Obstacle> {
  const { writer, dialect } = run.context;
  const before = await tryFindConnection(writer, value.name);
  const stored = storeWayIn(value, value.resourceKind, dialect.storesSecrets);
  if (typeof stored === "string") return { because: "permanent", why: stored };
  const around = await lookAround(run);
  const agent = agentOf(run, value, around.agents);
  if (agent === undefined) return { because: "passing", why: "the gateway does not have its agent" };
  const missing = missingSafeguard(value, around);
  if (missing !== undefined) return { because: "passing", why: `its safeguard ${missing} is not there yet` };
  const secret = await secretOf(run, value, stored);
  if ("because" in secret) return secret;
  const writing: Writing = { value, around, stored, secret: secret.values, agentId: agent.id };
  return {
    before: before === undefined ? undefined : beforeOf(before),
    write: () => write(run, writing, before),
    check: () => check(run, writing),
  };
}

/** Finds a Connection, to be deleted: everything on it, whosever, is ended first, since nothing could end it later. */
export async function deletionTarget(run: HoopRun, name: string): Promise<Target> {
  const { writer } = run.context;
  const before = await tryFindConnection(writer, name);
  return {
    before: before === undefined ? undefined : beforeOf(before),
    write: async () => {
      await clearConnection(run, name);
      return await deleteConnection(writer, name);
    },
    check: async () => {
      if ((await tryFindConnection(writer, name)) !== undefined)
        return { kind: "not as wanted", why: "it is still there" };
      // Somebody may have slipped in before the delete; their line outlives it.
      await clearConnection(run, name);
      return { kind: "as wanted" };
    },
  };
}

interface Around {
  readonly agents: readonly AgentItem[];
  readonly guardrails: readonly SafeguardItem[];
  readonly maskingRules: readonly SafeguardItem[];
}

interface Writing {
  readonly value: ConnectionObject;
  readonly around: Around;
  readonly stored: StoredWayIn;
  readonly secret: Readonly<Record<string, string>>;
  readonly agentId: string;
}

async function clearConnection(run: HoopRun, connection: string): Promise<void> {
  await clear(run, {
    connection,
    rows: async () =>
      (await listSessions(run.context.writer, { connection })).filter((row) => row.connection === connection),
    isToEnd: () => true,
  });
}

function beforeOf(item: ConnectionItem): NonNullable<Target["before"]> {
  return { ref: item.id, installation: item.tags[installationTag] };
}

async function lookAround(run: HoopRun): Promise<Around> {
  const { writer } = run.context;
  return {
    agents: await listAgents(writer),
    guardrails: await listSafeguards(writer, "guardrails"),
    maskingRules: await listSafeguards(writer, "datamasking-rules"),
  };
}

function agentOf(run: HoopRun, value: ConnectionObject, agents: readonly AgentItem[]): AgentItem | undefined {
  const name = value.agent ?? run.context.agent;
  if (name !== undefined) return agents.find((agent) => agent.name === name);
  return agents.length === 1 ? agents[0] : undefined;
}

function missingSafeguard(value: ConnectionObject, around: Around): string | undefined {
  const has = (items: readonly SafeguardItem[]) => (name: string) => !items.some((item) => item.name === name);
  return value.guardrails.find(has(around.guardrails)) ?? value.maskingRules.find(has(around.maskingRules));
}

async function secretOf(
  run: HoopRun,
  value: ConnectionObject,
  stored: StoredWayIn,
): Promise<{ readonly values: Readonly<Record<string, string>> } | Obstacle> {
  if (!run.context.dialect.storesSecrets) return { values: stored.plain };
  const values: Record<string, string> = { ...stored.plain };
  for (const [name, ref] of Object.entries(value.secrets)) {
    try {
      values[stored.secretKeys[name] ?? ""] = base64(await run.secrets.resolve(ref));
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      return { because: "passing", why: `its secret \`${name}\` could not be read from ${ref}` };
    }
  }
  return { values };
}

async function write(run: HoopRun, writing: Writing, before: ConnectionItem | undefined): Promise<ApiAnswer> {
  const { writer, installation } = run.context;
  const { value, around, stored, secret, agentId } = writing;
  const ourRails = ours(around.guardrails, installation);
  const wanted = ourRails.filter((item) => value.guardrails.includes(item.name)).map((item) => item.id);
  // Somebody else's guardrail on it is a safeguard too: it stays.
  const foreign = around.guardrails
    .filter((item) => !ourRails.includes(item) && before !== undefined && item.connectionIds.includes(before.id))
    .map((item) => item.id);
  const parts = { installation, agentId, stored, secret, guardrailIds: [...wanted, ...foreign] };
  const body = connectionBody(value, parts, before);
  const answer =
    before === undefined ? await createConnection(writer, body) : await putConnection(writer, value.name, body);
  if (answer.status >= 300) return answer;
  await finish(run, writing);
  return answer;
}

/** What only the gateway's answer tells: the command that it filled in, and the id that masking rules name. */
async function finish(run: HoopRun, writing: Writing): Promise<void> {
  const { writer } = run.context;
  const { value } = writing;
  const after = await tryFindConnection(writer, value.name);
  if (after === undefined) return;
  const tag = filledInTag(value, after);
  if (tag !== undefined) {
    const secret = { ...writing.secret };
    await putConnection(writer, value.name, { ...after.raw, secret, connection_tags: { ...after.tags, ...tag } });
  }
  for (const item of ours(writing.around.maskingRules, run.context.installation)) {
    const isOn = item.connectionIds.includes(after.id);
    if (isOn === value.maskingRules.includes(item.name)) continue;
    const others = item.connectionIds.filter((id) => id !== after.id);
    const connection_ids = isOn ? others : [...others, after.id];
    await putSafeguard(writer, "datamasking-rules", item.id, { ...item.raw, connection_ids });
  }
}

async function check(run: HoopRun, writing: Writing): Promise<Checked> {
  const after = await tryFindConnection(run.context.writer, writing.value.name);
  if (after === undefined) return { kind: "not as wanted", why: "it is not there" };
  const why = await whyDifferent(run, writing, after);
  if (why !== undefined) return { kind: "not as wanted", why };
  const { secretsUpdatedAt } = after;
  return { kind: "as wanted", ref: after.id, ...(secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt }) };
}

async function whyDifferent(run: HoopRun, writing: Writing, after: ConnectionItem): Promise<string | undefined> {
  if (after.tags[installationTag] !== run.context.installation) return "it does not carry our installation";
  const flaw = connectionFlaw(after);
  if (flaw !== undefined) return flaw;
  const read = connectionOf(after, connectionContext(run.context, await lookAround(run)));
  const { agent: _named, ...wanted } = wantedForm(writing.value);
  const { agent: _read, ...found } = read;
  if (after.agentId !== writing.agentId) return "it has another agent";
  if (canonicalJson(found) !== canonicalJson(wanted)) return "it reads back different";
  const differing = Object.entries(writing.secret).find(([key, sent]) => (after.secret[key] ?? "") !== sent);
  const isStored = run.context.dialect.storesSecrets;
  return differing === undefined || !isStored ? undefined : "what it logs in with reads back different";
}

/** A desired Connection as an observed one would be: names of secrets only. */
function wantedForm(value: ConnectionObject): ConnectionObject {
  return {
    ...value,
    secrets: Object.fromEntries(Object.keys(value.secrets).map((name) => [name, ""])),
    guardrails: value.guardrails.toSorted(),
    maskingRules: value.maskingRules.toSorted(),
  };
}
