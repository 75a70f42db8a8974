import { memoryGateway } from "../../contract/memory-gateway";
import { providerContract } from "../../contract/provider";

providerContract("the memory provider", () => memoryGateway());
