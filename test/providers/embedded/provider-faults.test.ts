import { embeddedGateway } from "../../contract/http-gateway";
import { providerFaults } from "../../contract/provider-faults";

providerFaults("the embedded gateway", embeddedGateway);
