import { AccessApp, Approval, Group } from "leasehold";
import { declarePeople } from "./people";
import { declareResources } from "./resources";
import { declareRules } from "./rules";

// Harbourlight ships parcels. This is who may reach what, on which terms.
const app = new AccessApp({ policyApproval: Approval.of(2, Group.named("platform")) });
const people = declarePeople(app);
declareResources(app);
declareRules(app, people);

export default app;
