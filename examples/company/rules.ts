import {
  AccessRule,
  AccessStack,
  Approval,
  Approvers,
  Condition,
  Connection,
  Duration,
  everyone,
  Group,
  Window,
  type AccessApp,
} from "leasehold";
import type { People } from "./people";

const { hours, days } = Duration;
const group = Group.named;
const way = Connection.named;

/** Declares who may ask for what; the first rule that matches decides. */
export function declareRules(app: AccessApp, people: People): void {
  declareIncidentRules(new AccessStack(app, "incidents"));
  declareProductRules(new AccessStack(app, "products"), people);
  declareHouseRules(new AccessStack(app, "house"));
}

/** What the people on call need at night: fast, short, and said to everybody in the morning. */
function declareIncidentRules(stack: AccessStack): void {
  new AccessRule(stack, "sre-cluster-admin", {
    who: [group("sre")],
    may: [way("cluster/admin")],
    duration: { default: hours(1), max: hours(2) },
    ticketRequired: true,
    approval: Approval.steps(
      Approval.of(1, group("platform")),
      Approval.of(1, group("security")).when(Condition.longerThan(hours(1))),
    ),
    mayRevoke: [group("security")],
  });
  new AccessRule(stack, "sre-machines", {
    who: [group("sre")],
    may: [way("edge-proxy/admin"), way("sorter-hall-1/admin"), way("sorter-hall-2/admin")],
    duration: { default: hours(1), max: hours(4) },
    approval: Approval.of(1, group("platform"), group("logistics-leads")),
  });
  new AccessRule(stack, "sre-look-around", {
    who: [group("sre")],
    mayMatching: { labels: { env: "production" }, level: "read" },
    duration: { default: hours(1), max: hours(4) },
    approval: Approval.automatic({
      when: Condition.not(Condition.longerThan(hours(1))),
      budget: { grants: 10, per: days(1) },
      never: ["critical"],
    }).otherwise(Approval.of(1, group("platform"))),
  });
}

/** What each product team needs of its own product. */
function declareProductRules(stack: AccessStack, people: People): void {
  const workingHours = Window.weekly("Mon-Fri 07:00-21:00", "Europe/Berlin");
  new AccessRule(stack, "orders-read", {
    who: [group("backend")],
    may: [way("orders-db/read")],
    duration: { default: hours(1), max: hours(4) },
    approval: Approval.steps(
      Approval.of(1, group("orders-leads")),
      Approval.of(1, group("security")).when(Condition.longerThan(hours(1))),
    ),
    mayRevoke: [group("security")],
  });
  new AccessRule(stack, "orders-write", {
    who: [group("backend")],
    may: [way("orders-db/write")],
    duration: { default: hours(1), max: hours(2) },
    ticketRequired: true,
    approval: Approval.steps(Approval.of(1, group("orders-leads")), Approval.of(1, group("security"))),
    mayRevoke: [group("security")],
  });
  new AccessRule(stack, "orders-migration", {
    who: [group("backend"), people.migrations],
    may: [way("orders-db/write")],
    duration: { default: hours(2), max: hours(8) },
    windows: [Window.weekly("Tue,Thu 05:00-09:00", "Europe/Berlin")],
    approval: Approval.of(2, group("orders-leads"), group("platform")),
  });
  new AccessRule(stack, "payments-read", {
    who: [group("payments")],
    may: [way("payments-db/read"), way("ledger-db/read")],
    duration: { default: hours(1), max: hours(2) },
    ticketRequired: true,
    approval: Approval.steps(Approval.of(1, group("payments-leads")), Approval.of(1, group("security"))),
  });
  new AccessRule(stack, "parcels", {
    who: [group("logistics")],
    may: [way("parcels-db/read"), way("parcels-db/write"), way("routes-db/read"), way("routes-db/write")],
    duration: { default: hours(2), max: hours(8) },
    windows: [workingHours],
    approval: Approval.of(1, group("logistics-leads")),
  });
  new AccessRule(stack, "label-printers", {
    who: [group("logistics")],
    may: [way("label-printers/write")],
    duration: { default: hours(1), max: hours(8) },
    approval: Approval.automatic({
      when: Condition.memberOf(group("logistics")),
      budget: { grants: 5, per: days(1) },
      never: ["high", "critical"],
    }).otherwise(Approval.of(1, group("logistics-leads"))),
  });
  new AccessRule(stack, "support-office", {
    who: [group("support")],
    may: [way("back-office/support"), way("search/read")],
    duration: { default: hours(4), max: hours(8) },
    approval: Approval.automatic({
      when: Condition.within(workingHours),
      budget: { grants: 3, per: days(1) },
      never: ["critical"],
    }).otherwise(Approval.of(1, Approvers.managerOfBeneficiary)),
  });
}

/** What everybody may ask for. */
function declareHouseRules(stack: AccessStack): void {
  new AccessRule(stack, "customers-read", {
    who: [group("data"), group("support")],
    may: [way("customers-db/read")],
    duration: { default: hours(1), max: hours(1) },
    ticketRequired: true,
    approval: Approval.of(2, group("security")),
  });
  new AccessRule(stack, "office-admin", {
    who: [group("platform")],
    may: [way("back-office/admin"), way("batch-runner/admin")],
    duration: { default: hours(1), max: hours(4) },
    approval: Approval.of(1, group("security")),
  });
  new AccessRule(stack, "analytics", {
    who: [group("data"), group("engineers")],
    mayMatching: { labels: { env: "analytics" } },
    duration: { default: hours(4), max: hours(12) },
    approval: Approval.automatic({ when: Condition.memberOf(group("data")) }).otherwise(
      Approval.of(1, Approvers.managerOfBeneficiary),
    ),
  });
  new AccessRule(stack, "events-and-tracking", {
    who: [group("engineers"), group("data")],
    may: [way("events-bus/read"), way("tracking-db/read"), way("search/read"), way("cluster/read")],
    duration: { default: hours(1), max: hours(4) },
    approval: Approval.of(1, group("sre")),
  });
  new AccessRule(stack, "staging", {
    who: [everyone],
    mayMatching: { labels: { env: "staging" } },
    duration: { default: hours(4), max: hours(12) },
    approval: Approval.automatic({
      when: Condition.memberOf(group("engineers")),
      budget: { grants: 20, per: days(1) },
      never: ["high", "critical"],
    }).otherwise(Approval.of(1, group("platform"))),
  });
}
