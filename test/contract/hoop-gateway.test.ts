import { describeWith, hoopGateway } from "../support/needs";
import { providerContract } from "./provider";
import { realHoopGateway } from "./real-hoop";

/**
 * `npm run test:hoop`: the contract at a real hoop gateway. Objects of the suite have names that begin with
 * `lhtest-`; users, connections, guardrails and the gate that it makes are taken away after each test.
 */
describeWith(hoopGateway, "at the gateway of LEASEHOLD_HOOP_URL", () => {
  jest.setTimeout(180_000);
  providerContract("a real hoop gateway", () => realHoopGateway(process.env), {
    holdsOneGuardrail: true,
    hasNoLines: true,
  });
});
