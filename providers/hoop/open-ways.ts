/** Ways in that nobody has to ask for, and other weaknesses of the gate: first in every plan. */
import { gateName } from "../../lib/model/gateway-object";
import type { OpenWay } from "../../lib/model/observed";
import type { ConnectionItem } from "./client/connections";
import type { RuleItem } from "./client/rules";
import { isAuditor, type CallerFacts } from "./client/server";
import type { UserItem } from "./client/users";
import type { Dialect } from "./dialect";
import { connectionFlaw } from "./objects/connection";
import { coverOf, effectOf, gateFlaw, type RuleEffect } from "./objects/gate";
import { installationTag } from "./objects/mark";

/** What is looked at. */
export interface Surroundings {
  readonly installation: string;
  readonly url: string;
  readonly dialect: Dialect;
  readonly connections: readonly ConnectionItem[];
  readonly rules: readonly RuleItem[];
  readonly users: readonly UserItem[];
  /** Undefined while `access_control` is not enabled. */
  readonly accessLists: ReadonlyMap<string, readonly string[]> | undefined;
  /** Undefined for a key that may not list them. */
  readonly keys: readonly { readonly name: string; readonly groups: readonly string[] }[] | undefined;
  readonly caller: CallerFacts;
  readonly skewMs: number;
}

/** Every Connection that lets somebody in without a lease. */
export function openWaysOf(around: Surroundings): readonly OpenWay[] {
  if (!around.dialect.ungatedIsOpen) return [];
  const rules = around.rules.map((rule) => ({ rule, effect: effectOf(rule), covers: coverOf(rule) }));
  return around.connections.flatMap((connection): OpenWay[] => {
    const why = whyOpen(connection, rules);
    if (why === undefined || !(connection.isConnectEnabled || connection.isMoreEnabled)) return [];
    const managed = connection.tags[installationTag] === around.installation;
    return [{ connection: connection.name, managed, why }];
  });
}

/** Weaknesses in words; names are of the gateway and bounded. */
export function weaknessesOf(around: Surroundings): readonly string[] {
  const gate = around.rules.find((rule) => rule.name === gateName);
  const flaw = gate === undefined ? undefined : gateFlaw(gate);
  return [
    ...(flaw === undefined ? [] : [`the rule ${gateName} is not as Leasehold writes it: ${flaw}`]),
    ...strayMembers(around),
    ...flawedConnections(around),
    ...grantingKeys(around),
    ...(around.dialect.visibilityMatters && around.accessLists === undefined
      ? ["the plugin access_control is not enabled: every user sees every connection, open or not"]
      : []),
    ...(isInTheClear(around.url) ? ["the gateway's url is http: its keys travel unencrypted"] : []),
    ...(Math.abs(around.skewMs) > 5_000
      ? [`the gateway's clock is ${Math.round(around.skewMs / 1000)} s off ours`]
      : []),
  ];
}

interface RuleWithEffect {
  readonly rule: RuleItem;
  readonly effect: RuleEffect;
  readonly covers: ReturnType<typeof coverOf>;
}

function whyOpen(connection: ConnectionItem, rules: readonly RuleWithEffect[]): string | undefined {
  const effects = rules.filter((one) => one.covers(connection));
  const leaky = effects.find((one) => one.effect === "lets some pass");
  if (leaky !== undefined) {
    return leaky.rule.askedGroups.length > 0
      ? `rule ${shown(leaky.rule.name)} asks only ${shown(leaky.rule.askedGroups.join(", "))}: everybody else passes`
      : `rule ${shown(leaky.rule.name)} lets ${shown(leaky.rule.skippingGroups.join(", "))} pass`;
  }
  if (effects.some((one) => one.effect === "closes") || connection.reviewers.length > 0) return undefined;
  return "no rule and no reviewers stand before it: everybody who sees it gets in";
}

function strayMembers(around: Surroundings): readonly string[] {
  const people = around.users.filter((user) => user.groups.includes(gateName)).map((user) => user.email);
  const keys = (around.keys ?? []).filter((key) => key.groups.includes(gateName)).map((key) => `the key ${key.name}`);
  return [...people, ...keys].map(
    (who) => `${shown(who)} is in group ${gateName} and can approve access at the gateway`,
  );
}

function flawedConnections(around: Surroundings): readonly string[] {
  return around.connections
    .filter((one) => one.tags[installationTag] === around.installation)
    .flatMap((one) => {
      const flaw = connectionFlaw(one);
      return flaw === undefined ? [] : [`connection ${shown(one.name)}: ${flaw}`];
    });
}

/** Every key that is not an auditor's can grant anybody anything that it sees. */
function grantingKeys(around: Surroundings): readonly string[] {
  const others = (around.keys ?? []).filter((key) => key.name !== around.caller.name && !isAuditor(key.groups));
  if (others.length === 0) return [];
  const names = others.slice(0, 10).map((key) => shown(key.name));
  const more = others.length > names.length ? ` and ${others.length - names.length} more` : "";
  return [`these API keys can grant access without Leasehold: ${names.join(", ")}${more}`];
}

function isInTheClear(url: string): boolean {
  return /^http:\/\//i.test(url) && !/^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/i.test(url);
}

/** The gateway's names are anybody's text: printable ASCII only, and short. */
function shown(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 120);
}
