import type { Manifest } from "../model/manifest";
import { tryParsePrincipal, type PrincipalRef } from "../model/names";
import type { ApprovalRule, ApprovalStep } from "../model/rule";
import { trySuggest, trySuggestEmail } from "../model/suggest";
import { conditionsOf, groupsOfCondition } from "./named-groups";
import type { DeclaredPaths } from "./paths";
import type { Problem } from "./problem";
import type { Synthesis } from "./synthesis";

/** Names that something refers to and nothing declares. */
export function findUnknownNames({ manifest, requests }: Synthesis, paths: DeclaredPaths): readonly Problem[] {
  const names = new Names(manifest);
  for (const user of manifest.users) {
    names.at(paths.of(user, `user ${user.email}`)).expect("user", user.manager);
  }
  for (const group of manifest.groups) {
    const at = names.at(paths.of(group, `group ${group.name}`));
    at.expectPrincipals(group.members);
    for (const nested of group.groups) at.expect("group", nested);
  }
  for (const account of manifest.serviceAccounts) {
    names.at(paths.of(account, `service account ${account.name}`)).expect("user", account.owner);
  }
  for (const resource of manifest.resources) names.at(resource.path).expect("gateway", resource.gateway);
  for (const connection of manifest.connections) {
    const at = names.at(connection.path);
    at.expect("resource", connection.resource);
    for (const one of connection.guardrails) at.expect("guardrail", one);
    for (const one of connection.maskingRules) at.expect("masking rule", one);
  }
  for (const rule of manifest.rules) {
    const at = names.at(rule.path);
    at.expectPrincipals(rule.who);
    for (const one of rule.may) at.expect("connection", one);
    for (const one of rule.mayRevoke) at.expect("group", one);
    at.expectApproval(rule.approval);
  }
  names.at("policyApproval").expectApproval({ steps: manifest.policyApproval });
  for (const request of requests) {
    const at = names.at(paths.of(request, `request ${request.name}`));
    at.expectPrincipals(request.for);
    for (const one of request.access) at.expect("connection", one);
    at.expect("rule", request.rule);
  }
  return names.problems;
}

type Kind =
  "user" | "group" | "service account" | "gateway" | "resource" | "connection" | "guardrail" | "masking rule" | "rule";

/** Looks names up in what a Manifest declares and collects those that are not there. */
class Names {
  readonly problems: Problem[] = [];
  private path = "";
  private readonly declared: Readonly<Record<Kind, ReadonlySet<string>>>;

  constructor(manifest: Manifest) {
    const names = (items: readonly { readonly name: string }[]): ReadonlySet<string> =>
      new Set(items.map((item) => item.name));
    this.declared = {
      user: new Set(manifest.users.map((user) => user.email)),
      group: names(manifest.groups),
      "service account": names(manifest.serviceAccounts),
      gateway: new Set(Object.keys(manifest.gateways)),
      resource: names(manifest.resources),
      connection: new Set(manifest.connections.map((connection) => connection.id)),
      guardrail: names(manifest.guardrails),
      "masking rule": names(manifest.maskingRules),
      rule: names(manifest.rules),
    };
  }

  /** What is looked up next belongs to this construct. */
  at(path: string): this {
    this.path = path;
    return this;
  }

  expect(kind: Kind, name: string | undefined): void {
    if (name === undefined || this.declared[kind].has(name)) return;
    const near = this.trySuggest(kind, name);
    const suggestion = near === undefined ? "" : `; did you mean \`${near}\`?`;
    this.problems.push({
      path: this.path,
      sentence: `there is no ${kind} \`${name}\`${suggestion}`,
      fix: fixFor(kind, near),
    });
  }

  /** Comparing names is slow, and of very many problems only the first are shown. */
  private trySuggest(kind: Kind, name: string): string | undefined {
    if (this.problems.length >= mostSuggestions) return undefined;
    const suggest = kind === "user" && name.includes("@") ? trySuggestEmail : trySuggest;
    return suggest(name, this.declared[kind]);
  }

  expectPrincipals(refs: readonly PrincipalRef[]): void {
    for (const ref of refs) {
      const parsed = tryParsePrincipal(ref);
      if (parsed?.kind === "group") this.expect("group", parsed.name);
      else if (parsed?.kind === "service") this.expect("service account", parsed.name);
      else this.expect("user", ref);
    }
  }

  expectApproval(approval: ApprovalRule): void {
    for (const step of approval.steps) for (const group of groupsOfStep(step)) this.expect("group", group);
    for (const group of conditionsOf(approval).flatMap(groupsOfCondition)) this.expect("group", group);
  }
}

const mostSuggestions = 500;

function groupsOfStep(step: ApprovalStep): readonly string[] {
  return step.from.kind === "groups" ? step.from.groups : [];
}

function fixFor(kind: Kind, near: string | undefined): string {
  if (kind === "gateway") return "add it under `gateways:` of leasehold.yaml, or set `gateway` of the resource";
  return near === undefined ? `declare the ${kind}, or take the name out` : `write \`${near}\`, or declare the ${kind}`;
}
