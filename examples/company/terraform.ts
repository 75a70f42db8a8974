import { declaredLevels, writeTerraform } from "leasehold/terraform";
import app from "./access";

// What `cdktf synth` runs, by cdktf.json at the top. `leasehold synth --terraform` writes the same without it.
writeTerraform(declaredLevels(app));
