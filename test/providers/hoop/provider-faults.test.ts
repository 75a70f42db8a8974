import { doubleGateway } from "../../contract/http-gateway";
import { providerFaults } from "../../contract/provider-faults";

providerFaults("the hoop double", doubleGateway);
