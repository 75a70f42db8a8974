/* oxlint-disable */
// @ts-nocheck
// Generated from schemas/config.v1.json by scripts/generate-validators.mjs; do not edit.
export const validate = validate20;
const schema31 = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://leasehold.dev/schemas/config.v1.json",
  title: "the configuration of Leasehold",
  description: "leasehold.yaml: where rules, requests, gateways and the Log are, and the caps of the organisation.",
  type: "object",
  additionalProperties: false,
  required: ["apiVersion", "kind", "installation", "gateways"],
  properties: {
    apiVersion: { description: "The version of this file's format.", const: "leasehold/v1" },
    kind: { description: "What this file is.", const: "Config" },
    installation: {
      title: "the random id that `leasehold init` wrote: 8 to 64 lower-case letters, digits and `-`",
      description: "The Log and every object at a gateway carry it. Never change it.",
      type: "string",
      pattern: "^[a-z0-9-]{8,64}$",
    },
    app: { $ref: "#/$defs/path", description: "The rules program.", default: "access.ts" },
    requests: {
      title: "a pattern such as requests/**/*.yaml",
      description: "The request files: `*` stands for any part of a name, `**/` for any directories.",
      type: "string",
      minLength: 1,
      maxLength: 200,
      default: "requests/**/*.yaml",
    },
    gateways: {
      title: "a map of gateways by name",
      description: "The gateways that resources stand behind, by the name that the rules use.",
      type: "object",
      minProperties: 1,
      maxProperties: 100,
      propertyNames: { $ref: "#/$defs/identifier" },
      additionalProperties: { $ref: "#/$defs/gateway" },
    },
    log: { description: "Where the Log is.", $ref: "#/$defs/log", default: { store: "file", path: ".leasehold/log" } },
    approvals: {
      description: "Where approvals come from: given on this machine, or reviews on GitHub.",
      enum: ["local", "github"],
      default: "local",
    },
    limits: {
      title: "a map of limits",
      description: "The caps of the organisation; no rule goes past them.",
      type: "object",
      additionalProperties: false,
      properties: {
        maxDuration: { $ref: "#/$defs/duration", description: "The longest grant.", default: "7d" },
        startWithin: { $ref: "#/$defs/duration", description: "How far ahead startBefore may lie.", default: "30d" },
        approvalValidFor: { $ref: "#/$defs/duration", description: "How long an approval counts.", default: "30d" },
        bulkRemovals: {
          title: "a map with count and percent",
          description:
            "One apply that would end more than the larger of both through removed files waits for a confirmation.",
          type: "object",
          additionalProperties: false,
          properties: {
            count: {
              title: "a whole number from 0 to 100000",
              type: "integer",
              minimum: 0,
              maximum: 100000,
              default: 5,
            },
            percent: { title: "a whole number from 0 to 100", type: "integer", minimum: 0, maximum: 100, default: 10 },
          },
        },
      },
    },
    protected: {
      title: "a list of e-mails, group:<name> or service:<name>",
      description: "Principals whose configuration is never taken away.",
      type: "array",
      maxItems: 1000,
      uniqueItems: true,
      items: { type: "string", $ref: "#/$defs/principal" },
      default: [],
    },
  },
  $defs: {
    identifier: {
      title: "a name of lower-case letters, digits, `.`, `_` and `-`, 1 to 63 long",
      type: "string",
      pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
    },
    principal: {
      title: "an e-mail, group:<name> or service:<name>",
      type: "string",
      pattern:
        "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
    },
    duration: {
      title: "a duration such as 2h, 1h30m, 2d or PT2H",
      type: "string",
      pattern:
        "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
    },
    path: {
      title: "a path in the repository, with `/` between directories",
      type: "string",
      minLength: 1,
      maxLength: 300,
    },
    url: { title: "a URL such as https://gateway.example.com", type: "string", minLength: 1, maxLength: 2000 },
    secret: {
      title: "a reference `${env:NAME}` or `${file:PATH}`",
      description: "Never the secret itself.",
      type: "string",
      pattern: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$",
    },
    keys: {
      title: "a map with the references of keys",
      type: "object",
      additionalProperties: false,
      properties: {
        write: { $ref: "#/$defs/secret", description: "Grants and revokes." },
        observe: { $ref: "#/$defs/secret", description: "Only reads." },
      },
    },
    users: {
      description: "Whether missing users are made at the gateway: declared, or must exist there: existing.",
      enum: ["declared", "existing"],
    },
    gateway: {
      title: "a map with provider and its settings",
      type: "object",
      required: ["provider"],
      properties: { provider: { description: "The kind of gateway.", enum: ["embedded", "hoop", "memory"] } },
      allOf: [
        {
          if: { type: "object", required: ["provider"], properties: { provider: { const: "embedded" } } },
          then: { $ref: "#/$defs/embeddedGateway" },
        },
        {
          if: { type: "object", required: ["provider"], properties: { provider: { const: "hoop" } } },
          then: { $ref: "#/$defs/hoopGateway" },
        },
        {
          if: { type: "object", required: ["provider"], properties: { provider: { const: "memory" } } },
          then: { $ref: "#/$defs/memoryGateway" },
        },
      ],
    },
    embeddedGateway: {
      title: "an embedded gateway",
      type: "object",
      additionalProperties: false,
      properties: {
        provider: { const: "embedded" },
        directory: { $ref: "#/$defs/path", default: ".leasehold/gateway" },
        url: { $ref: "#/$defs/url" },
        keys: { $ref: "#/$defs/keys" },
        users: { $ref: "#/$defs/users", default: "declared" },
      },
    },
    hoopGateway: {
      title: "a hoop gateway",
      type: "object",
      additionalProperties: false,
      required: ["url"],
      properties: {
        provider: { const: "hoop" },
        url: { $ref: "#/$defs/url" },
        keys: { $ref: "#/$defs/keys" },
        agent: {
          title: "the agent's id, a UUID",
          description: "The agent that carries new connections.",
          type: "string",
          pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
        },
        users: { $ref: "#/$defs/users", default: "existing" },
      },
    },
    memoryGateway: {
      title: "a gateway in memory",
      type: "object",
      additionalProperties: false,
      properties: { provider: { const: "memory" }, users: { $ref: "#/$defs/users", default: "declared" } },
    },
    log: {
      title: "a map with store and where it is",
      type: "object",
      required: ["store"],
      properties: { store: { description: "The kind of store.", enum: ["file", "git", "postgres"] } },
      allOf: [
        {
          if: { type: "object", required: ["store"], properties: { store: { const: "file" } } },
          then: { $ref: "#/$defs/fileLog" },
        },
        {
          if: { type: "object", required: ["store"], properties: { store: { const: "git" } } },
          then: { $ref: "#/$defs/gitLog" },
        },
        {
          if: { type: "object", required: ["store"], properties: { store: { const: "postgres" } } },
          then: { $ref: "#/$defs/postgresLog" },
        },
      ],
    },
    fileLog: {
      title: "a Log in a directory",
      type: "object",
      additionalProperties: false,
      properties: { store: { const: "file" }, path: { $ref: "#/$defs/path", default: ".leasehold/log" } },
    },
    gitLog: {
      title: "a Log in the repository itself",
      type: "object",
      additionalProperties: false,
      properties: {
        store: { const: "git" },
        remote: {
          title: "a name of a Git remote",
          type: "string",
          pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62})$",
          default: "origin",
        },
        ref: {
          title: "a Git ref such as refs/leasehold/log",
          type: "string",
          pattern: "^refs/[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*){1,5}$",
          default: "refs/leasehold/log",
        },
      },
    },
    postgresLog: {
      title: "a Log in PostgreSQL",
      type: "object",
      additionalProperties: false,
      required: ["url"],
      properties: { store: { const: "postgres" }, url: { $ref: "#/$defs/secret" } },
    },
  },
};
const schema32 = {
  title: "a path in the repository, with `/` between directories",
  type: "string",
  minLength: 1,
  maxLength: 300,
};
const schema33 = {
  title: "a name of lower-case letters, digits, `.`, `_` and `-`, 1 to 63 long",
  type: "string",
  pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
};
const schema53 = {
  title: "a duration such as 2h, 1h30m, 2d or PT2H",
  type: "string",
  pattern:
    "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
};
const schema56 = {
  title: "an e-mail, group:<name> or service:<name>",
  type: "string",
  pattern:
    "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
};
const func1 = Object.prototype.hasOwnProperty;
const func2 = require("ajv/dist/runtime/ucs2length").default;
const pattern4 = new RegExp("^[a-z0-9-]{8,64}$", "u");
const pattern5 = new RegExp("^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$", "u");
const pattern12 = new RegExp(
  "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
  "u",
);
const pattern15 = new RegExp(
  "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
  "u",
);
const schema34 = {
  title: "a map with provider and its settings",
  type: "object",
  required: ["provider"],
  properties: { provider: { description: "The kind of gateway.", enum: ["embedded", "hoop", "memory"] } },
  allOf: [
    {
      if: { type: "object", required: ["provider"], properties: { provider: { const: "embedded" } } },
      then: { $ref: "#/$defs/embeddedGateway" },
    },
    {
      if: { type: "object", required: ["provider"], properties: { provider: { const: "hoop" } } },
      then: { $ref: "#/$defs/hoopGateway" },
    },
    {
      if: { type: "object", required: ["provider"], properties: { provider: { const: "memory" } } },
      then: { $ref: "#/$defs/memoryGateway" },
    },
  ],
};
const schema35 = {
  title: "an embedded gateway",
  type: "object",
  additionalProperties: false,
  properties: {
    provider: { const: "embedded" },
    directory: { $ref: "#/$defs/path", default: ".leasehold/gateway" },
    url: { $ref: "#/$defs/url" },
    keys: { $ref: "#/$defs/keys" },
    users: { $ref: "#/$defs/users", default: "declared" },
  },
};
const schema37 = { title: "a URL such as https://gateway.example.com", type: "string", minLength: 1, maxLength: 2000 };
const schema41 = {
  description: "Whether missing users are made at the gateway: declared, or must exist there: existing.",
  enum: ["declared", "existing"],
};
const schema38 = {
  title: "a map with the references of keys",
  type: "object",
  additionalProperties: false,
  properties: {
    write: { $ref: "#/$defs/secret", description: "Grants and revokes." },
    observe: { $ref: "#/$defs/secret", description: "Only reads." },
  },
};
const schema39 = {
  title: "a reference `${env:NAME}` or `${file:PATH}`",
  description: "Never the secret itself.",
  type: "string",
  pattern: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$",
};
const pattern6 = new RegExp("^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$", "u");

function validate23(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate23.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "write" || key0 === "observe")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
          schema: false,
          parentSchema: schema38,
          data,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.write !== undefined) {
      let data0 = data.write;
      if (typeof data0 === "string") {
        if (!pattern6.test(data0)) {
          const err1 = {
            instancePath: instancePath + "/write",
            schemaPath: "#/$defs/secret/pattern",
            keyword: "pattern",
            params: { pattern: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$" },
            message:
              'must match pattern "' +
              "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$" +
              '"',
            schema: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$",
            parentSchema: schema39,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = {
          instancePath: instancePath + "/write",
          schemaPath: "#/$defs/secret/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema39.type,
          parentSchema: schema39,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.observe !== undefined) {
      let data1 = data.observe;
      if (typeof data1 === "string") {
        if (!pattern6.test(data1)) {
          const err3 = {
            instancePath: instancePath + "/observe",
            schemaPath: "#/$defs/secret/pattern",
            keyword: "pattern",
            params: { pattern: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$" },
            message:
              'must match pattern "' +
              "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$" +
              '"',
            schema: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$",
            parentSchema: schema39,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/observe",
          schemaPath: "#/$defs/secret/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema39.type,
          parentSchema: schema39,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
  } else {
    const err5 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema38.type,
      parentSchema: schema38,
      data,
    };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate23.errors = vErrors;
  return errors === 0;
}
validate23.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate22(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate22.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "provider" || key0 === "directory" || key0 === "url" || key0 === "keys" || key0 === "users")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
          schema: false,
          parentSchema: schema35,
          data,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.provider !== undefined) {
      let data0 = data.provider;
      if ("embedded" !== data0) {
        const err1 = {
          instancePath: instancePath + "/provider",
          schemaPath: "#/properties/provider/const",
          keyword: "const",
          params: { allowedValue: "embedded" },
          message: "must be equal to constant",
          schema: "embedded",
          parentSchema: schema35.properties.provider,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.directory !== undefined) {
      let data1 = data.directory;
      if (typeof data1 === "string") {
        if (func2(data1) > 300) {
          const err2 = {
            instancePath: instancePath + "/directory",
            schemaPath: "#/$defs/path/maxLength",
            keyword: "maxLength",
            params: { limit: 300 },
            message: "must NOT have more than 300 characters",
            schema: 300,
            parentSchema: schema32,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
        if (func2(data1) < 1) {
          const err3 = {
            instancePath: instancePath + "/directory",
            schemaPath: "#/$defs/path/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema32,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/directory",
          schemaPath: "#/$defs/path/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema32.type,
          parentSchema: schema32,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.url !== undefined) {
      let data2 = data.url;
      if (typeof data2 === "string") {
        if (func2(data2) > 2000) {
          const err5 = {
            instancePath: instancePath + "/url",
            schemaPath: "#/$defs/url/maxLength",
            keyword: "maxLength",
            params: { limit: 2000 },
            message: "must NOT have more than 2000 characters",
            schema: 2000,
            parentSchema: schema37,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        if (func2(data2) < 1) {
          const err6 = {
            instancePath: instancePath + "/url",
            schemaPath: "#/$defs/url/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema37,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = {
          instancePath: instancePath + "/url",
          schemaPath: "#/$defs/url/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema37.type,
          parentSchema: schema37,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.keys !== undefined) {
      if (
        !validate23(data.keys, {
          instancePath: instancePath + "/keys",
          parentData: data,
          parentDataProperty: "keys",
          rootData,
          dynamicAnchors,
        })
      ) {
        vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
        errors = vErrors.length;
      }
    }
    if (data.users !== undefined) {
      let data4 = data.users;
      if (!(data4 === "declared" || data4 === "existing")) {
        const err8 = {
          instancePath: instancePath + "/users",
          schemaPath: "#/$defs/users/enum",
          keyword: "enum",
          params: { allowedValues: schema41.enum },
          message: "must be equal to one of the allowed values",
          schema: schema41.enum,
          parentSchema: schema41,
          data: data4,
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
  } else {
    const err9 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema35.type,
      parentSchema: schema35,
      data,
    };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
  }
  validate22.errors = vErrors;
  return errors === 0;
}
validate22.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema42 = {
  title: "a hoop gateway",
  type: "object",
  additionalProperties: false,
  required: ["url"],
  properties: {
    provider: { const: "hoop" },
    url: { $ref: "#/$defs/url" },
    keys: { $ref: "#/$defs/keys" },
    agent: {
      title: "the agent's id, a UUID",
      description: "The agent that carries new connections.",
      type: "string",
      pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
    },
    users: { $ref: "#/$defs/users", default: "existing" },
  },
};
const pattern8 = new RegExp("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$", "u");

function validate26(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate26.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.url === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "url" },
        message: "must have required property '" + "url" + "'",
        schema: schema42.required,
        parentSchema: schema42,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "provider" || key0 === "url" || key0 === "keys" || key0 === "agent" || key0 === "users")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
          schema: false,
          parentSchema: schema42,
          data,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.provider !== undefined) {
      let data0 = data.provider;
      if ("hoop" !== data0) {
        const err2 = {
          instancePath: instancePath + "/provider",
          schemaPath: "#/properties/provider/const",
          keyword: "const",
          params: { allowedValue: "hoop" },
          message: "must be equal to constant",
          schema: "hoop",
          parentSchema: schema42.properties.provider,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.url !== undefined) {
      let data1 = data.url;
      if (typeof data1 === "string") {
        if (func2(data1) > 2000) {
          const err3 = {
            instancePath: instancePath + "/url",
            schemaPath: "#/$defs/url/maxLength",
            keyword: "maxLength",
            params: { limit: 2000 },
            message: "must NOT have more than 2000 characters",
            schema: 2000,
            parentSchema: schema37,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
        if (func2(data1) < 1) {
          const err4 = {
            instancePath: instancePath + "/url",
            schemaPath: "#/$defs/url/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema37,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = {
          instancePath: instancePath + "/url",
          schemaPath: "#/$defs/url/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema37.type,
          parentSchema: schema37,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.keys !== undefined) {
      if (
        !validate23(data.keys, {
          instancePath: instancePath + "/keys",
          parentData: data,
          parentDataProperty: "keys",
          rootData,
          dynamicAnchors,
        })
      ) {
        vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
        errors = vErrors.length;
      }
    }
    if (data.agent !== undefined) {
      let data3 = data.agent;
      if (typeof data3 === "string") {
        if (!pattern8.test(data3)) {
          const err6 = {
            instancePath: instancePath + "/agent",
            schemaPath: "#/properties/agent/pattern",
            keyword: "pattern",
            params: { pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$" },
            message:
              'must match pattern "' +
              "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$" +
              '"',
            schema: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
            parentSchema: schema42.properties.agent,
            data: data3,
          };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = {
          instancePath: instancePath + "/agent",
          schemaPath: "#/properties/agent/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema42.properties.agent.type,
          parentSchema: schema42.properties.agent,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.users !== undefined) {
      let data4 = data.users;
      if (!(data4 === "declared" || data4 === "existing")) {
        const err8 = {
          instancePath: instancePath + "/users",
          schemaPath: "#/$defs/users/enum",
          keyword: "enum",
          params: { allowedValues: schema41.enum },
          message: "must be equal to one of the allowed values",
          schema: schema41.enum,
          parentSchema: schema41,
          data: data4,
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
  } else {
    const err9 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema42.type,
      parentSchema: schema42,
      data,
    };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
  }
  validate26.errors = vErrors;
  return errors === 0;
}
validate26.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema45 = {
  title: "a gateway in memory",
  type: "object",
  additionalProperties: false,
  properties: { provider: { const: "memory" }, users: { $ref: "#/$defs/users", default: "declared" } },
};

function validate29(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate29.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "provider" || key0 === "users")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
          schema: false,
          parentSchema: schema45,
          data,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.provider !== undefined) {
      let data0 = data.provider;
      if ("memory" !== data0) {
        const err1 = {
          instancePath: instancePath + "/provider",
          schemaPath: "#/properties/provider/const",
          keyword: "const",
          params: { allowedValue: "memory" },
          message: "must be equal to constant",
          schema: "memory",
          parentSchema: schema45.properties.provider,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.users !== undefined) {
      let data1 = data.users;
      if (!(data1 === "declared" || data1 === "existing")) {
        const err2 = {
          instancePath: instancePath + "/users",
          schemaPath: "#/$defs/users/enum",
          keyword: "enum",
          params: { allowedValues: schema41.enum },
          message: "must be equal to one of the allowed values",
          schema: schema41.enum,
          parentSchema: schema41,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema45.type,
      parentSchema: schema45,
      data,
    };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  validate29.errors = vErrors;
  return errors === 0;
}
validate29.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate21(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate21.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs2 = errors;
  let valid1 = true;
  const _errs3 = errors;
  if (errors === _errs3) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.provider === undefined && (missing0 = "provider")) {
        const err0 = {};
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      } else {
        if (data.provider !== undefined) {
          if ("embedded" !== data.provider) {
            const err1 = {};
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
          }
        }
      }
    } else {
      const err2 = {};
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
  }
  var _valid0 = _errs3 === errors;
  errors = _errs2;
  if (vErrors !== null) {
    if (_errs2) {
      vErrors.length = _errs2;
    } else {
      vErrors = null;
    }
  }
  if (_valid0) {
    const _errs6 = errors;
    if (!validate22(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
      vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
      errors = vErrors.length;
    }
    var _valid0 = _errs6 === errors;
    valid1 = _valid0;
    if (valid1) {
      var props0 = true;
    }
  }
  if (!valid1) {
    const err3 = {
      instancePath,
      schemaPath: "#/allOf/0/if",
      keyword: "if",
      params: { failingKeyword: "then" },
      message: 'must match "then" schema',
      schema: schema34.allOf[0].if,
      parentSchema: schema34.allOf[0],
      data,
    };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  const _errs8 = errors;
  let valid3 = true;
  const _errs9 = errors;
  if (errors === _errs9) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing1;
      if (data.provider === undefined && (missing1 = "provider")) {
        const err4 = {};
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      } else {
        if (data.provider !== undefined) {
          if ("hoop" !== data.provider) {
            const err5 = {};
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      }
    } else {
      const err6 = {};
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
    }
  }
  var _valid1 = _errs9 === errors;
  errors = _errs8;
  if (vErrors !== null) {
    if (_errs8) {
      vErrors.length = _errs8;
    } else {
      vErrors = null;
    }
  }
  if (_valid1) {
    const _errs12 = errors;
    if (!validate26(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
      vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
      errors = vErrors.length;
    }
    var _valid1 = _errs12 === errors;
    valid3 = _valid1;
    if (valid3) {
      var props1 = true;
    }
  }
  if (!valid3) {
    const err7 = {
      instancePath,
      schemaPath: "#/allOf/1/if",
      keyword: "if",
      params: { failingKeyword: "then" },
      message: 'must match "then" schema',
      schema: schema34.allOf[1].if,
      parentSchema: schema34.allOf[1],
      data,
    };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  }
  if (props0 !== true && props1 !== undefined) {
    if (props1 === true) {
      props0 = true;
    } else {
      props0 = props0 || {};
      Object.assign(props0, props1);
    }
  }
  const _errs14 = errors;
  let valid5 = true;
  const _errs15 = errors;
  if (errors === _errs15) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing2;
      if (data.provider === undefined && (missing2 = "provider")) {
        const err8 = {};
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      } else {
        if (data.provider !== undefined) {
          if ("memory" !== data.provider) {
            const err9 = {};
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
      }
    } else {
      const err10 = {};
      if (vErrors === null) {
        vErrors = [err10];
      } else {
        vErrors.push(err10);
      }
      errors++;
    }
  }
  var _valid2 = _errs15 === errors;
  errors = _errs14;
  if (vErrors !== null) {
    if (_errs14) {
      vErrors.length = _errs14;
    } else {
      vErrors = null;
    }
  }
  if (_valid2) {
    const _errs18 = errors;
    if (!validate29(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
      vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
      errors = vErrors.length;
    }
    var _valid2 = _errs18 === errors;
    valid5 = _valid2;
    if (valid5) {
      var props2 = true;
    }
  }
  if (!valid5) {
    const err11 = {
      instancePath,
      schemaPath: "#/allOf/2/if",
      keyword: "if",
      params: { failingKeyword: "then" },
      message: 'must match "then" schema',
      schema: schema34.allOf[2].if,
      parentSchema: schema34.allOf[2],
      data,
    };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  if (props0 !== true && props2 !== undefined) {
    if (props2 === true) {
      props0 = true;
    } else {
      props0 = props0 || {};
      Object.assign(props0, props2);
    }
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.provider === undefined) {
      const err12 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "provider" },
        message: "must have required property '" + "provider" + "'",
        schema: schema34.required,
        parentSchema: schema34,
        data,
      };
      if (vErrors === null) {
        vErrors = [err12];
      } else {
        vErrors.push(err12);
      }
      errors++;
    }
    if (props0 !== true) {
      props0 = props0 || {};
      props0.provider = true;
    }
    if (data.provider !== undefined) {
      let data3 = data.provider;
      if (!(data3 === "embedded" || data3 === "hoop" || data3 === "memory")) {
        const err13 = {
          instancePath: instancePath + "/provider",
          schemaPath: "#/properties/provider/enum",
          keyword: "enum",
          params: { allowedValues: schema34.properties.provider.enum },
          message: "must be equal to one of the allowed values",
          schema: schema34.properties.provider.enum,
          parentSchema: schema34.properties.provider,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
  } else {
    const err14 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema34.type,
      parentSchema: schema34,
      data,
    };
    if (vErrors === null) {
      vErrors = [err14];
    } else {
      vErrors.push(err14);
    }
    errors++;
  }
  validate21.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate21.evaluated = { dynamicProps: true, dynamicItems: false };

const schema47 = {
  title: "a map with store and where it is",
  type: "object",
  required: ["store"],
  properties: { store: { description: "The kind of store.", enum: ["file", "git", "postgres"] } },
  allOf: [
    {
      if: { type: "object", required: ["store"], properties: { store: { const: "file" } } },
      then: { $ref: "#/$defs/fileLog" },
    },
    {
      if: { type: "object", required: ["store"], properties: { store: { const: "git" } } },
      then: { $ref: "#/$defs/gitLog" },
    },
    {
      if: { type: "object", required: ["store"], properties: { store: { const: "postgres" } } },
      then: { $ref: "#/$defs/postgresLog" },
    },
  ],
};
const schema50 = {
  title: "a Log in the repository itself",
  type: "object",
  additionalProperties: false,
  properties: {
    store: { const: "git" },
    remote: {
      title: "a name of a Git remote",
      type: "string",
      pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62})$",
      default: "origin",
    },
    ref: {
      title: "a Git ref such as refs/leasehold/log",
      type: "string",
      pattern: "^refs/[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*){1,5}$",
      default: "refs/leasehold/log",
    },
  },
};
const schema48 = {
  title: "a Log in a directory",
  type: "object",
  additionalProperties: false,
  properties: { store: { const: "file" }, path: { $ref: "#/$defs/path", default: ".leasehold/log" } },
};

function validate33(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate33.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "store" || key0 === "path")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
          schema: false,
          parentSchema: schema48,
          data,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.store !== undefined) {
      let data0 = data.store;
      if ("file" !== data0) {
        const err1 = {
          instancePath: instancePath + "/store",
          schemaPath: "#/properties/store/const",
          keyword: "const",
          params: { allowedValue: "file" },
          message: "must be equal to constant",
          schema: "file",
          parentSchema: schema48.properties.store,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.path !== undefined) {
      let data1 = data.path;
      if (typeof data1 === "string") {
        if (func2(data1) > 300) {
          const err2 = {
            instancePath: instancePath + "/path",
            schemaPath: "#/$defs/path/maxLength",
            keyword: "maxLength",
            params: { limit: 300 },
            message: "must NOT have more than 300 characters",
            schema: 300,
            parentSchema: schema32,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
        if (func2(data1) < 1) {
          const err3 = {
            instancePath: instancePath + "/path",
            schemaPath: "#/$defs/path/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema32,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/path",
          schemaPath: "#/$defs/path/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema32.type,
          parentSchema: schema32,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
  } else {
    const err5 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema48.type,
      parentSchema: schema48,
      data,
    };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate33.errors = vErrors;
  return errors === 0;
}
validate33.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema51 = {
  title: "a Log in PostgreSQL",
  type: "object",
  additionalProperties: false,
  required: ["url"],
  properties: { store: { const: "postgres" }, url: { $ref: "#/$defs/secret" } },
};

function validate35(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate35.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.url === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "url" },
        message: "must have required property '" + "url" + "'",
        schema: schema51.required,
        parentSchema: schema51,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "store" || key0 === "url")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
          schema: false,
          parentSchema: schema51,
          data,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.store !== undefined) {
      let data0 = data.store;
      if ("postgres" !== data0) {
        const err2 = {
          instancePath: instancePath + "/store",
          schemaPath: "#/properties/store/const",
          keyword: "const",
          params: { allowedValue: "postgres" },
          message: "must be equal to constant",
          schema: "postgres",
          parentSchema: schema51.properties.store,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.url !== undefined) {
      let data1 = data.url;
      if (typeof data1 === "string") {
        if (!pattern6.test(data1)) {
          const err3 = {
            instancePath: instancePath + "/url",
            schemaPath: "#/$defs/secret/pattern",
            keyword: "pattern",
            params: { pattern: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$" },
            message:
              'must match pattern "' +
              "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$" +
              '"',
            schema: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,300})\\}$",
            parentSchema: schema39,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/url",
          schemaPath: "#/$defs/secret/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema39.type,
          parentSchema: schema39,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
  } else {
    const err5 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema51.type,
      parentSchema: schema51,
      data,
    };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate35.errors = vErrors;
  return errors === 0;
}
validate35.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const pattern9 = new RegExp("^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62})$", "u");
const pattern10 = new RegExp("^refs/[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*){1,5}$", "u");

function validate32(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate32.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs2 = errors;
  let valid1 = true;
  const _errs3 = errors;
  if (errors === _errs3) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.store === undefined && (missing0 = "store")) {
        const err0 = {};
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      } else {
        if (data.store !== undefined) {
          if ("file" !== data.store) {
            const err1 = {};
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
          }
        }
      }
    } else {
      const err2 = {};
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
  }
  var _valid0 = _errs3 === errors;
  errors = _errs2;
  if (vErrors !== null) {
    if (_errs2) {
      vErrors.length = _errs2;
    } else {
      vErrors = null;
    }
  }
  if (_valid0) {
    const _errs6 = errors;
    if (!validate33(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
      vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
      errors = vErrors.length;
    }
    var _valid0 = _errs6 === errors;
    valid1 = _valid0;
    if (valid1) {
      var props0 = true;
    }
  }
  if (!valid1) {
    const err3 = {
      instancePath,
      schemaPath: "#/allOf/0/if",
      keyword: "if",
      params: { failingKeyword: "then" },
      message: 'must match "then" schema',
      schema: schema47.allOf[0].if,
      parentSchema: schema47.allOf[0],
      data,
    };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  const _errs8 = errors;
  let valid3 = true;
  const _errs9 = errors;
  if (errors === _errs9) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing1;
      if (data.store === undefined && (missing1 = "store")) {
        const err4 = {};
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      } else {
        if (data.store !== undefined) {
          if ("git" !== data.store) {
            const err5 = {};
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      }
    } else {
      const err6 = {};
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
    }
  }
  var _valid1 = _errs9 === errors;
  errors = _errs8;
  if (vErrors !== null) {
    if (_errs8) {
      vErrors.length = _errs8;
    } else {
      vErrors = null;
    }
  }
  if (_valid1) {
    const _errs12 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      for (const key0 in data) {
        if (!(key0 === "store" || key0 === "remote" || key0 === "ref")) {
          const err7 = {
            instancePath,
            schemaPath: "#/$defs/gitLog/additionalProperties",
            keyword: "additionalProperties",
            params: { additionalProperty: key0 },
            message: "must NOT have additional properties",
            schema: false,
            parentSchema: schema50,
            data,
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
      if (data.store !== undefined) {
        let data2 = data.store;
        if ("git" !== data2) {
          const err8 = {
            instancePath: instancePath + "/store",
            schemaPath: "#/$defs/gitLog/properties/store/const",
            keyword: "const",
            params: { allowedValue: "git" },
            message: "must be equal to constant",
            schema: "git",
            parentSchema: schema50.properties.store,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      }
      if (data.remote !== undefined) {
        let data3 = data.remote;
        if (typeof data3 === "string") {
          if (!pattern9.test(data3)) {
            const err9 = {
              instancePath: instancePath + "/remote",
              schemaPath: "#/$defs/gitLog/properties/remote/pattern",
              keyword: "pattern",
              params: { pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62})$" },
              message: 'must match pattern "' + "^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62})$" + '"',
              schema: "^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62})$",
              parentSchema: schema50.properties.remote,
              data: data3,
            };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        } else {
          const err10 = {
            instancePath: instancePath + "/remote",
            schemaPath: "#/$defs/gitLog/properties/remote/type",
            keyword: "type",
            params: { type: "string" },
            message: "must be string",
            schema: schema50.properties.remote.type,
            parentSchema: schema50.properties.remote,
            data: data3,
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      }
      if (data.ref !== undefined) {
        let data4 = data.ref;
        if (typeof data4 === "string") {
          if (!pattern10.test(data4)) {
            const err11 = {
              instancePath: instancePath + "/ref",
              schemaPath: "#/$defs/gitLog/properties/ref/pattern",
              keyword: "pattern",
              params: { pattern: "^refs/[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*){1,5}$" },
              message: 'must match pattern "' + "^refs/[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*){1,5}$" + '"',
              schema: "^refs/[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*){1,5}$",
              parentSchema: schema50.properties.ref,
              data: data4,
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        } else {
          const err12 = {
            instancePath: instancePath + "/ref",
            schemaPath: "#/$defs/gitLog/properties/ref/type",
            keyword: "type",
            params: { type: "string" },
            message: "must be string",
            schema: schema50.properties.ref.type,
            parentSchema: schema50.properties.ref,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      }
    } else {
      const err13 = {
        instancePath,
        schemaPath: "#/$defs/gitLog/type",
        keyword: "type",
        params: { type: "object" },
        message: "must be object",
        schema: schema50.type,
        parentSchema: schema50,
        data,
      };
      if (vErrors === null) {
        vErrors = [err13];
      } else {
        vErrors.push(err13);
      }
      errors++;
    }
    var _valid1 = _errs12 === errors;
    valid3 = _valid1;
    if (valid3) {
      var props1 = true;
    }
  }
  if (!valid3) {
    const err14 = {
      instancePath,
      schemaPath: "#/allOf/1/if",
      keyword: "if",
      params: { failingKeyword: "then" },
      message: 'must match "then" schema',
      schema: schema47.allOf[1].if,
      parentSchema: schema47.allOf[1],
      data,
    };
    if (vErrors === null) {
      vErrors = [err14];
    } else {
      vErrors.push(err14);
    }
    errors++;
  }
  if (props0 !== true && props1 !== undefined) {
    if (props1 === true) {
      props0 = true;
    } else {
      props0 = props0 || {};
      Object.assign(props0, props1);
    }
  }
  const _errs22 = errors;
  let valid7 = true;
  const _errs23 = errors;
  if (errors === _errs23) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing2;
      if (data.store === undefined && (missing2 = "store")) {
        const err15 = {};
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      } else {
        if (data.store !== undefined) {
          if ("postgres" !== data.store) {
            const err16 = {};
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
        }
      }
    } else {
      const err17 = {};
      if (vErrors === null) {
        vErrors = [err17];
      } else {
        vErrors.push(err17);
      }
      errors++;
    }
  }
  var _valid2 = _errs23 === errors;
  errors = _errs22;
  if (vErrors !== null) {
    if (_errs22) {
      vErrors.length = _errs22;
    } else {
      vErrors = null;
    }
  }
  if (_valid2) {
    const _errs26 = errors;
    if (!validate35(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
      vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
      errors = vErrors.length;
    }
    var _valid2 = _errs26 === errors;
    valid7 = _valid2;
    if (valid7) {
      var props2 = true;
    }
  }
  if (!valid7) {
    const err18 = {
      instancePath,
      schemaPath: "#/allOf/2/if",
      keyword: "if",
      params: { failingKeyword: "then" },
      message: 'must match "then" schema',
      schema: schema47.allOf[2].if,
      parentSchema: schema47.allOf[2],
      data,
    };
    if (vErrors === null) {
      vErrors = [err18];
    } else {
      vErrors.push(err18);
    }
    errors++;
  }
  if (props0 !== true && props2 !== undefined) {
    if (props2 === true) {
      props0 = true;
    } else {
      props0 = props0 || {};
      Object.assign(props0, props2);
    }
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.store === undefined) {
      const err19 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "store" },
        message: "must have required property '" + "store" + "'",
        schema: schema47.required,
        parentSchema: schema47,
        data,
      };
      if (vErrors === null) {
        vErrors = [err19];
      } else {
        vErrors.push(err19);
      }
      errors++;
    }
    if (props0 !== true) {
      props0 = props0 || {};
      props0.store = true;
    }
    if (data.store !== undefined) {
      let data6 = data.store;
      if (!(data6 === "file" || data6 === "git" || data6 === "postgres")) {
        const err20 = {
          instancePath: instancePath + "/store",
          schemaPath: "#/properties/store/enum",
          keyword: "enum",
          params: { allowedValues: schema47.properties.store.enum },
          message: "must be equal to one of the allowed values",
          schema: schema47.properties.store.enum,
          parentSchema: schema47.properties.store,
          data: data6,
        };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
  } else {
    const err21 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema47.type,
      parentSchema: schema47,
      data,
    };
    if (vErrors === null) {
      vErrors = [err21];
    } else {
      vErrors.push(err21);
    }
    errors++;
  }
  validate32.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate32.evaluated = { dynamicProps: true, dynamicItems: false };

function validate20(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  /*# sourceURL="https://leasehold.dev/schemas/config.v1.json" */ let vErrors = null;
  let errors = 0;
  const evaluated0 = validate20.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.apiVersion === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "apiVersion" },
        message: "must have required property '" + "apiVersion" + "'",
        schema: schema31.required,
        parentSchema: schema31,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.kind === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "kind" },
        message: "must have required property '" + "kind" + "'",
        schema: schema31.required,
        parentSchema: schema31,
        data,
      };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.installation === undefined) {
      const err2 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "installation" },
        message: "must have required property '" + "installation" + "'",
        schema: schema31.required,
        parentSchema: schema31,
        data,
      };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.gateways === undefined) {
      const err3 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "gateways" },
        message: "must have required property '" + "gateways" + "'",
        schema: schema31.required,
        parentSchema: schema31,
        data,
      };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func1.call(schema31.properties, key0)) {
        const err4 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
          schema: false,
          parentSchema: schema31,
          data,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.apiVersion !== undefined) {
      let data0 = data.apiVersion;
      if ("leasehold/v1" !== data0) {
        const err5 = {
          instancePath: instancePath + "/apiVersion",
          schemaPath: "#/properties/apiVersion/const",
          keyword: "const",
          params: { allowedValue: "leasehold/v1" },
          message: "must be equal to constant",
          schema: "leasehold/v1",
          parentSchema: schema31.properties.apiVersion,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.kind !== undefined) {
      let data1 = data.kind;
      if ("Config" !== data1) {
        const err6 = {
          instancePath: instancePath + "/kind",
          schemaPath: "#/properties/kind/const",
          keyword: "const",
          params: { allowedValue: "Config" },
          message: "must be equal to constant",
          schema: "Config",
          parentSchema: schema31.properties.kind,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.installation !== undefined) {
      let data2 = data.installation;
      if (typeof data2 === "string") {
        if (!pattern4.test(data2)) {
          const err7 = {
            instancePath: instancePath + "/installation",
            schemaPath: "#/properties/installation/pattern",
            keyword: "pattern",
            params: { pattern: "^[a-z0-9-]{8,64}$" },
            message: 'must match pattern "' + "^[a-z0-9-]{8,64}$" + '"',
            schema: "^[a-z0-9-]{8,64}$",
            parentSchema: schema31.properties.installation,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = {
          instancePath: instancePath + "/installation",
          schemaPath: "#/properties/installation/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema31.properties.installation.type,
          parentSchema: schema31.properties.installation,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.app !== undefined) {
      let data3 = data.app;
      if (typeof data3 === "string") {
        if (func2(data3) > 300) {
          const err9 = {
            instancePath: instancePath + "/app",
            schemaPath: "#/$defs/path/maxLength",
            keyword: "maxLength",
            params: { limit: 300 },
            message: "must NOT have more than 300 characters",
            schema: 300,
            parentSchema: schema32,
            data: data3,
          };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (func2(data3) < 1) {
          const err10 = {
            instancePath: instancePath + "/app",
            schemaPath: "#/$defs/path/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema32,
            data: data3,
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = {
          instancePath: instancePath + "/app",
          schemaPath: "#/$defs/path/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema32.type,
          parentSchema: schema32,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.requests !== undefined) {
      let data4 = data.requests;
      if (typeof data4 === "string") {
        if (func2(data4) > 200) {
          const err12 = {
            instancePath: instancePath + "/requests",
            schemaPath: "#/properties/requests/maxLength",
            keyword: "maxLength",
            params: { limit: 200 },
            message: "must NOT have more than 200 characters",
            schema: 200,
            parentSchema: schema31.properties.requests,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (func2(data4) < 1) {
          const err13 = {
            instancePath: instancePath + "/requests",
            schemaPath: "#/properties/requests/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema31.properties.requests,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      } else {
        const err14 = {
          instancePath: instancePath + "/requests",
          schemaPath: "#/properties/requests/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema31.properties.requests.type,
          parentSchema: schema31.properties.requests,
          data: data4,
        };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.gateways !== undefined) {
      let data5 = data.gateways;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        if (Object.keys(data5).length > 100) {
          const err15 = {
            instancePath: instancePath + "/gateways",
            schemaPath: "#/properties/gateways/maxProperties",
            keyword: "maxProperties",
            params: { limit: 100 },
            message: "must NOT have more than 100 properties",
            schema: 100,
            parentSchema: schema31.properties.gateways,
            data: data5,
          };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        if (Object.keys(data5).length < 1) {
          const err16 = {
            instancePath: instancePath + "/gateways",
            schemaPath: "#/properties/gateways/minProperties",
            keyword: "minProperties",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 properties",
            schema: 1,
            parentSchema: schema31.properties.gateways,
            data: data5,
          };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
        for (const key1 in data5) {
          const _errs13 = errors;
          if (typeof key1 === "string") {
            if (!pattern5.test(key1)) {
              const err17 = {
                instancePath: instancePath + "/gateways",
                schemaPath: "#/$defs/identifier/pattern",
                keyword: "pattern",
                params: { pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" },
                message: 'must match pattern "' + "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" + '"',
                schema: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
                parentSchema: schema33,
                data: key1,
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
          } else {
            const err18 = {
              instancePath: instancePath + "/gateways",
              schemaPath: "#/$defs/identifier/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema33.type,
              parentSchema: schema33,
              data: key1,
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
          var valid2 = _errs13 === errors;
          if (!valid2) {
            const err19 = {
              instancePath: instancePath + "/gateways",
              schemaPath: "#/properties/gateways/propertyNames",
              keyword: "propertyNames",
              params: { propertyName: key1 },
              message: "property name must be valid",
              schema: schema31.properties.gateways.propertyNames,
              parentSchema: schema31.properties.gateways,
              data: data5,
            };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
        for (const key2 in data5) {
          if (
            !validate21(data5[key2], {
              instancePath: instancePath + "/gateways/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
              parentData: data5,
              parentDataProperty: key2,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err20 = {
          instancePath: instancePath + "/gateways",
          schemaPath: "#/properties/gateways/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
          schema: schema31.properties.gateways.type,
          parentSchema: schema31.properties.gateways,
          data: data5,
        };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.log !== undefined) {
      if (
        !validate32(data.log, {
          instancePath: instancePath + "/log",
          parentData: data,
          parentDataProperty: "log",
          rootData,
          dynamicAnchors,
        })
      ) {
        vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
        errors = vErrors.length;
      }
    }
    if (data.approvals !== undefined) {
      let data8 = data.approvals;
      if (!(data8 === "local" || data8 === "github")) {
        const err21 = {
          instancePath: instancePath + "/approvals",
          schemaPath: "#/properties/approvals/enum",
          keyword: "enum",
          params: { allowedValues: schema31.properties.approvals.enum },
          message: "must be equal to one of the allowed values",
          schema: schema31.properties.approvals.enum,
          parentSchema: schema31.properties.approvals,
          data: data8,
        };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.limits !== undefined) {
      let data9 = data.limits;
      if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
        for (const key3 in data9) {
          if (!(
            key3 === "maxDuration" ||
            key3 === "startWithin" ||
            key3 === "approvalValidFor" ||
            key3 === "bulkRemovals"
          )) {
            const err22 = {
              instancePath: instancePath + "/limits",
              schemaPath: "#/properties/limits/additionalProperties",
              keyword: "additionalProperties",
              params: { additionalProperty: key3 },
              message: "must NOT have additional properties",
              schema: false,
              parentSchema: schema31.properties.limits,
              data: data9,
            };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
        }
        if (data9.maxDuration !== undefined) {
          let data10 = data9.maxDuration;
          if (typeof data10 === "string") {
            if (!pattern12.test(data10)) {
              const err23 = {
                instancePath: instancePath + "/limits/maxDuration",
                schemaPath: "#/$defs/duration/pattern",
                keyword: "pattern",
                params: {
                  pattern:
                    "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
                },
                message:
                  'must match pattern "' +
                  "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$" +
                  '"',
                schema:
                  "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
                parentSchema: schema53,
                data: data10,
              };
              if (vErrors === null) {
                vErrors = [err23];
              } else {
                vErrors.push(err23);
              }
              errors++;
            }
          } else {
            const err24 = {
              instancePath: instancePath + "/limits/maxDuration",
              schemaPath: "#/$defs/duration/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema53.type,
              parentSchema: schema53,
              data: data10,
            };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
        if (data9.startWithin !== undefined) {
          let data11 = data9.startWithin;
          if (typeof data11 === "string") {
            if (!pattern12.test(data11)) {
              const err25 = {
                instancePath: instancePath + "/limits/startWithin",
                schemaPath: "#/$defs/duration/pattern",
                keyword: "pattern",
                params: {
                  pattern:
                    "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
                },
                message:
                  'must match pattern "' +
                  "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$" +
                  '"',
                schema:
                  "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
                parentSchema: schema53,
                data: data11,
              };
              if (vErrors === null) {
                vErrors = [err25];
              } else {
                vErrors.push(err25);
              }
              errors++;
            }
          } else {
            const err26 = {
              instancePath: instancePath + "/limits/startWithin",
              schemaPath: "#/$defs/duration/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema53.type,
              parentSchema: schema53,
              data: data11,
            };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          }
        }
        if (data9.approvalValidFor !== undefined) {
          let data12 = data9.approvalValidFor;
          if (typeof data12 === "string") {
            if (!pattern12.test(data12)) {
              const err27 = {
                instancePath: instancePath + "/limits/approvalValidFor",
                schemaPath: "#/$defs/duration/pattern",
                keyword: "pattern",
                params: {
                  pattern:
                    "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
                },
                message:
                  'must match pattern "' +
                  "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$" +
                  '"',
                schema:
                  "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
                parentSchema: schema53,
                data: data12,
              };
              if (vErrors === null) {
                vErrors = [err27];
              } else {
                vErrors.push(err27);
              }
              errors++;
            }
          } else {
            const err28 = {
              instancePath: instancePath + "/limits/approvalValidFor",
              schemaPath: "#/$defs/duration/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema53.type,
              parentSchema: schema53,
              data: data12,
            };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
        if (data9.bulkRemovals !== undefined) {
          let data13 = data9.bulkRemovals;
          if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
            for (const key4 in data13) {
              if (!(key4 === "count" || key4 === "percent")) {
                const err29 = {
                  instancePath: instancePath + "/limits/bulkRemovals",
                  schemaPath: "#/properties/limits/properties/bulkRemovals/additionalProperties",
                  keyword: "additionalProperties",
                  params: { additionalProperty: key4 },
                  message: "must NOT have additional properties",
                  schema: false,
                  parentSchema: schema31.properties.limits.properties.bulkRemovals,
                  data: data13,
                };
                if (vErrors === null) {
                  vErrors = [err29];
                } else {
                  vErrors.push(err29);
                }
                errors++;
              }
            }
            if (data13.count !== undefined) {
              let data14 = data13.count;
              if (!(typeof data14 == "number" && !(data14 % 1) && !isNaN(data14) && isFinite(data14))) {
                const err30 = {
                  instancePath: instancePath + "/limits/bulkRemovals/count",
                  schemaPath: "#/properties/limits/properties/bulkRemovals/properties/count/type",
                  keyword: "type",
                  params: { type: "integer" },
                  message: "must be integer",
                  schema: schema31.properties.limits.properties.bulkRemovals.properties.count.type,
                  parentSchema: schema31.properties.limits.properties.bulkRemovals.properties.count,
                  data: data14,
                };
                if (vErrors === null) {
                  vErrors = [err30];
                } else {
                  vErrors.push(err30);
                }
                errors++;
              }
              if (typeof data14 == "number" && isFinite(data14)) {
                if (data14 > 100000 || isNaN(data14)) {
                  const err31 = {
                    instancePath: instancePath + "/limits/bulkRemovals/count",
                    schemaPath: "#/properties/limits/properties/bulkRemovals/properties/count/maximum",
                    keyword: "maximum",
                    params: { comparison: "<=", limit: 100000 },
                    message: "must be <= 100000",
                    schema: 100000,
                    parentSchema: schema31.properties.limits.properties.bulkRemovals.properties.count,
                    data: data14,
                  };
                  if (vErrors === null) {
                    vErrors = [err31];
                  } else {
                    vErrors.push(err31);
                  }
                  errors++;
                }
                if (data14 < 0 || isNaN(data14)) {
                  const err32 = {
                    instancePath: instancePath + "/limits/bulkRemovals/count",
                    schemaPath: "#/properties/limits/properties/bulkRemovals/properties/count/minimum",
                    keyword: "minimum",
                    params: { comparison: ">=", limit: 0 },
                    message: "must be >= 0",
                    schema: 0,
                    parentSchema: schema31.properties.limits.properties.bulkRemovals.properties.count,
                    data: data14,
                  };
                  if (vErrors === null) {
                    vErrors = [err32];
                  } else {
                    vErrors.push(err32);
                  }
                  errors++;
                }
              }
            }
            if (data13.percent !== undefined) {
              let data15 = data13.percent;
              if (!(typeof data15 == "number" && !(data15 % 1) && !isNaN(data15) && isFinite(data15))) {
                const err33 = {
                  instancePath: instancePath + "/limits/bulkRemovals/percent",
                  schemaPath: "#/properties/limits/properties/bulkRemovals/properties/percent/type",
                  keyword: "type",
                  params: { type: "integer" },
                  message: "must be integer",
                  schema: schema31.properties.limits.properties.bulkRemovals.properties.percent.type,
                  parentSchema: schema31.properties.limits.properties.bulkRemovals.properties.percent,
                  data: data15,
                };
                if (vErrors === null) {
                  vErrors = [err33];
                } else {
                  vErrors.push(err33);
                }
                errors++;
              }
              if (typeof data15 == "number" && isFinite(data15)) {
                if (data15 > 100 || isNaN(data15)) {
                  const err34 = {
                    instancePath: instancePath + "/limits/bulkRemovals/percent",
                    schemaPath: "#/properties/limits/properties/bulkRemovals/properties/percent/maximum",
                    keyword: "maximum",
                    params: { comparison: "<=", limit: 100 },
                    message: "must be <= 100",
                    schema: 100,
                    parentSchema: schema31.properties.limits.properties.bulkRemovals.properties.percent,
                    data: data15,
                  };
                  if (vErrors === null) {
                    vErrors = [err34];
                  } else {
                    vErrors.push(err34);
                  }
                  errors++;
                }
                if (data15 < 0 || isNaN(data15)) {
                  const err35 = {
                    instancePath: instancePath + "/limits/bulkRemovals/percent",
                    schemaPath: "#/properties/limits/properties/bulkRemovals/properties/percent/minimum",
                    keyword: "minimum",
                    params: { comparison: ">=", limit: 0 },
                    message: "must be >= 0",
                    schema: 0,
                    parentSchema: schema31.properties.limits.properties.bulkRemovals.properties.percent,
                    data: data15,
                  };
                  if (vErrors === null) {
                    vErrors = [err35];
                  } else {
                    vErrors.push(err35);
                  }
                  errors++;
                }
              }
            }
          } else {
            const err36 = {
              instancePath: instancePath + "/limits/bulkRemovals",
              schemaPath: "#/properties/limits/properties/bulkRemovals/type",
              keyword: "type",
              params: { type: "object" },
              message: "must be object",
              schema: schema31.properties.limits.properties.bulkRemovals.type,
              parentSchema: schema31.properties.limits.properties.bulkRemovals,
              data: data13,
            };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
        }
      } else {
        const err37 = {
          instancePath: instancePath + "/limits",
          schemaPath: "#/properties/limits/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
          schema: schema31.properties.limits.type,
          parentSchema: schema31.properties.limits,
          data: data9,
        };
        if (vErrors === null) {
          vErrors = [err37];
        } else {
          vErrors.push(err37);
        }
        errors++;
      }
    }
    if (data.protected !== undefined) {
      let data16 = data.protected;
      if (Array.isArray(data16)) {
        if (data16.length > 1000) {
          const err38 = {
            instancePath: instancePath + "/protected",
            schemaPath: "#/properties/protected/maxItems",
            keyword: "maxItems",
            params: { limit: 1000 },
            message: "must NOT have more than 1000 items",
            schema: 1000,
            parentSchema: schema31.properties.protected,
            data: data16,
          };
          if (vErrors === null) {
            vErrors = [err38];
          } else {
            vErrors.push(err38);
          }
          errors++;
        }
        const len0 = data16.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data17 = data16[i0];
          if (typeof data17 !== "string") {
            const err39 = {
              instancePath: instancePath + "/protected/" + i0,
              schemaPath: "#/properties/protected/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema31.properties.protected.items.type,
              parentSchema: schema31.properties.protected.items,
              data: data17,
            };
            if (vErrors === null) {
              vErrors = [err39];
            } else {
              vErrors.push(err39);
            }
            errors++;
          }
          if (typeof data17 === "string") {
            if (!pattern15.test(data17)) {
              const err40 = {
                instancePath: instancePath + "/protected/" + i0,
                schemaPath: "#/$defs/principal/pattern",
                keyword: "pattern",
                params: {
                  pattern:
                    "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
                },
                message:
                  'must match pattern "' +
                  "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$" +
                  '"',
                schema:
                  "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
                parentSchema: schema56,
                data: data17,
              };
              if (vErrors === null) {
                vErrors = [err40];
              } else {
                vErrors.push(err40);
              }
              errors++;
            }
          } else {
            const err41 = {
              instancePath: instancePath + "/protected/" + i0,
              schemaPath: "#/$defs/principal/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema56.type,
              parentSchema: schema56,
              data: data17,
            };
            if (vErrors === null) {
              vErrors = [err41];
            } else {
              vErrors.push(err41);
            }
            errors++;
          }
        }
        let i1 = data16.length;
        let j0;
        if (i1 > 1) {
          const indices0 = {};
          for (; i1--;) {
            let item0 = data16[i1];
            if (typeof item0 !== "string") {
              continue;
            }
            if (typeof indices0[item0] == "number") {
              j0 = indices0[item0];
              const err42 = {
                instancePath: instancePath + "/protected",
                schemaPath: "#/properties/protected/uniqueItems",
                keyword: "uniqueItems",
                params: { i: i1, j: j0 },
                message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)",
                schema: true,
                parentSchema: schema31.properties.protected,
                data: data16,
              };
              if (vErrors === null) {
                vErrors = [err42];
              } else {
                vErrors.push(err42);
              }
              errors++;
              break;
            }
            indices0[item0] = i1;
          }
        }
      } else {
        const err43 = {
          instancePath: instancePath + "/protected",
          schemaPath: "#/properties/protected/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
          schema: schema31.properties.protected.type,
          parentSchema: schema31.properties.protected,
          data: data16,
        };
        if (vErrors === null) {
          vErrors = [err43];
        } else {
          vErrors.push(err43);
        }
        errors++;
      }
    }
  } else {
    const err44 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema31.type,
      parentSchema: schema31,
      data,
    };
    if (vErrors === null) {
      vErrors = [err44];
    } else {
      vErrors.push(err44);
    }
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
