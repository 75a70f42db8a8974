/**
 * The words of Leasehold, one per idea, the same in code, command line, YAML, JSON, SQL and docs.
 *
 * | word | meaning |
 * |---|---|
 * | Resource | what access is to; has a class; stands behind one gateway |
 * | Connection | one way into a Resource at one level |
 * | Principal | a User, a Group or a ServiceAccount; a person is a User or ServiceAccount after groups are expanded |
 * | AccessRule | who may ask for which Connections, for how long at most, when, under which ApprovalRule |
 * | ApprovalRule | ordered steps, or automatic under stated conditions |
 * | AccessRequest | the file or construct that asks |
 * | Grant | one person x one Connection x one request, decided |
 * | Lease | what a Provider holds: at most one per person and Connection |
 * | OptOut | a standing waiver; giving back ends one Grant |
 * | Manifest | the rules and the governed config, synthesised |
 * | policy in force | the last Manifest accepted in the Log |
 * | Widening | what somebody gains, as a set of items |
 * | Action, Plan | one change and why; an immutable list of them over a base |
 * | Decision | the approval result as a tree with reasons |
 * | Pass | one run of the Reconciler |
 * | Log, Head, Epoch | the hash-chained record; a position in it; the fencing number of its writer |
 * | Provider | the adapter to one kind of backend |
 */
export const glossary = {
  Resource: "a database, server, cluster or internal service, with a class; it stands behind one gateway",
  Connection: "one way into a Resource at one level of privilege",
  Principal: "a User, a Group or a ServiceAccount",
  AccessRule: "who may ask for which Connections, for how long at most, at what times, with which approval",
  ApprovalRule: "ordered steps of distinct people, or automatic under stated conditions",
  Guardrail: "what the gateway blocks on a Connection",
  MaskingRule: "what the gateway masks on a Connection",
  AccessRequest: "the YAML file or construct that asks",
  Grant: "one person, one Connection, one request, decided",
  Lease: "what a Provider holds: at most one per person and Connection",
  OptOut: "a standing waiver: no Grant for me under this rule or class until I lift it",
  Manifest: "the rules and the governed part of the config, synthesised",
  Widening: "what somebody gains: a set of items",
  Action: "one change and why",
  Plan: "an immutable, digested list of Actions over a stated base",
  Decision: "the approval result as a tree with reasons",
  Pass: "one run of the Reconciler",
  Log: "the append-only hash-chained record of intents, outcomes, decisions and refusals",
  Head: "a sealed position in the Log",
  Epoch: "the fencing number of the Log's one writer",
  Installation: "the random id that the Log and every gateway object of ours carry",
  Drift: "what is observed and was not done by us",
  Provider: "the adapter to one kind of backend",
} as const;
