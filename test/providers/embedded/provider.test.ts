import { embeddedGateway } from "../../contract/http-gateway";
import { providerContract } from "../../contract/provider";

providerContract("the embedded gateway", embeddedGateway);
