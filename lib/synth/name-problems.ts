import { everyoneName } from "../model/principal";
import type { DeclaredPaths } from "./paths";
import type { Problem } from "./problem";
import type { Synthesis } from "./synthesis";

/** Names that two things have: exactly, or so nearly that people or gateways would take one for the other. */
export function findNameProblems({ manifest, requests }: Synthesis, paths: DeclaredPaths): readonly Problem[] {
  const named = <T extends object>(kind: string, items: readonly T[], name: (item: T) => string): Named[] =>
    items.map((item) => ({ kind, name: name(item), path: paths.of(item, `${kind} ${name(item)}`) }));
  const groups = manifest.groups.filter((group) => group.name !== everyoneName);
  const users = named("user", manifest.users, (one) => one.email);
  return [
    ...twins(users, (one) => one.name, sameName),
    ...twins(distinct(users), (one) => one.name.toLowerCase(), differByCase),
    ...twins(logins(manifest.users, paths), (one) => one.name.toLowerCase(), sameLogin),
    ...twins(
      named("group", groups, (one) => one.name),
      (one) => one.name,
      sameName,
    ),
    ...twins(
      named("service account", manifest.serviceAccounts, (one) => one.name),
      (one) => one.name,
      sameName,
    ),
    ...twins(
      named("resource", manifest.resources, (one) => one.name),
      (one) => one.name,
      sameName,
    ),
    ...twins(
      named("guardrail", manifest.guardrails, (one) => one.name),
      (one) => one.name,
      sameName,
    ),
    ...twins(
      named("masking rule", manifest.maskingRules, (one) => one.name),
      (one) => one.name,
      sameName,
    ),
    ...twins(
      named("rule", manifest.rules, (one) => one.name),
      (one) => one.name,
      sameName,
    ),
    ...twins(
      named("request", requests, (one) => one.name),
      (one) => one.name,
      sameName,
    ),
    ...twins(connectionsAtGateways({ manifest, requests }, paths), (one) => one.name, sameGatewayName),
  ];
}

interface Named {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

function twins(
  items: readonly Named[],
  key: (item: Named) => string,
  tell: (item: Named, first: Named) => Problem,
): readonly Problem[] {
  const first = new Map<string, Named>();
  return items.flatMap((item) => {
    const earlier = first.get(key(item));
    if (earlier === undefined) first.set(key(item), item);
    return earlier === undefined ? [] : [tell(item, earlier)];
  });
}

function distinct(items: readonly Named[]): readonly Named[] {
  return [...new Map(items.map((item) => [item.name, item])).values()];
}

function logins(users: Synthesis["manifest"]["users"], paths: DeclaredPaths): readonly Named[] {
  return users.flatMap((user) =>
    user.github === undefined
      ? []
      : [{ kind: "user", name: user.github.login, path: paths.of(user, `user ${user.email}`) }],
  );
}

/** Connections of one Resource name twice are told as that name's problem. */
function connectionsAtGateways({ manifest }: Synthesis, paths: DeclaredPaths): readonly Named[] {
  const gateways = new Map(manifest.resources.map((resource) => [resource.name, resource.gateway]));
  const byId = new Map(manifest.connections.map((connection) => [connection.id, connection]));
  return [...byId.values()].map((connection) => ({
    kind: connection.gatewayName,
    name: JSON.stringify([gateways.get(connection.resource) ?? "", connection.gatewayName]),
    path: paths.of(connection, connection.path),
  }));
}

function sameName(item: Named, first: Named): Problem {
  const sentence = `the ${item.kind} name \`${item.name}\` is taken by ${first.path}`;
  return { path: item.path, sentence, fix: `give one of the two another name` };
}

function differByCase(item: Named, first: Named): Problem {
  const sentence = `\`${item.name}\` differs from \`${first.name}\` (${first.path}) by case only`;
  return { path: item.path, sentence, fix: "write the e-mail exactly as the gateway knows it, once" };
}

function sameLogin(item: Named, first: Named): Problem {
  const sentence = `the GitHub login \`${item.name}\` is that of ${first.path}`;
  return { path: item.path, sentence, fix: "give each person their own login: an approval has to be one person's" };
}

function sameGatewayName(item: Named, first: Named): Problem {
  const sentence = `the gateway name \`${item.kind}\` is taken by ${first.path}`;
  return { path: item.path, sentence, fix: "set `gatewayName` on one of the two connections" };
}
