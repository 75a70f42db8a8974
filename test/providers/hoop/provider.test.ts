import { doubleGateway } from "../../contract/http-gateway";
import { providerContract } from "../../contract/provider";

providerContract("the hoop double", doubleGateway, { holdsOneGuardrail: true });
