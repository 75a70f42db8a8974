/* oxlint-disable */
// @ts-nocheck
// Generated from schemas/request.v1.json by scripts/generate-validators.mjs; do not edit.
export const validate = validate20;
const schema31 = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://leasehold.dev/schemas/request.v1.json",
  title: "an access request",
  description: "Asks for access: who, to what, for how long, why. One request per file.",
  type: "object",
  additionalProperties: false,
  required: ["apiVersion", "kind", "metadata", "spec"],
  properties: {
    apiVersion: { description: "The version of this file's format.", const: "leasehold/v1" },
    kind: { description: "What this file is.", const: "AccessRequest" },
    metadata: {
      title: "a map with the request's name",
      type: "object",
      additionalProperties: false,
      required: ["name"],
      properties: {
        name: {
          $ref: "#/$defs/identifier",
          description: "The name of the request. Unique in the repository, and never used again once it was merged.",
        },
      },
    },
    spec: {
      title: "a map with what is asked",
      type: "object",
      additionalProperties: false,
      required: ["for", "access", "startBefore", "reason"],
      properties: {
        for: {
          description: "Who gets access: an e-mail, group:<name> or service:<name>, or a list of these.",
          if: { type: "array" },
          then: { $ref: "#/$defs/principals" },
          else: { $ref: "#/$defs/principal" },
        },
        access: {
          title: "a list of connections such as [orders-db/read]",
          description: "What access is to: connections as <resource>/<level>.",
          type: "array",
          minItems: 1,
          maxItems: 100,
          uniqueItems: true,
          items: { type: "string", $ref: "#/$defs/connection" },
        },
        duration: {
          $ref: "#/$defs/duration",
          description: "How long access lasts, counted from its activation. Left out: the default of the rule.",
        },
        startBefore: { $ref: "#/$defs/instant", description: "The latest activation." },
        startAfter: { $ref: "#/$defs/instant", description: "The earliest activation. Left out: at once." },
        reason: {
          title: "a reason of 1 to 500 characters",
          description:
            "Why access is needed, for the people who approve. White space and line breaks count as one space.",
          type: "string",
          minLength: 1,
          maxLength: 500,
        },
        ticket: {
          title: "a ticket of 1 to 100 visible ASCII characters such as INC-4711",
          description: "The ticket that this access is for.",
          type: "string",
          pattern: "^[!-~]{1,100}$",
        },
        rule: {
          $ref: "#/$defs/identifier",
          description: "The rule to ask under, where several match. Left out: the first that matches.",
        },
        extends: {
          $ref: "#/$defs/identifier",
          description: "The request that this one extends, as `leasehold request --extend` writes it.",
        },
      },
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
    principals: {
      title: "a list of e-mails, group:<name> or service:<name>",
      type: "array",
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      items: { type: "string", $ref: "#/$defs/principal" },
    },
    connection: {
      title: "a connection as <resource>/<level>, such as orders-db/read",
      type: "string",
      pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
    },
    duration: {
      title: "a duration such as 2h, 1h30m, 2d or PT2H",
      type: "string",
      pattern:
        "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
    },
    instant: {
      title: "a date and time with its zone such as 2026-11-25T18:00:00Z",
      type: "string",
      pattern:
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$",
    },
  },
};
const schema32 = {
  title: "a name of lower-case letters, digits, `.`, `_` and `-`, 1 to 63 long",
  type: "string",
  pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
};
const schema34 = {
  title: "an e-mail, group:<name> or service:<name>",
  type: "string",
  pattern:
    "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
};
const schema36 = {
  title: "a connection as <resource>/<level>, such as orders-db/read",
  type: "string",
  pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
};
const schema37 = {
  title: "a duration such as 2h, 1h30m, 2d or PT2H",
  type: "string",
  pattern:
    "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
};
const schema38 = {
  title: "a date and time with its zone such as 2026-11-25T18:00:00Z",
  type: "string",
  pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$",
};
const pattern4 = new RegExp("^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$", "u");
const pattern5 = new RegExp(
  "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
  "u",
);
const pattern7 = new RegExp("^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$", "u");
const pattern8 = new RegExp(
  "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?|P(?=[0-9]|T[0-9])(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)$",
  "u",
);
const pattern9 = new RegExp(
  "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$",
  "u",
);
const pattern11 = new RegExp("^[!-~]{1,100}$", "u");
const func1 = Object.prototype.hasOwnProperty;
const func2 = require("ajv/dist/runtime/ucs2length").default;
const schema33 = {
  title: "a list of e-mails, group:<name> or service:<name>",
  type: "array",
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
  items: { type: "string", $ref: "#/$defs/principal" },
};

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
  if (Array.isArray(data)) {
    if (data.length > 100) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxItems",
        keyword: "maxItems",
        params: { limit: 100 },
        message: "must NOT have more than 100 items",
        schema: 100,
        parentSchema: schema33,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minItems",
        keyword: "minItems",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 items",
        schema: 1,
        parentSchema: schema33,
        data,
      };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      if (typeof data0 !== "string") {
        const err2 = {
          instancePath: instancePath + "/" + i0,
          schemaPath: "#/items/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema33.items.type,
          parentSchema: schema33.items,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      if (typeof data0 === "string") {
        if (!pattern5.test(data0)) {
          const err3 = {
            instancePath: instancePath + "/" + i0,
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
            parentSchema: schema34,
            data: data0,
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
          instancePath: instancePath + "/" + i0,
          schemaPath: "#/$defs/principal/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema34.type,
          parentSchema: schema34,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    let i1 = data.length;
    let j0;
    if (i1 > 1) {
      const indices0 = {};
      for (; i1--;) {
        let item0 = data[i1];
        if (typeof item0 !== "string") {
          continue;
        }
        if (typeof indices0[item0] == "number") {
          j0 = indices0[item0];
          const err5 = {
            instancePath,
            schemaPath: "#/uniqueItems",
            keyword: "uniqueItems",
            params: { i: i1, j: j0 },
            message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)",
            schema: true,
            parentSchema: schema33,
            data,
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
          break;
        }
        indices0[item0] = i1;
      }
    }
  } else {
    const err6 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "array" },
      message: "must be array",
      schema: schema33.type,
      parentSchema: schema33,
      data,
    };
    if (vErrors === null) {
      vErrors = [err6];
    } else {
      vErrors.push(err6);
    }
    errors++;
  }
  validate21.errors = vErrors;
  return errors === 0;
}
validate21.evaluated = { items: true, dynamicProps: false, dynamicItems: false };

function validate20(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  /*# sourceURL="https://leasehold.dev/schemas/request.v1.json" */ let vErrors = null;
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
    if (data.metadata === undefined) {
      const err2 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "metadata" },
        message: "must have required property '" + "metadata" + "'",
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
    if (data.spec === undefined) {
      const err3 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "spec" },
        message: "must have required property '" + "spec" + "'",
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
      if (!(key0 === "apiVersion" || key0 === "kind" || key0 === "metadata" || key0 === "spec")) {
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
      if ("AccessRequest" !== data1) {
        const err6 = {
          instancePath: instancePath + "/kind",
          schemaPath: "#/properties/kind/const",
          keyword: "const",
          params: { allowedValue: "AccessRequest" },
          message: "must be equal to constant",
          schema: "AccessRequest",
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
    if (data.metadata !== undefined) {
      let data2 = data.metadata;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        if (data2.name === undefined) {
          const err7 = {
            instancePath: instancePath + "/metadata",
            schemaPath: "#/properties/metadata/required",
            keyword: "required",
            params: { missingProperty: "name" },
            message: "must have required property '" + "name" + "'",
            schema: schema31.properties.metadata.required,
            parentSchema: schema31.properties.metadata,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        for (const key1 in data2) {
          if (!(key1 === "name")) {
            const err8 = {
              instancePath: instancePath + "/metadata",
              schemaPath: "#/properties/metadata/additionalProperties",
              keyword: "additionalProperties",
              params: { additionalProperty: key1 },
              message: "must NOT have additional properties",
              schema: false,
              parentSchema: schema31.properties.metadata,
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
        if (data2.name !== undefined) {
          let data3 = data2.name;
          if (typeof data3 === "string") {
            if (!pattern4.test(data3)) {
              const err9 = {
                instancePath: instancePath + "/metadata/name",
                schemaPath: "#/$defs/identifier/pattern",
                keyword: "pattern",
                params: { pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" },
                message: 'must match pattern "' + "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" + '"',
                schema: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
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
          } else {
            const err10 = {
              instancePath: instancePath + "/metadata/name",
              schemaPath: "#/$defs/identifier/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema32.type,
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
        }
      } else {
        const err11 = {
          instancePath: instancePath + "/metadata",
          schemaPath: "#/properties/metadata/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
          schema: schema31.properties.metadata.type,
          parentSchema: schema31.properties.metadata,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.spec !== undefined) {
      let data4 = data.spec;
      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
        if (data4.for === undefined) {
          const err12 = {
            instancePath: instancePath + "/spec",
            schemaPath: "#/properties/spec/required",
            keyword: "required",
            params: { missingProperty: "for" },
            message: "must have required property '" + "for" + "'",
            schema: schema31.properties.spec.required,
            parentSchema: schema31.properties.spec,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (data4.access === undefined) {
          const err13 = {
            instancePath: instancePath + "/spec",
            schemaPath: "#/properties/spec/required",
            keyword: "required",
            params: { missingProperty: "access" },
            message: "must have required property '" + "access" + "'",
            schema: schema31.properties.spec.required,
            parentSchema: schema31.properties.spec,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        if (data4.startBefore === undefined) {
          const err14 = {
            instancePath: instancePath + "/spec",
            schemaPath: "#/properties/spec/required",
            keyword: "required",
            params: { missingProperty: "startBefore" },
            message: "must have required property '" + "startBefore" + "'",
            schema: schema31.properties.spec.required,
            parentSchema: schema31.properties.spec,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
        if (data4.reason === undefined) {
          const err15 = {
            instancePath: instancePath + "/spec",
            schemaPath: "#/properties/spec/required",
            keyword: "required",
            params: { missingProperty: "reason" },
            message: "must have required property '" + "reason" + "'",
            schema: schema31.properties.spec.required,
            parentSchema: schema31.properties.spec,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        for (const key2 in data4) {
          if (!func1.call(schema31.properties.spec.properties, key2)) {
            const err16 = {
              instancePath: instancePath + "/spec",
              schemaPath: "#/properties/spec/additionalProperties",
              keyword: "additionalProperties",
              params: { additionalProperty: key2 },
              message: "must NOT have additional properties",
              schema: false,
              parentSchema: schema31.properties.spec,
              data: data4,
            };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
        }
        if (data4.for !== undefined) {
          let data5 = data4.for;
          const _errs14 = errors;
          let valid4 = true;
          const _errs15 = errors;
          if (!Array.isArray(data5)) {
            const err17 = {};
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
          var _valid0 = _errs15 === errors;
          errors = _errs14;
          if (vErrors !== null) {
            if (_errs14) {
              vErrors.length = _errs14;
            } else {
              vErrors = null;
            }
          }
          let ifClause0;
          if (_valid0) {
            const _errs17 = errors;
            if (
              !validate21(data5, {
                instancePath: instancePath + "/spec/for",
                parentData: data4,
                parentDataProperty: "for",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
              errors = vErrors.length;
            }
            var _valid0 = _errs17 === errors;
            valid4 = _valid0;
            ifClause0 = "then";
          } else {
            const _errs18 = errors;
            if (typeof data5 === "string") {
              if (!pattern5.test(data5)) {
                const err18 = {
                  instancePath: instancePath + "/spec/for",
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
                  parentSchema: schema34,
                  data: data5,
                };
                if (vErrors === null) {
                  vErrors = [err18];
                } else {
                  vErrors.push(err18);
                }
                errors++;
              }
            } else {
              const err19 = {
                instancePath: instancePath + "/spec/for",
                schemaPath: "#/$defs/principal/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
                schema: schema34.type,
                parentSchema: schema34,
                data: data5,
              };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
            var _valid0 = _errs18 === errors;
            valid4 = _valid0;
            ifClause0 = "else";
          }
          if (!valid4) {
            const err20 = {
              instancePath: instancePath + "/spec/for",
              schemaPath: "#/properties/spec/properties/for/if",
              keyword: "if",
              params: { failingKeyword: ifClause0 },
              message: 'must match "' + ifClause0 + '" schema',
              schema: schema31.properties.spec.properties.for.if,
              parentSchema: schema31.properties.spec.properties.for,
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
        if (data4.access !== undefined) {
          let data6 = data4.access;
          if (Array.isArray(data6)) {
            if (data6.length > 100) {
              const err21 = {
                instancePath: instancePath + "/spec/access",
                schemaPath: "#/properties/spec/properties/access/maxItems",
                keyword: "maxItems",
                params: { limit: 100 },
                message: "must NOT have more than 100 items",
                schema: 100,
                parentSchema: schema31.properties.spec.properties.access,
                data: data6,
              };
              if (vErrors === null) {
                vErrors = [err21];
              } else {
                vErrors.push(err21);
              }
              errors++;
            }
            if (data6.length < 1) {
              const err22 = {
                instancePath: instancePath + "/spec/access",
                schemaPath: "#/properties/spec/properties/access/minItems",
                keyword: "minItems",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 items",
                schema: 1,
                parentSchema: schema31.properties.spec.properties.access,
                data: data6,
              };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            }
            const len0 = data6.length;
            for (let i0 = 0; i0 < len0; i0++) {
              let data7 = data6[i0];
              if (typeof data7 !== "string") {
                const err23 = {
                  instancePath: instancePath + "/spec/access/" + i0,
                  schemaPath: "#/properties/spec/properties/access/items/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema31.properties.spec.properties.access.items.type,
                  parentSchema: schema31.properties.spec.properties.access.items,
                  data: data7,
                };
                if (vErrors === null) {
                  vErrors = [err23];
                } else {
                  vErrors.push(err23);
                }
                errors++;
              }
              if (typeof data7 === "string") {
                if (!pattern7.test(data7)) {
                  const err24 = {
                    instancePath: instancePath + "/spec/access/" + i0,
                    schemaPath: "#/$defs/connection/pattern",
                    keyword: "pattern",
                    params: {
                      pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
                    },
                    message:
                      'must match pattern "' +
                      "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" +
                      '"',
                    schema: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
                    parentSchema: schema36,
                    data: data7,
                  };
                  if (vErrors === null) {
                    vErrors = [err24];
                  } else {
                    vErrors.push(err24);
                  }
                  errors++;
                }
              } else {
                const err25 = {
                  instancePath: instancePath + "/spec/access/" + i0,
                  schemaPath: "#/$defs/connection/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema36.type,
                  parentSchema: schema36,
                  data: data7,
                };
                if (vErrors === null) {
                  vErrors = [err25];
                } else {
                  vErrors.push(err25);
                }
                errors++;
              }
            }
            let i1 = data6.length;
            let j0;
            if (i1 > 1) {
              const indices0 = {};
              for (; i1--;) {
                let item0 = data6[i1];
                if (typeof item0 !== "string") {
                  continue;
                }
                if (typeof indices0[item0] == "number") {
                  j0 = indices0[item0];
                  const err26 = {
                    instancePath: instancePath + "/spec/access",
                    schemaPath: "#/properties/spec/properties/access/uniqueItems",
                    keyword: "uniqueItems",
                    params: { i: i1, j: j0 },
                    message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)",
                    schema: true,
                    parentSchema: schema31.properties.spec.properties.access,
                    data: data6,
                  };
                  if (vErrors === null) {
                    vErrors = [err26];
                  } else {
                    vErrors.push(err26);
                  }
                  errors++;
                  break;
                }
                indices0[item0] = i1;
              }
            }
          } else {
            const err27 = {
              instancePath: instancePath + "/spec/access",
              schemaPath: "#/properties/spec/properties/access/type",
              keyword: "type",
              params: { type: "array" },
              message: "must be array",
              schema: schema31.properties.spec.properties.access.type,
              parentSchema: schema31.properties.spec.properties.access,
              data: data6,
            };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        if (data4.duration !== undefined) {
          let data8 = data4.duration;
          if (typeof data8 === "string") {
            if (!pattern8.test(data8)) {
              const err28 = {
                instancePath: instancePath + "/spec/duration",
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
                parentSchema: schema37,
                data: data8,
              };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
          } else {
            const err29 = {
              instancePath: instancePath + "/spec/duration",
              schemaPath: "#/$defs/duration/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema37.type,
              parentSchema: schema37,
              data: data8,
            };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
        if (data4.startBefore !== undefined) {
          let data9 = data4.startBefore;
          if (typeof data9 === "string") {
            if (!pattern9.test(data9)) {
              const err30 = {
                instancePath: instancePath + "/spec/startBefore",
                schemaPath: "#/$defs/instant/pattern",
                keyword: "pattern",
                params: {
                  pattern:
                    "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$",
                },
                message:
                  'must match pattern "' +
                  "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$" +
                  '"',
                schema:
                  "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$",
                parentSchema: schema38,
                data: data9,
              };
              if (vErrors === null) {
                vErrors = [err30];
              } else {
                vErrors.push(err30);
              }
              errors++;
            }
          } else {
            const err31 = {
              instancePath: instancePath + "/spec/startBefore",
              schemaPath: "#/$defs/instant/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema38.type,
              parentSchema: schema38,
              data: data9,
            };
            if (vErrors === null) {
              vErrors = [err31];
            } else {
              vErrors.push(err31);
            }
            errors++;
          }
        }
        if (data4.startAfter !== undefined) {
          let data10 = data4.startAfter;
          if (typeof data10 === "string") {
            if (!pattern9.test(data10)) {
              const err32 = {
                instancePath: instancePath + "/spec/startAfter",
                schemaPath: "#/$defs/instant/pattern",
                keyword: "pattern",
                params: {
                  pattern:
                    "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$",
                },
                message:
                  'must match pattern "' +
                  "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$" +
                  '"',
                schema:
                  "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$",
                parentSchema: schema38,
                data: data10,
              };
              if (vErrors === null) {
                vErrors = [err32];
              } else {
                vErrors.push(err32);
              }
              errors++;
            }
          } else {
            const err33 = {
              instancePath: instancePath + "/spec/startAfter",
              schemaPath: "#/$defs/instant/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema38.type,
              parentSchema: schema38,
              data: data10,
            };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
        if (data4.reason !== undefined) {
          let data11 = data4.reason;
          if (typeof data11 === "string") {
            if (func2(data11) > 500) {
              const err34 = {
                instancePath: instancePath + "/spec/reason",
                schemaPath: "#/properties/spec/properties/reason/maxLength",
                keyword: "maxLength",
                params: { limit: 500 },
                message: "must NOT have more than 500 characters",
                schema: 500,
                parentSchema: schema31.properties.spec.properties.reason,
                data: data11,
              };
              if (vErrors === null) {
                vErrors = [err34];
              } else {
                vErrors.push(err34);
              }
              errors++;
            }
            if (func2(data11) < 1) {
              const err35 = {
                instancePath: instancePath + "/spec/reason",
                schemaPath: "#/properties/spec/properties/reason/minLength",
                keyword: "minLength",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 characters",
                schema: 1,
                parentSchema: schema31.properties.spec.properties.reason,
                data: data11,
              };
              if (vErrors === null) {
                vErrors = [err35];
              } else {
                vErrors.push(err35);
              }
              errors++;
            }
          } else {
            const err36 = {
              instancePath: instancePath + "/spec/reason",
              schemaPath: "#/properties/spec/properties/reason/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema31.properties.spec.properties.reason.type,
              parentSchema: schema31.properties.spec.properties.reason,
              data: data11,
            };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
        }
        if (data4.ticket !== undefined) {
          let data12 = data4.ticket;
          if (typeof data12 === "string") {
            if (!pattern11.test(data12)) {
              const err37 = {
                instancePath: instancePath + "/spec/ticket",
                schemaPath: "#/properties/spec/properties/ticket/pattern",
                keyword: "pattern",
                params: { pattern: "^[!-~]{1,100}$" },
                message: 'must match pattern "' + "^[!-~]{1,100}$" + '"',
                schema: "^[!-~]{1,100}$",
                parentSchema: schema31.properties.spec.properties.ticket,
                data: data12,
              };
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
          } else {
            const err38 = {
              instancePath: instancePath + "/spec/ticket",
              schemaPath: "#/properties/spec/properties/ticket/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema31.properties.spec.properties.ticket.type,
              parentSchema: schema31.properties.spec.properties.ticket,
              data: data12,
            };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
        }
        if (data4.rule !== undefined) {
          let data13 = data4.rule;
          if (typeof data13 === "string") {
            if (!pattern4.test(data13)) {
              const err39 = {
                instancePath: instancePath + "/spec/rule",
                schemaPath: "#/$defs/identifier/pattern",
                keyword: "pattern",
                params: { pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" },
                message: 'must match pattern "' + "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" + '"',
                schema: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
                parentSchema: schema32,
                data: data13,
              };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
          } else {
            const err40 = {
              instancePath: instancePath + "/spec/rule",
              schemaPath: "#/$defs/identifier/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema32.type,
              parentSchema: schema32,
              data: data13,
            };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
        }
        if (data4.extends !== undefined) {
          let data14 = data4.extends;
          if (typeof data14 === "string") {
            if (!pattern4.test(data14)) {
              const err41 = {
                instancePath: instancePath + "/spec/extends",
                schemaPath: "#/$defs/identifier/pattern",
                keyword: "pattern",
                params: { pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" },
                message: 'must match pattern "' + "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" + '"',
                schema: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
                parentSchema: schema32,
                data: data14,
              };
              if (vErrors === null) {
                vErrors = [err41];
              } else {
                vErrors.push(err41);
              }
              errors++;
            }
          } else {
            const err42 = {
              instancePath: instancePath + "/spec/extends",
              schemaPath: "#/$defs/identifier/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema32.type,
              parentSchema: schema32,
              data: data14,
            };
            if (vErrors === null) {
              vErrors = [err42];
            } else {
              vErrors.push(err42);
            }
            errors++;
          }
        }
      } else {
        const err43 = {
          instancePath: instancePath + "/spec",
          schemaPath: "#/properties/spec/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
          schema: schema31.properties.spec.type,
          parentSchema: schema31.properties.spec,
          data: data4,
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
