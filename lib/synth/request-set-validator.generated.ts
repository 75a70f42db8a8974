/* oxlint-disable */
// @ts-nocheck
// Generated from schemas/request-set.v1.json by scripts/generate-validators.mjs; do not edit.
export const validate = validate52;
const schema19 = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://leasehold.dev/schemas/request-set.v1.json",
  title: "a set of requests",
  description: "Requests in their canonical form, by name: what is stored beside the Log.",
  type: "object",
  additionalProperties: false,
  required: ["requests"],
  properties: {
    requests: {
      description: "The requests, in ascending order of name.",
      type: "array",
      maxItems: 200000,
      items: { $ref: "#/$defs/request" },
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
    connectionId: {
      title: "a connection as <resource>/<level>",
      type: "string",
      pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
    },
    instant: {
      title: "a moment in UTC with milliseconds",
      type: "string",
      pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
    },
    seconds: { title: "a whole number from 1 to 7776000", type: "integer", minimum: 1, maximum: 7776000 },
    request: {
      title: "a request in its canonical form",
      type: "object",
      additionalProperties: false,
      required: ["name", "for", "access", "startBefore", "reason"],
      properties: {
        name: { $ref: "#/$defs/identifier" },
        for: { type: "array", maxItems: 100, items: { $ref: "#/$defs/principal" }, minItems: 1, uniqueItems: true },
        access: {
          type: "array",
          maxItems: 100,
          items: { $ref: "#/$defs/connectionId" },
          minItems: 1,
          uniqueItems: true,
        },
        durationSeconds: { $ref: "#/$defs/seconds" },
        startBefore: { $ref: "#/$defs/instant" },
        startAfter: { $ref: "#/$defs/instant" },
        reason: {
          title: "one line of 1 to 500 characters",
          type: "string",
          minLength: 1,
          maxLength: 500,
          pattern: "^[^\\u0000-\\u001f\\u007f]*$",
        },
        ticket: {
          title: "a ticket of 1 to 100 visible ASCII characters such as INC-4711",
          type: "string",
          pattern: "^[!-~]{1,100}$",
        },
        rule: { $ref: "#/$defs/identifier" },
        extends: { $ref: "#/$defs/identifier" },
      },
    },
  },
};
const schema20 = {
  title: "a request in its canonical form",
  type: "object",
  additionalProperties: false,
  required: ["name", "for", "access", "startBefore", "reason"],
  properties: {
    name: { $ref: "#/$defs/identifier" },
    for: { type: "array", maxItems: 100, items: { $ref: "#/$defs/principal" }, minItems: 1, uniqueItems: true },
    access: { type: "array", maxItems: 100, items: { $ref: "#/$defs/connectionId" }, minItems: 1, uniqueItems: true },
    durationSeconds: { $ref: "#/$defs/seconds" },
    startBefore: { $ref: "#/$defs/instant" },
    startAfter: { $ref: "#/$defs/instant" },
    reason: {
      title: "one line of 1 to 500 characters",
      type: "string",
      minLength: 1,
      maxLength: 500,
      pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    },
    ticket: {
      title: "a ticket of 1 to 100 visible ASCII characters such as INC-4711",
      type: "string",
      pattern: "^[!-~]{1,100}$",
    },
    rule: { $ref: "#/$defs/identifier" },
    extends: { $ref: "#/$defs/identifier" },
  },
};
const func1 = Object.prototype.hasOwnProperty;
const func0 = require("ajv/dist/runtime/equal").default;
const func4 = require("ajv/dist/runtime/ucs2length").default;
const schema21 = {
  title: "a name of lower-case letters, digits, `.`, `_` and `-`, 1 to 63 long",
  type: "string",
  pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
};
const pattern3 = new RegExp("^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$", "u");

function validate54(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate54.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern3.test(data)) {
        validate54.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: { pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" },
            message: 'must match pattern "' + "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" + '"',
          },
        ];
        return false;
      }
    } else {
      validate54.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate54.errors = vErrors;
  return errors === 0;
}
validate54.evaluated = { dynamicProps: false, dynamicItems: false };

const schema22 = {
  title: "an e-mail, group:<name> or service:<name>",
  type: "string",
  pattern:
    "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
};
const pattern4 = new RegExp(
  "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
  "u",
);

function validate56(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate56.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern4.test(data)) {
        validate56.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: {
              pattern:
                "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
            },
            message:
              'must match pattern "' +
              "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$" +
              '"',
          },
        ];
        return false;
      }
    } else {
      validate56.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate56.errors = vErrors;
  return errors === 0;
}
validate56.evaluated = { dynamicProps: false, dynamicItems: false };

const schema23 = {
  title: "a connection as <resource>/<level>",
  type: "string",
  pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
};
const pattern5 = new RegExp("^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$", "u");

function validate58(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate58.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern5.test(data)) {
        validate58.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: { pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" },
            message:
              'must match pattern "' +
              "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$" +
              '"',
          },
        ];
        return false;
      }
    } else {
      validate58.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate58.errors = vErrors;
  return errors === 0;
}
validate58.evaluated = { dynamicProps: false, dynamicItems: false };

const schema24 = { title: "a whole number from 1 to 7776000", type: "integer", minimum: 1, maximum: 7776000 };

function validate60(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate60.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (!(typeof data == "number" && !(data % 1) && !isNaN(data) && isFinite(data))) {
    validate60.errors = [
      { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "integer" }, message: "must be integer" },
    ];
    return false;
  }
  if (errors === 0) {
    if (typeof data == "number" && isFinite(data)) {
      if (data > 7776000 || isNaN(data)) {
        validate60.errors = [
          {
            instancePath,
            schemaPath: "#/maximum",
            keyword: "maximum",
            params: { comparison: "<=", limit: 7776000 },
            message: "must be <= 7776000",
          },
        ];
        return false;
      } else {
        if (data < 1 || isNaN(data)) {
          validate60.errors = [
            {
              instancePath,
              schemaPath: "#/minimum",
              keyword: "minimum",
              params: { comparison: ">=", limit: 1 },
              message: "must be >= 1",
            },
          ];
          return false;
        }
      }
    }
  }
  validate60.errors = vErrors;
  return errors === 0;
}
validate60.evaluated = { dynamicProps: false, dynamicItems: false };

const schema25 = {
  title: "a moment in UTC with milliseconds",
  type: "string",
  pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
};
const pattern6 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$", "u");

function validate62(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate62.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern6.test(data)) {
        validate62.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: { pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$" },
            message:
              'must match pattern "' + "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$" + '"',
          },
        ];
        return false;
      }
    } else {
      validate62.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate62.errors = vErrors;
  return errors === 0;
}
validate62.evaluated = { dynamicProps: false, dynamicItems: false };

const pattern7 = new RegExp("^[^\\u0000-\\u001f\\u007f]*$", "u");
const pattern8 = new RegExp("^[!-~]{1,100}$", "u");

function validate53(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate53.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.name === undefined && (missing0 = "name")) ||
        (data.for === undefined && (missing0 = "for")) ||
        (data.access === undefined && (missing0 = "access")) ||
        (data.startBefore === undefined && (missing0 = "startBefore")) ||
        (data.reason === undefined && (missing0 = "reason"))
      ) {
        validate53.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func1.call(schema20.properties, key0)) {
            validate53.errors = [
              {
                instancePath,
                schemaPath: "#/additionalProperties",
                keyword: "additionalProperties",
                params: { additionalProperty: key0 },
                message: "must NOT have additional properties",
              },
            ];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== undefined) {
            const _errs2 = errors;
            if (
              !validate54(data.name, {
                instancePath: instancePath + "/name",
                parentData: data,
                parentDataProperty: "name",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.for !== undefined) {
              let data1 = data.for;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (Array.isArray(data1)) {
                  if (data1.length > 100) {
                    validate53.errors = [
                      {
                        instancePath: instancePath + "/for",
                        schemaPath: "#/properties/for/maxItems",
                        keyword: "maxItems",
                        params: { limit: 100 },
                        message: "must NOT have more than 100 items",
                      },
                    ];
                    return false;
                  } else {
                    if (data1.length < 1) {
                      validate53.errors = [
                        {
                          instancePath: instancePath + "/for",
                          schemaPath: "#/properties/for/minItems",
                          keyword: "minItems",
                          params: { limit: 1 },
                          message: "must NOT have fewer than 1 items",
                        },
                      ];
                      return false;
                    } else {
                      var valid1 = true;
                      const len0 = data1.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs5 = errors;
                        if (
                          !validate56(data1[i0], {
                            instancePath: instancePath + "/for/" + i0,
                            parentData: data1,
                            parentDataProperty: i0,
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs5 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                      if (valid1) {
                        let i1 = data1.length;
                        let j0;
                        if (i1 > 1) {
                          outer0: for (; i1--;) {
                            for (j0 = i1; j0--;) {
                              if (func0(data1[i1], data1[j0])) {
                                validate53.errors = [
                                  {
                                    instancePath: instancePath + "/for",
                                    schemaPath: "#/properties/for/uniqueItems",
                                    keyword: "uniqueItems",
                                    params: { i: i1, j: j0 },
                                    message:
                                      "must NOT have duplicate items (items ## " +
                                      j0 +
                                      " and " +
                                      i1 +
                                      " are identical)",
                                  },
                                ];
                                return false;
                                break outer0;
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                } else {
                  validate53.errors = [
                    {
                      instancePath: instancePath + "/for",
                      schemaPath: "#/properties/for/type",
                      keyword: "type",
                      params: { type: "array" },
                      message: "must be array",
                    },
                  ];
                  return false;
                }
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.access !== undefined) {
                let data3 = data.access;
                const _errs6 = errors;
                if (errors === _errs6) {
                  if (Array.isArray(data3)) {
                    if (data3.length > 100) {
                      validate53.errors = [
                        {
                          instancePath: instancePath + "/access",
                          schemaPath: "#/properties/access/maxItems",
                          keyword: "maxItems",
                          params: { limit: 100 },
                          message: "must NOT have more than 100 items",
                        },
                      ];
                      return false;
                    } else {
                      if (data3.length < 1) {
                        validate53.errors = [
                          {
                            instancePath: instancePath + "/access",
                            schemaPath: "#/properties/access/minItems",
                            keyword: "minItems",
                            params: { limit: 1 },
                            message: "must NOT have fewer than 1 items",
                          },
                        ];
                        return false;
                      } else {
                        var valid3 = true;
                        const len1 = data3.length;
                        for (let i2 = 0; i2 < len1; i2++) {
                          const _errs8 = errors;
                          if (
                            !validate58(data3[i2], {
                              instancePath: instancePath + "/access/" + i2,
                              parentData: data3,
                              parentDataProperty: i2,
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
                            errors = vErrors.length;
                          }
                          var valid3 = _errs8 === errors;
                          if (!valid3) {
                            break;
                          }
                        }
                        if (valid3) {
                          let i3 = data3.length;
                          let j1;
                          if (i3 > 1) {
                            outer1: for (; i3--;) {
                              for (j1 = i3; j1--;) {
                                if (func0(data3[i3], data3[j1])) {
                                  validate53.errors = [
                                    {
                                      instancePath: instancePath + "/access",
                                      schemaPath: "#/properties/access/uniqueItems",
                                      keyword: "uniqueItems",
                                      params: { i: i3, j: j1 },
                                      message:
                                        "must NOT have duplicate items (items ## " +
                                        j1 +
                                        " and " +
                                        i3 +
                                        " are identical)",
                                    },
                                  ];
                                  return false;
                                  break outer1;
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  } else {
                    validate53.errors = [
                      {
                        instancePath: instancePath + "/access",
                        schemaPath: "#/properties/access/type",
                        keyword: "type",
                        params: { type: "array" },
                        message: "must be array",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.durationSeconds !== undefined) {
                  const _errs9 = errors;
                  if (
                    !validate60(data.durationSeconds, {
                      instancePath: instancePath + "/durationSeconds",
                      parentData: data,
                      parentDataProperty: "durationSeconds",
                      rootData,
                      dynamicAnchors,
                    })
                  ) {
                    vErrors = vErrors === null ? validate60.errors : vErrors.concat(validate60.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.startBefore !== undefined) {
                    const _errs10 = errors;
                    if (
                      !validate62(data.startBefore, {
                        instancePath: instancePath + "/startBefore",
                        parentData: data,
                        parentDataProperty: "startBefore",
                        rootData,
                        dynamicAnchors,
                      })
                    ) {
                      vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
                      errors = vErrors.length;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.startAfter !== undefined) {
                      const _errs11 = errors;
                      if (
                        !validate62(data.startAfter, {
                          instancePath: instancePath + "/startAfter",
                          parentData: data,
                          parentDataProperty: "startAfter",
                          rootData,
                          dynamicAnchors,
                        })
                      ) {
                        vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.reason !== undefined) {
                        let data8 = data.reason;
                        const _errs12 = errors;
                        if (errors === _errs12) {
                          if (typeof data8 === "string") {
                            if (func4(data8) > 500) {
                              validate53.errors = [
                                {
                                  instancePath: instancePath + "/reason",
                                  schemaPath: "#/properties/reason/maxLength",
                                  keyword: "maxLength",
                                  params: { limit: 500 },
                                  message: "must NOT have more than 500 characters",
                                },
                              ];
                              return false;
                            } else {
                              if (func4(data8) < 1) {
                                validate53.errors = [
                                  {
                                    instancePath: instancePath + "/reason",
                                    schemaPath: "#/properties/reason/minLength",
                                    keyword: "minLength",
                                    params: { limit: 1 },
                                    message: "must NOT have fewer than 1 characters",
                                  },
                                ];
                                return false;
                              } else {
                                if (!pattern7.test(data8)) {
                                  validate53.errors = [
                                    {
                                      instancePath: instancePath + "/reason",
                                      schemaPath: "#/properties/reason/pattern",
                                      keyword: "pattern",
                                      params: { pattern: "^[^\\u0000-\\u001f\\u007f]*$" },
                                      message: 'must match pattern "' + "^[^\\u0000-\\u001f\\u007f]*$" + '"',
                                    },
                                  ];
                                  return false;
                                }
                              }
                            }
                          } else {
                            validate53.errors = [
                              {
                                instancePath: instancePath + "/reason",
                                schemaPath: "#/properties/reason/type",
                                keyword: "type",
                                params: { type: "string" },
                                message: "must be string",
                              },
                            ];
                            return false;
                          }
                        }
                        var valid0 = _errs12 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.ticket !== undefined) {
                          let data9 = data.ticket;
                          const _errs14 = errors;
                          if (errors === _errs14) {
                            if (typeof data9 === "string") {
                              if (!pattern8.test(data9)) {
                                validate53.errors = [
                                  {
                                    instancePath: instancePath + "/ticket",
                                    schemaPath: "#/properties/ticket/pattern",
                                    keyword: "pattern",
                                    params: { pattern: "^[!-~]{1,100}$" },
                                    message: 'must match pattern "' + "^[!-~]{1,100}$" + '"',
                                  },
                                ];
                                return false;
                              }
                            } else {
                              validate53.errors = [
                                {
                                  instancePath: instancePath + "/ticket",
                                  schemaPath: "#/properties/ticket/type",
                                  keyword: "type",
                                  params: { type: "string" },
                                  message: "must be string",
                                },
                              ];
                              return false;
                            }
                          }
                          var valid0 = _errs14 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.rule !== undefined) {
                            const _errs16 = errors;
                            if (
                              !validate54(data.rule, {
                                instancePath: instancePath + "/rule",
                                parentData: data,
                                parentDataProperty: "rule",
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
                              errors = vErrors.length;
                            }
                            var valid0 = _errs16 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.extends !== undefined) {
                              const _errs17 = errors;
                              if (
                                !validate54(data.extends, {
                                  instancePath: instancePath + "/extends",
                                  parentData: data,
                                  parentDataProperty: "extends",
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
                                errors = vErrors.length;
                              }
                              var valid0 = _errs17 === errors;
                            } else {
                              var valid0 = true;
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate53.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate53.errors = vErrors;
  return errors === 0;
}
validate53.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate52(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  /*# sourceURL="https://leasehold.dev/schemas/request-set.v1.json" */ let vErrors = null;
  let errors = 0;
  const evaluated0 = validate52.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.requests === undefined && (missing0 = "requests")) {
        validate52.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "requests")) {
            validate52.errors = [
              {
                instancePath,
                schemaPath: "#/additionalProperties",
                keyword: "additionalProperties",
                params: { additionalProperty: key0 },
                message: "must NOT have additional properties",
              },
            ];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.requests !== undefined) {
            let data0 = data.requests;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (Array.isArray(data0)) {
                if (data0.length > 200000) {
                  validate52.errors = [
                    {
                      instancePath: instancePath + "/requests",
                      schemaPath: "#/properties/requests/maxItems",
                      keyword: "maxItems",
                      params: { limit: 200000 },
                      message: "must NOT have more than 200000 items",
                    },
                  ];
                  return false;
                } else {
                  var valid1 = true;
                  const len0 = data0.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    const _errs4 = errors;
                    if (
                      !validate53(data0[i0], {
                        instancePath: instancePath + "/requests/" + i0,
                        parentData: data0,
                        parentDataProperty: i0,
                        rootData,
                        dynamicAnchors,
                      })
                    ) {
                      vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
                      errors = vErrors.length;
                    }
                    var valid1 = _errs4 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                }
              } else {
                validate52.errors = [
                  {
                    instancePath: instancePath + "/requests",
                    schemaPath: "#/properties/requests/type",
                    keyword: "type",
                    params: { type: "array" },
                    message: "must be array",
                  },
                ];
                return false;
              }
            }
          }
        }
      }
    } else {
      validate52.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate52.errors = vErrors;
  return errors === 0;
}
validate52.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
