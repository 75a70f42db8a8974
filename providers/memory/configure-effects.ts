/** Writing the configuration of a memory world: the reference for what every provider must come to. */
import { digestOf } from "../../lib/model/canonical";
import type { GatewayObject } from "../../lib/model/gateway-object";
import { instantOf } from "../../lib/model/instant";
import type { ConfigureEffect, EffectOutcome, Secrets } from "../../lib/ports";
import { objectKeyOf, putObject, worldNow } from "./world";
import type { ObjectRow, World } from "./world";

/** What the writer is: whose objects it may touch, and where values of secrets come from. */
export interface ConfigureContext {
  readonly installation: string;
  readonly secrets: Secrets;
  readonly storesSecrets: boolean;
}

/** Writes or deletes one object; refuses whatever is not ours and not free to adopt. */
export async function configure(
  world: World,
  effect: ConfigureEffect,
  context: ConfigureContext,
): Promise<EffectOutcome> {
  const before = world.objects.get(objectKeyOf(effect.subject));
  if (before !== undefined && effect.ref !== undefined && effect.ref !== before.ref) {
    return { kind: "refused", effect, because: "passing", why: "it was made anew since it was observed" };
  }
  const obstacle = obstacleOf(effect, before, context.installation);
  if (obstacle !== undefined) return { kind: "refused", effect, because: "permanent", why: obstacle };
  if (effect.value === null) return remove(world, effect, before);
  const secrets = await resolved(effect.value, context);
  if (secrets.kind === "missing") return { kind: "refused", effect, because: "passing", why: secrets.why };
  return write(world, effect, effect.value, { before, installation: context.installation, digest: secrets.digest });
}

function obstacleOf(effect: ConfigureEffect, before: ObjectRow | undefined, installation: string): string | undefined {
  if (effect.subject.kind === "user") return userObstacle(effect, before);
  if (before === undefined || before.installation === installation) return undefined;
  if (before.installation !== undefined) return "it belongs to another installation";
  return effect.adopt ? undefined : "somebody else made it; `adopt` takes it over";
}

/** Users carry no mark of ours, so only missing ones are made; see SEMANTICS.md, "Leases on a gateway". */
function userObstacle(effect: ConfigureEffect, before: ObjectRow | undefined): string | undefined {
  if (effect.value === null) return "users are never deleted";
  const isSame = before?.value.kind === "user" && before.value.active;
  return before === undefined || isSame ? undefined : "this user is there and not active; users are never changed";
}

function remove(world: World, effect: ConfigureEffect, before: ObjectRow | undefined): EffectOutcome {
  const { kind, name } = effect.subject;
  if (kind === "connection") endEverythingOn(world, name);
  if (before !== undefined) world.objects.delete(objectKeyOf(before.value));
  return { kind: "configured", effect };
}

function endEverythingOn(world: World, connection: string): void {
  for (const row of world.leases) if (row.connection === connection) row.state = "removed";
  for (const session of world.sessions) {
    if (session.connection === connection) session.closedAt ??= worldNow(world);
  }
}

type Resolved =
  | { readonly kind: "resolved"; readonly digest: string | undefined }
  | { readonly kind: "missing"; readonly why: string };

async function resolved(value: GatewayObject, context: ConfigureContext): Promise<Resolved> {
  if (value.kind !== "connection" || !context.storesSecrets) return { kind: "resolved", digest: undefined };
  const values: Record<string, string> = {};
  for (const [name, ref] of Object.entries(value.secrets)) {
    try {
      values[name] = await context.secrets.resolve(ref);
    } catch {
      return { kind: "missing", why: `its secret \`${name}\` could not be read from ${ref}` };
    }
  }
  return { kind: "resolved", digest: digestOf([value.host ?? "", value.port ?? 0, value.settings, values]) };
}

function write(
  world: World,
  effect: ConfigureEffect,
  value: GatewayObject,
  known: { readonly before: ObjectRow | undefined; readonly installation: string; readonly digest: string | undefined },
): EffectOutcome {
  const { before, installation, digest } = known;
  if (value.kind === "user") {
    const user = before ?? putObject(world, { value });
    return { kind: "configured", effect, ref: user.ref };
  }
  const isSame = before?.secretsDigest === digest;
  const secretsUpdatedAt = isSame ? before?.secretsUpdatedAt : instantOf(worldNow(world));
  const row = putObject(world, {
    value,
    installation,
    ...(before === undefined ? {} : { ref: before.ref }),
    ...(digest === undefined ? {} : { secretsDigest: digest }),
    ...(secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt }),
  });
  return {
    kind: "configured",
    effect,
    ref: row.ref,
    ...(row.secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt: row.secretsUpdatedAt }),
  };
}
