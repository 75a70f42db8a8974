import { readFileSync } from "node:fs";
import { servePlugin } from "./plugin/serve";
import { StandInProvider } from "./protocol/provider";
import type { ProviderSchema } from "./protocol/schema";
import { decode } from "./wire/protobuf";

// A stand-in for registry.terraform.io/cyrilgdn/postgresql 1.26.0, which tests can't download. See README.md.
const [, , schemaFile = ""] = process.argv;
const { provider_schemas: schemas } = JSON.parse(readFileSync(schemaFile, "utf8")) as {
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
};
const schema = schemas["registry.terraform.io/cyrilgdn/postgresql"];
if (schema === undefined) throw new Error(`Expected the schema of cyrilgdn/postgresql in ${schemaFile}`);
const provider = new StandInProvider(schema);
const service = "/tfplugin6.Provider/";

servePlugin(
  (path) => {
    const call = path.startsWith(service) ? provider.call(path.slice(service.length)) : undefined;
    return call === undefined ? undefined : async (request) => call(decode(request));
  },
  () => provider.end(),
);
