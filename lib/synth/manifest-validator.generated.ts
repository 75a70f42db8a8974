/* oxlint-disable */
// @ts-nocheck
// Generated from schemas/manifest.v1.json by scripts/generate-validators.mjs; do not edit.
export const validate = validate52;
const schema19 = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://leasehold.dev/schemas/manifest.v1.json",
  title: "a manifest",
  description:
    "The rules and the governed part of leasehold.yaml, synthesised: what `leasehold synth` writes and `leasehold policy accept` puts in force.",
  type: "object",
  additionalProperties: false,
  required: [
    "manifestVersion",
    "users",
    "groups",
    "serviceAccounts",
    "resources",
    "connections",
    "guardrails",
    "maskingRules",
    "rules",
    "policyApproval",
    "gateways",
    "approvals",
    "limits",
    "protected",
  ],
  properties: {
    manifestVersion: { description: "The version of this format.", const: 1 },
    users: { description: "People, by e-mail.", type: "array", maxItems: 200000, items: { $ref: "#/$defs/user" } },
    groups: { description: "Groups, by name.", type: "array", maxItems: 20000, items: { $ref: "#/$defs/group" } },
    serviceAccounts: {
      description: "Machine identities, by name.",
      type: "array",
      maxItems: 100000,
      items: { $ref: "#/$defs/serviceAccount" },
    },
    resources: {
      description: "What access is to, by name.",
      type: "array",
      maxItems: 100000,
      items: { $ref: "#/$defs/resource" },
    },
    connections: {
      description: "The ways in, by id.",
      type: "array",
      maxItems: 200000,
      items: { $ref: "#/$defs/connection" },
    },
    guardrails: {
      description: "What gateways block, by name.",
      type: "array",
      maxItems: 10000,
      items: { $ref: "#/$defs/guardrail" },
    },
    maskingRules: {
      description: "What gateways mask, by name.",
      type: "array",
      maxItems: 10000,
      items: { $ref: "#/$defs/maskingRule" },
    },
    rules: {
      description: "Who may ask for what; in declaration order, the first that matches decides.",
      type: "array",
      maxItems: 20000,
      items: { $ref: "#/$defs/rule" },
    },
    policyApproval: {
      description: "What an edit of the rules needs.",
      type: "array",
      maxItems: 10,
      items: { $ref: "#/$defs/step" },
      minItems: 1,
    },
    gateways: {
      description: "The gateways of leasehold.yaml, without the values of keys.",
      title: "gateways by name",
      type: "object",
      maxProperties: 100,
      propertyNames: { $ref: "#/$defs/identifier" },
      additionalProperties: { $ref: "#/$defs/gateway" },
    },
    approvals: { description: "Where approvals come from.", enum: ["local", "github"] },
    limits: { description: "The caps of the organisation.", $ref: "#/$defs/limits" },
    protected: {
      description: "Principals whose configuration is never taken away.",
      type: "array",
      maxItems: 1000,
      items: { $ref: "#/$defs/principal" },
    },
  },
  $defs: {
    identifier: {
      title: "a name of lower-case letters, digits, `.`, `_` and `-`, 1 to 63 long",
      type: "string",
      pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
    },
    email: {
      title: "an e-mail address",
      type: "string",
      pattern:
        "^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$",
    },
    person: {
      title: "an e-mail or service:<name>",
      type: "string",
      pattern:
        "^(?:service:[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
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
    path: {
      title: "the path of a construct",
      type: "string",
      minLength: 1,
      maxLength: 2000,
      pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    },
    class: { title: "low, medium, high or critical", enum: ["low", "medium", "high", "critical"] },
    label: {
      title: "a label's key or value",
      type: "string",
      pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$",
    },
    secret: {
      title: "a reference `${env:NAME}` or `${file:PATH}`",
      description: "Never the secret itself.",
      type: "string",
      pattern: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,1000})\\}$",
    },
    settingName: { title: "a plain name", type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_.-]{0,62}$" },
    instant: {
      title: "a moment in UTC with milliseconds",
      type: "string",
      pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
    },
    seconds: { title: "a whole number from 1 to 7776000", type: "integer", minimum: 1, maximum: 7776000 },
    user: {
      title: "a user",
      type: "object",
      additionalProperties: false,
      required: ["email"],
      properties: {
        email: { $ref: "#/$defs/email" },
        name: {
          title: "one line of 1 to 200 characters",
          type: "string",
          minLength: 1,
          maxLength: 200,
          pattern: "^[^\\u0000-\\u001f\\u007f]*$",
        },
        github: {
          title: "a login on GitHub",
          type: "object",
          additionalProperties: false,
          required: ["login"],
          properties: {
            login: { title: "a login on GitHub", type: "string", pattern: "^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$" },
            id: {
              title: "a whole number from 1 to 9007199254740991",
              type: "integer",
              minimum: 1,
              maximum: 9007199254740991,
            },
          },
        },
        manager: { $ref: "#/$defs/email" },
        keys: {
          type: "array",
          maxItems: 20,
          items: {
            title: "a public key (age or SSH)",
            type: "string",
            pattern: "^(?:age1[02-9ac-hj-np-z]{8,100}|(?:ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{16,1400}={0,2})$",
          },
        },
      },
    },
    group: {
      title: "a group",
      type: "object",
      additionalProperties: false,
      required: ["name", "members", "groups"],
      properties: {
        name: { $ref: "#/$defs/identifier" },
        members: { type: "array", maxItems: 200000, items: { $ref: "#/$defs/person" } },
        groups: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" } },
        githubTeam: {
          title: "an organisation and a team's slug",
          type: "string",
          pattern: "^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9_])?$",
        },
      },
    },
    serviceAccount: {
      title: "a service account",
      type: "object",
      additionalProperties: false,
      required: ["name"],
      properties: { name: { $ref: "#/$defs/identifier" }, owner: { $ref: "#/$defs/email" } },
    },
    resource: {
      title: "a resource",
      type: "object",
      additionalProperties: false,
      required: ["name", "path", "kind", "class", "labels", "gateway"],
      properties: {
        name: { $ref: "#/$defs/identifier" },
        path: { $ref: "#/$defs/path" },
        kind: {
          title: "the kind of a resource",
          enum: ["postgresql", "mysql", "mongodb", "kubernetes", "ssh", "http", "tcp"],
        },
        class: { $ref: "#/$defs/class" },
        labels: {
          title: "labels",
          type: "object",
          maxProperties: 64,
          propertyNames: { $ref: "#/$defs/label" },
          additionalProperties: { $ref: "#/$defs/label" },
        },
        gateway: { $ref: "#/$defs/identifier" },
        host: { title: "a host name or an address", type: "string", pattern: "^[A-Za-z0-9_.:-]{1,253}$" },
        port: { title: "a whole number from 1 to 65535", type: "integer", minimum: 1, maximum: 65535 },
      },
    },
    connection: {
      title: "a connection",
      type: "object",
      additionalProperties: false,
      required: [
        "id",
        "path",
        "resource",
        "level",
        "gatewayName",
        "settings",
        "secrets",
        "command",
        "guardrails",
        "maskingRules",
      ],
      properties: {
        id: { $ref: "#/$defs/connectionId" },
        path: { $ref: "#/$defs/path" },
        resource: { $ref: "#/$defs/identifier" },
        level: { $ref: "#/$defs/identifier" },
        gatewayName: {
          title: "3 to 254 letters, digits, `_`, `.`, `-`",
          type: "string",
          pattern: "^[A-Za-z0-9_.-]{3,254}$",
        },
        settings: {
          title: "plain settings",
          type: "object",
          maxProperties: 100,
          propertyNames: { $ref: "#/$defs/settingName" },
          additionalProperties: {
            title: "one line of 1 to 1000 characters",
            type: "string",
            minLength: 1,
            maxLength: 1000,
            pattern: "^[^\\u0000-\\u001f\\u007f]*$",
          },
        },
        secrets: {
          title: "references of secrets",
          type: "object",
          maxProperties: 100,
          propertyNames: { $ref: "#/$defs/settingName" },
          additionalProperties: { $ref: "#/$defs/secret" },
        },
        command: {
          type: "array",
          maxItems: 100,
          items: {
            title: "one line of 1 to 1000 characters",
            type: "string",
            minLength: 1,
            maxLength: 1000,
            pattern: "^[^\\u0000-\\u001f\\u007f]*$",
          },
        },
        guardrails: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" } },
        maskingRules: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" } },
        adopt: { const: true },
      },
    },
    guardrailPattern: {
      title: "a pattern of a guardrail",
      type: "object",
      required: ["type"],
      properties: { type: { enum: ["denyWords", "pattern"] } },
      if: { properties: { type: { const: "denyWords" } } },
      then: {
        title: "words that are denied",
        type: "object",
        additionalProperties: false,
        required: ["type", "words"],
        properties: {
          type: { const: "denyWords" },
          words: {
            type: "array",
            maxItems: 1000,
            items: {
              title: "one line of 1 to 200 characters",
              type: "string",
              minLength: 1,
              maxLength: 200,
              pattern: "^[^\\u0000-\\u001f\\u007f]*$",
            },
            minItems: 1,
          },
        },
      },
      else: {
        title: "a regular expression",
        type: "object",
        additionalProperties: false,
        required: ["type", "pattern"],
        properties: {
          type: { const: "pattern" },
          pattern: {
            title: "one line of 1 to 1000 characters",
            type: "string",
            minLength: 1,
            maxLength: 1000,
            pattern: "^[^\\u0000-\\u001f\\u007f]*$",
          },
        },
      },
    },
    guardrail: {
      title: "a guardrail",
      type: "object",
      additionalProperties: false,
      required: ["name", "input", "output"],
      properties: {
        name: { $ref: "#/$defs/identifier" },
        description: {
          title: "one line of 1 to 250 characters",
          type: "string",
          minLength: 1,
          maxLength: 250,
          pattern: "^[^\\u0000-\\u001f\\u007f]*$",
        },
        input: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/guardrailPattern" } },
        output: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/guardrailPattern" } },
        adopt: { const: true },
      },
    },
    maskingRule: {
      title: "a masking rule",
      type: "object",
      additionalProperties: false,
      required: ["name", "entityTypes"],
      properties: {
        name: { $ref: "#/$defs/identifier" },
        description: {
          title: "one line of 1 to 250 characters",
          type: "string",
          minLength: 1,
          maxLength: 250,
          pattern: "^[^\\u0000-\\u001f\\u007f]*$",
        },
        entityTypes: {
          type: "array",
          maxItems: 1000,
          items: { title: "a kind of entity", type: "string", pattern: "^[A-Z][A-Z0-9_]{0,62}$" },
          minItems: 1,
        },
        scoreThresholdPercent: { title: "a whole number from 0 to 100", type: "integer", minimum: 0, maximum: 100 },
        adopt: { const: true },
      },
    },
    weeklyWindow: {
      title: "a window of every week",
      type: "object",
      additionalProperties: false,
      required: ["kind", "days", "from", "to", "zone"],
      properties: {
        kind: { const: "weekly" },
        days: {
          type: "array",
          minItems: 1,
          maxItems: 7,
          uniqueItems: true,
          items: { title: "a whole number from 1 to 7", type: "integer", minimum: 1, maximum: 7 },
        },
        from: { title: "a time of day", type: "string", pattern: "^(?:[01][0-9]|2[0-3]):[0-5][0-9]$" },
        to: { title: "a time of day", type: "string", pattern: "^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" },
        zone: {
          title: "an IANA time zone",
          type: "string",
          pattern: "^[A-Z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,31}){0,2}$",
        },
      },
    },
    onceWindow: {
      title: "a window from one moment to another",
      type: "object",
      additionalProperties: false,
      required: ["kind", "from", "to"],
      properties: { kind: { const: "between" }, from: { $ref: "#/$defs/instant" }, to: { $ref: "#/$defs/instant" } },
    },
    window: {
      title: "a window",
      type: "object",
      required: ["kind"],
      properties: { kind: { enum: ["weekly", "between"] } },
      if: { properties: { kind: { const: "weekly" } } },
      then: { $ref: "#/$defs/weeklyWindow" },
      else: { $ref: "#/$defs/onceWindow" },
    },
    budget: {
      title: "a budget",
      type: "object",
      additionalProperties: false,
      required: ["grants", "perSeconds"],
      properties: {
        grants: { title: "a whole number from 1 to 1000000", type: "integer", minimum: 1, maximum: 1000000 },
        perSeconds: { title: "a whole number from 1 to 3155760000", type: "integer", minimum: 1, maximum: 3155760000 },
      },
    },
    condition: {
      title: "a condition",
      type: "object",
      required: ["kind"],
      properties: {
        kind: { enum: ["memberOf", "within", "class", "level", "longerThan", "label", "budget", "all", "any", "not"] },
      },
      allOf: [
        {
          if: { properties: { kind: { const: "memberOf" } } },
          then: {
            title: "a condition: memberOf",
            type: "object",
            additionalProperties: false,
            required: ["kind", "groups"],
            properties: {
              kind: { const: "memberOf" },
              groups: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" }, minItems: 1 },
            },
          },
        },
        {
          if: { properties: { kind: { const: "within" } } },
          then: {
            title: "a condition: within",
            type: "object",
            additionalProperties: false,
            required: ["kind", "windows"],
            properties: {
              kind: { const: "within" },
              windows: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/window" }, minItems: 1 },
            },
          },
        },
        {
          if: { properties: { kind: { const: "class" } } },
          then: {
            title: "a condition: class",
            type: "object",
            additionalProperties: false,
            required: ["kind", "classes"],
            properties: {
              kind: { const: "class" },
              classes: { type: "array", maxItems: 4, items: { $ref: "#/$defs/class" }, minItems: 1 },
            },
          },
        },
        {
          if: { properties: { kind: { const: "level" } } },
          then: {
            title: "a condition: level",
            type: "object",
            additionalProperties: false,
            required: ["kind", "levels"],
            properties: {
              kind: { const: "level" },
              levels: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" }, minItems: 1 },
            },
          },
        },
        {
          if: { properties: { kind: { const: "longerThan" } } },
          then: {
            title: "a condition: longerThan",
            type: "object",
            additionalProperties: false,
            required: ["kind", "seconds"],
            properties: {
              kind: { const: "longerThan" },
              seconds: {
                title: "a whole number from 1 to 3155760000",
                type: "integer",
                minimum: 1,
                maximum: 3155760000,
              },
            },
          },
        },
        {
          if: { properties: { kind: { const: "label" } } },
          then: {
            title: "a condition: label",
            type: "object",
            additionalProperties: false,
            required: ["kind", "key", "values"],
            properties: {
              kind: { const: "label" },
              key: { $ref: "#/$defs/label" },
              values: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/label" }, minItems: 1 },
            },
          },
        },
        {
          if: { properties: { kind: { const: "budget" } } },
          then: {
            title: "a condition: budget",
            type: "object",
            additionalProperties: false,
            required: ["kind", "budget"],
            properties: { kind: { const: "budget" }, budget: { $ref: "#/$defs/budget" } },
          },
        },
        {
          if: { properties: { kind: { const: "all" } } },
          then: {
            title: "a condition: all",
            type: "object",
            additionalProperties: false,
            required: ["kind", "of"],
            properties: {
              kind: { const: "all" },
              of: { type: "array", maxItems: 100, items: { $ref: "#/$defs/condition" }, minItems: 1 },
            },
          },
        },
        {
          if: { properties: { kind: { const: "any" } } },
          then: {
            title: "a condition: any",
            type: "object",
            additionalProperties: false,
            required: ["kind", "of"],
            properties: {
              kind: { const: "any" },
              of: { type: "array", maxItems: 100, items: { $ref: "#/$defs/condition" }, minItems: 1 },
            },
          },
        },
        {
          if: { properties: { kind: { const: "not" } } },
          then: {
            title: "a condition: not",
            type: "object",
            additionalProperties: false,
            required: ["kind", "of"],
            properties: { kind: { const: "not" }, of: { $ref: "#/$defs/condition" } },
          },
        },
      ],
    },
    approvers: {
      title: "approvers",
      type: "object",
      required: ["kind"],
      properties: { kind: { enum: ["groups", "managerOfBeneficiary"] } },
      if: { properties: { kind: { const: "groups" } } },
      then: {
        title: "groups",
        type: "object",
        additionalProperties: false,
        required: ["kind", "groups"],
        properties: {
          kind: { const: "groups" },
          groups: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" }, minItems: 1 },
        },
      },
      else: {
        title: "the manager",
        type: "object",
        additionalProperties: false,
        required: ["kind"],
        properties: { kind: { const: "managerOfBeneficiary" } },
      },
    },
    step: {
      title: "a step",
      type: "object",
      additionalProperties: false,
      required: ["approvals", "from"],
      properties: {
        approvals: { title: "a whole number from 1 to 100", type: "integer", minimum: 1, maximum: 100 },
        from: { $ref: "#/$defs/approvers" },
        when: { $ref: "#/$defs/condition" },
      },
    },
    automatic: {
      title: "an automatic approval",
      type: "object",
      additionalProperties: false,
      required: ["when", "never"],
      properties: {
        when: { $ref: "#/$defs/condition" },
        budget: { $ref: "#/$defs/budget" },
        never: { type: "array", maxItems: 4, items: { $ref: "#/$defs/class" } },
      },
    },
    approval: {
      title: "an approval rule",
      type: "object",
      additionalProperties: false,
      required: ["steps"],
      properties: {
        automatic: { $ref: "#/$defs/automatic" },
        steps: { type: "array", maxItems: 10, items: { $ref: "#/$defs/step" } },
      },
    },
    rule: {
      title: "an access rule",
      type: "object",
      additionalProperties: false,
      required: [
        "name",
        "path",
        "who",
        "may",
        "defaultDurationSeconds",
        "maxDurationSeconds",
        "windows",
        "approval",
        "mayRevoke",
        "ticketRequired",
      ],
      properties: {
        name: { $ref: "#/$defs/identifier" },
        path: { $ref: "#/$defs/path" },
        who: { type: "array", maxItems: 10000, items: { $ref: "#/$defs/principal" }, minItems: 1 },
        may: { type: "array", maxItems: 100000, items: { $ref: "#/$defs/connectionId" } },
        defaultDurationSeconds: { $ref: "#/$defs/seconds" },
        maxDurationSeconds: { $ref: "#/$defs/seconds" },
        windows: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/window" } },
        approval: { $ref: "#/$defs/approval" },
        mayRevoke: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" } },
        ticketRequired: { type: "boolean" },
      },
    },
    gateway: {
      title: "a gateway, as the rules are made for it",
      type: "object",
      additionalProperties: false,
      required: ["provider", "users"],
      properties: {
        provider: { enum: ["embedded", "hoop", "memory"] },
        directory: {
          title: "one line of 1 to 300 characters",
          type: "string",
          minLength: 1,
          maxLength: 300,
          pattern: "^[^\\u0000-\\u001f\\u007f]*$",
        },
        url: {
          title: "one line of 1 to 2000 characters",
          type: "string",
          minLength: 1,
          maxLength: 2000,
          pattern: "^[^\\u0000-\\u001f\\u007f]*$",
        },
        keys: {
          title: "references of keys",
          type: "object",
          additionalProperties: false,
          required: [],
          properties: { write: { $ref: "#/$defs/secret" }, observe: { $ref: "#/$defs/secret" } },
        },
        agent: {
          title: "one line of 1 to 100 characters",
          type: "string",
          minLength: 1,
          maxLength: 100,
          pattern: "^[^\\u0000-\\u001f\\u007f]*$",
        },
        users: { enum: ["declared", "existing"] },
      },
    },
    limits: {
      title: "the caps of the organisation",
      type: "object",
      additionalProperties: false,
      required: ["maxDurationSeconds", "startWithinSeconds", "approvalValidForSeconds", "bulkRemovals"],
      properties: {
        maxDurationSeconds: { $ref: "#/$defs/seconds" },
        startWithinSeconds: {
          title: "a whole number from 1 to 3155760000",
          type: "integer",
          minimum: 1,
          maximum: 3155760000,
        },
        approvalValidForSeconds: {
          title: "a whole number from 1 to 3155760000",
          type: "integer",
          minimum: 1,
          maximum: 3155760000,
        },
        bulkRemovals: {
          title: "the breaker",
          type: "object",
          additionalProperties: false,
          required: ["count", "percent"],
          properties: {
            count: { title: "a whole number from 0 to 100000", type: "integer", minimum: 0, maximum: 100000 },
            percent: { title: "a whole number from 0 to 100", type: "integer", minimum: 0, maximum: 100 },
          },
        },
      },
    },
  },
};
const func1 = Object.prototype.hasOwnProperty;
const schema20 = {
  title: "a user",
  type: "object",
  additionalProperties: false,
  required: ["email"],
  properties: {
    email: { $ref: "#/$defs/email" },
    name: {
      title: "one line of 1 to 200 characters",
      type: "string",
      minLength: 1,
      maxLength: 200,
      pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    },
    github: {
      title: "a login on GitHub",
      type: "object",
      additionalProperties: false,
      required: ["login"],
      properties: {
        login: { title: "a login on GitHub", type: "string", pattern: "^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$" },
        id: {
          title: "a whole number from 1 to 9007199254740991",
          type: "integer",
          minimum: 1,
          maximum: 9007199254740991,
        },
      },
    },
    manager: { $ref: "#/$defs/email" },
    keys: {
      type: "array",
      maxItems: 20,
      items: {
        title: "a public key (age or SSH)",
        type: "string",
        pattern: "^(?:age1[02-9ac-hj-np-z]{8,100}|(?:ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{16,1400}={0,2})$",
      },
    },
  },
};
const schema21 = {
  title: "an e-mail address",
  type: "string",
  pattern:
    "^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$",
};
const pattern3 = new RegExp(
  "^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$",
  "u",
);

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
            params: {
              pattern:
                "^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$",
            },
            message:
              'must match pattern "' +
              "^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$" +
              '"',
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

const func2 = require("ajv/dist/runtime/ucs2length").default;
const pattern4 = new RegExp("^[^\\u0000-\\u001f\\u007f]*$", "u");
const pattern5 = new RegExp("^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$", "u");
const pattern6 = new RegExp(
  "^(?:age1[02-9ac-hj-np-z]{8,100}|(?:ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{16,1400}={0,2})$",
  "u",
);

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
      if (data.email === undefined && (missing0 = "email")) {
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
          if (!(key0 === "email" || key0 === "name" || key0 === "github" || key0 === "manager" || key0 === "keys")) {
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
          if (data.email !== undefined) {
            const _errs2 = errors;
            if (
              !validate54(data.email, {
                instancePath: instancePath + "/email",
                parentData: data,
                parentDataProperty: "email",
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
            if (data.name !== undefined) {
              let data1 = data.name;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (typeof data1 === "string") {
                  if (func2(data1) > 200) {
                    validate53.errors = [
                      {
                        instancePath: instancePath + "/name",
                        schemaPath: "#/properties/name/maxLength",
                        keyword: "maxLength",
                        params: { limit: 200 },
                        message: "must NOT have more than 200 characters",
                      },
                    ];
                    return false;
                  } else {
                    if (func2(data1) < 1) {
                      validate53.errors = [
                        {
                          instancePath: instancePath + "/name",
                          schemaPath: "#/properties/name/minLength",
                          keyword: "minLength",
                          params: { limit: 1 },
                          message: "must NOT have fewer than 1 characters",
                        },
                      ];
                      return false;
                    } else {
                      if (!pattern4.test(data1)) {
                        validate53.errors = [
                          {
                            instancePath: instancePath + "/name",
                            schemaPath: "#/properties/name/pattern",
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
                      instancePath: instancePath + "/name",
                      schemaPath: "#/properties/name/type",
                      keyword: "type",
                      params: { type: "string" },
                      message: "must be string",
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
              if (data.github !== undefined) {
                let data2 = data.github;
                const _errs5 = errors;
                if (errors === _errs5) {
                  if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
                    let missing1;
                    if (data2.login === undefined && (missing1 = "login")) {
                      validate53.errors = [
                        {
                          instancePath: instancePath + "/github",
                          schemaPath: "#/properties/github/required",
                          keyword: "required",
                          params: { missingProperty: missing1 },
                          message: "must have required property '" + missing1 + "'",
                        },
                      ];
                      return false;
                    } else {
                      const _errs7 = errors;
                      for (const key1 in data2) {
                        if (!(key1 === "login" || key1 === "id")) {
                          validate53.errors = [
                            {
                              instancePath: instancePath + "/github",
                              schemaPath: "#/properties/github/additionalProperties",
                              keyword: "additionalProperties",
                              params: { additionalProperty: key1 },
                              message: "must NOT have additional properties",
                            },
                          ];
                          return false;
                          break;
                        }
                      }
                      if (_errs7 === errors) {
                        if (data2.login !== undefined) {
                          let data3 = data2.login;
                          const _errs8 = errors;
                          if (errors === _errs8) {
                            if (typeof data3 === "string") {
                              if (!pattern5.test(data3)) {
                                validate53.errors = [
                                  {
                                    instancePath: instancePath + "/github/login",
                                    schemaPath: "#/properties/github/properties/login/pattern",
                                    keyword: "pattern",
                                    params: { pattern: "^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$" },
                                    message: 'must match pattern "' + "^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$" + '"',
                                  },
                                ];
                                return false;
                              }
                            } else {
                              validate53.errors = [
                                {
                                  instancePath: instancePath + "/github/login",
                                  schemaPath: "#/properties/github/properties/login/type",
                                  keyword: "type",
                                  params: { type: "string" },
                                  message: "must be string",
                                },
                              ];
                              return false;
                            }
                          }
                          var valid1 = _errs8 === errors;
                        } else {
                          var valid1 = true;
                        }
                        if (valid1) {
                          if (data2.id !== undefined) {
                            let data4 = data2.id;
                            const _errs10 = errors;
                            if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
                              validate53.errors = [
                                {
                                  instancePath: instancePath + "/github/id",
                                  schemaPath: "#/properties/github/properties/id/type",
                                  keyword: "type",
                                  params: { type: "integer" },
                                  message: "must be integer",
                                },
                              ];
                              return false;
                            }
                            if (errors === _errs10) {
                              if (typeof data4 == "number" && isFinite(data4)) {
                                if (data4 > 9007199254740991 || isNaN(data4)) {
                                  validate53.errors = [
                                    {
                                      instancePath: instancePath + "/github/id",
                                      schemaPath: "#/properties/github/properties/id/maximum",
                                      keyword: "maximum",
                                      params: { comparison: "<=", limit: 9007199254740991 },
                                      message: "must be <= 9007199254740991",
                                    },
                                  ];
                                  return false;
                                } else {
                                  if (data4 < 1 || isNaN(data4)) {
                                    validate53.errors = [
                                      {
                                        instancePath: instancePath + "/github/id",
                                        schemaPath: "#/properties/github/properties/id/minimum",
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
                            var valid1 = _errs10 === errors;
                          } else {
                            var valid1 = true;
                          }
                        }
                      }
                    }
                  } else {
                    validate53.errors = [
                      {
                        instancePath: instancePath + "/github",
                        schemaPath: "#/properties/github/type",
                        keyword: "type",
                        params: { type: "object" },
                        message: "must be object",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.manager !== undefined) {
                  const _errs12 = errors;
                  if (
                    !validate54(data.manager, {
                      instancePath: instancePath + "/manager",
                      parentData: data,
                      parentDataProperty: "manager",
                      rootData,
                      dynamicAnchors,
                    })
                  ) {
                    vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs12 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.keys !== undefined) {
                    let data6 = data.keys;
                    const _errs13 = errors;
                    if (errors === _errs13) {
                      if (Array.isArray(data6)) {
                        if (data6.length > 20) {
                          validate53.errors = [
                            {
                              instancePath: instancePath + "/keys",
                              schemaPath: "#/properties/keys/maxItems",
                              keyword: "maxItems",
                              params: { limit: 20 },
                              message: "must NOT have more than 20 items",
                            },
                          ];
                          return false;
                        } else {
                          var valid2 = true;
                          const len0 = data6.length;
                          for (let i0 = 0; i0 < len0; i0++) {
                            let data7 = data6[i0];
                            const _errs15 = errors;
                            if (errors === _errs15) {
                              if (typeof data7 === "string") {
                                if (!pattern6.test(data7)) {
                                  validate53.errors = [
                                    {
                                      instancePath: instancePath + "/keys/" + i0,
                                      schemaPath: "#/properties/keys/items/pattern",
                                      keyword: "pattern",
                                      params: {
                                        pattern:
                                          "^(?:age1[02-9ac-hj-np-z]{8,100}|(?:ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{16,1400}={0,2})$",
                                      },
                                      message:
                                        'must match pattern "' +
                                        "^(?:age1[02-9ac-hj-np-z]{8,100}|(?:ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{16,1400}={0,2})$" +
                                        '"',
                                    },
                                  ];
                                  return false;
                                }
                              } else {
                                validate53.errors = [
                                  {
                                    instancePath: instancePath + "/keys/" + i0,
                                    schemaPath: "#/properties/keys/items/type",
                                    keyword: "type",
                                    params: { type: "string" },
                                    message: "must be string",
                                  },
                                ];
                                return false;
                              }
                            }
                            var valid2 = _errs15 === errors;
                            if (!valid2) {
                              break;
                            }
                          }
                        }
                      } else {
                        validate53.errors = [
                          {
                            instancePath: instancePath + "/keys",
                            schemaPath: "#/properties/keys/type",
                            keyword: "type",
                            params: { type: "array" },
                            message: "must be array",
                          },
                        ];
                        return false;
                      }
                    }
                    var valid0 = _errs13 === errors;
                  } else {
                    var valid0 = true;
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

const schema22 = {
  title: "a group",
  type: "object",
  additionalProperties: false,
  required: ["name", "members", "groups"],
  properties: {
    name: { $ref: "#/$defs/identifier" },
    members: { type: "array", maxItems: 200000, items: { $ref: "#/$defs/person" } },
    groups: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" } },
    githubTeam: {
      title: "an organisation and a team's slug",
      type: "string",
      pattern: "^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9_])?$",
    },
  },
};
const schema23 = {
  title: "a name of lower-case letters, digits, `.`, `_` and `-`, 1 to 63 long",
  type: "string",
  pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
};
const pattern7 = new RegExp("^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$", "u");

function validate59(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate59.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern7.test(data)) {
        validate59.errors = [
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
      validate59.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate59.errors = vErrors;
  return errors === 0;
}
validate59.evaluated = { dynamicProps: false, dynamicItems: false };

const schema24 = {
  title: "an e-mail or service:<name>",
  type: "string",
  pattern:
    "^(?:service:[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
};
const pattern8 = new RegExp(
  "^(?:service:[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
  "u",
);

function validate61(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate61.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern8.test(data)) {
        validate61.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: {
              pattern:
                "^(?:service:[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
            },
            message:
              'must match pattern "' +
              "^(?:service:[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$" +
              '"',
          },
        ];
        return false;
      }
    } else {
      validate61.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate61.errors = vErrors;
  return errors === 0;
}
validate61.evaluated = { dynamicProps: false, dynamicItems: false };

const pattern9 = new RegExp("^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9_])?$", "u");

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
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.name === undefined && (missing0 = "name")) ||
        (data.members === undefined && (missing0 = "members")) ||
        (data.groups === undefined && (missing0 = "groups"))
      ) {
        validate58.errors = [
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
          if (!(key0 === "name" || key0 === "members" || key0 === "groups" || key0 === "githubTeam")) {
            validate58.errors = [
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
              !validate59(data.name, {
                instancePath: instancePath + "/name",
                parentData: data,
                parentDataProperty: "name",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.members !== undefined) {
              let data1 = data.members;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (Array.isArray(data1)) {
                  if (data1.length > 200000) {
                    validate58.errors = [
                      {
                        instancePath: instancePath + "/members",
                        schemaPath: "#/properties/members/maxItems",
                        keyword: "maxItems",
                        params: { limit: 200000 },
                        message: "must NOT have more than 200000 items",
                      },
                    ];
                    return false;
                  } else {
                    var valid1 = true;
                    const len0 = data1.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs5 = errors;
                      if (
                        !validate61(data1[i0], {
                          instancePath: instancePath + "/members/" + i0,
                          parentData: data1,
                          parentDataProperty: i0,
                          rootData,
                          dynamicAnchors,
                        })
                      ) {
                        vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
                        errors = vErrors.length;
                      }
                      var valid1 = _errs5 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  }
                } else {
                  validate58.errors = [
                    {
                      instancePath: instancePath + "/members",
                      schemaPath: "#/properties/members/type",
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
              if (data.groups !== undefined) {
                let data3 = data.groups;
                const _errs6 = errors;
                if (errors === _errs6) {
                  if (Array.isArray(data3)) {
                    if (data3.length > 1000) {
                      validate58.errors = [
                        {
                          instancePath: instancePath + "/groups",
                          schemaPath: "#/properties/groups/maxItems",
                          keyword: "maxItems",
                          params: { limit: 1000 },
                          message: "must NOT have more than 1000 items",
                        },
                      ];
                      return false;
                    } else {
                      var valid2 = true;
                      const len1 = data3.length;
                      for (let i1 = 0; i1 < len1; i1++) {
                        const _errs8 = errors;
                        if (
                          !validate59(data3[i1], {
                            instancePath: instancePath + "/groups/" + i1,
                            parentData: data3,
                            parentDataProperty: i1,
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                          errors = vErrors.length;
                        }
                        var valid2 = _errs8 === errors;
                        if (!valid2) {
                          break;
                        }
                      }
                    }
                  } else {
                    validate58.errors = [
                      {
                        instancePath: instancePath + "/groups",
                        schemaPath: "#/properties/groups/type",
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
                if (data.githubTeam !== undefined) {
                  let data5 = data.githubTeam;
                  const _errs9 = errors;
                  if (errors === _errs9) {
                    if (typeof data5 === "string") {
                      if (!pattern9.test(data5)) {
                        validate58.errors = [
                          {
                            instancePath: instancePath + "/githubTeam",
                            schemaPath: "#/properties/githubTeam/pattern",
                            keyword: "pattern",
                            params: {
                              pattern: "^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9_])?$",
                            },
                            message:
                              'must match pattern "' +
                              "^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9_])?$" +
                              '"',
                          },
                        ];
                        return false;
                      }
                    } else {
                      validate58.errors = [
                        {
                          instancePath: instancePath + "/githubTeam",
                          schemaPath: "#/properties/githubTeam/type",
                          keyword: "type",
                          params: { type: "string" },
                          message: "must be string",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate58.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate58.errors = vErrors;
  return errors === 0;
}
validate58.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema25 = {
  title: "a service account",
  type: "object",
  additionalProperties: false,
  required: ["name"],
  properties: { name: { $ref: "#/$defs/identifier" }, owner: { $ref: "#/$defs/email" } },
};

function validate65(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate65.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === undefined && (missing0 = "name")) {
        validate65.errors = [
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
          if (!(key0 === "name" || key0 === "owner")) {
            validate65.errors = [
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
              !validate59(data.name, {
                instancePath: instancePath + "/name",
                parentData: data,
                parentDataProperty: "name",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.owner !== undefined) {
              const _errs3 = errors;
              if (
                !validate54(data.owner, {
                  instancePath: instancePath + "/owner",
                  parentData: data,
                  parentDataProperty: "owner",
                  rootData,
                  dynamicAnchors,
                })
              ) {
                vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate65.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate65.errors = vErrors;
  return errors === 0;
}
validate65.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema26 = {
  title: "a resource",
  type: "object",
  additionalProperties: false,
  required: ["name", "path", "kind", "class", "labels", "gateway"],
  properties: {
    name: { $ref: "#/$defs/identifier" },
    path: { $ref: "#/$defs/path" },
    kind: {
      title: "the kind of a resource",
      enum: ["postgresql", "mysql", "mongodb", "kubernetes", "ssh", "http", "tcp"],
    },
    class: { $ref: "#/$defs/class" },
    labels: {
      title: "labels",
      type: "object",
      maxProperties: 64,
      propertyNames: { $ref: "#/$defs/label" },
      additionalProperties: { $ref: "#/$defs/label" },
    },
    gateway: { $ref: "#/$defs/identifier" },
    host: { title: "a host name or an address", type: "string", pattern: "^[A-Za-z0-9_.:-]{1,253}$" },
    port: { title: "a whole number from 1 to 65535", type: "integer", minimum: 1, maximum: 65535 },
  },
};
const schema27 = {
  title: "the path of a construct",
  type: "string",
  minLength: 1,
  maxLength: 2000,
  pattern: "^[^\\u0000-\\u001f\\u007f]*$",
};

function validate71(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate71.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (func2(data) > 2000) {
        validate71.errors = [
          {
            instancePath,
            schemaPath: "#/maxLength",
            keyword: "maxLength",
            params: { limit: 2000 },
            message: "must NOT have more than 2000 characters",
          },
        ];
        return false;
      } else {
        if (func2(data) < 1) {
          validate71.errors = [
            {
              instancePath,
              schemaPath: "#/minLength",
              keyword: "minLength",
              params: { limit: 1 },
              message: "must NOT have fewer than 1 characters",
            },
          ];
          return false;
        } else {
          if (!pattern4.test(data)) {
            validate71.errors = [
              {
                instancePath,
                schemaPath: "#/pattern",
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
      validate71.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate71.errors = vErrors;
  return errors === 0;
}
validate71.evaluated = { dynamicProps: false, dynamicItems: false };

const schema28 = { title: "low, medium, high or critical", enum: ["low", "medium", "high", "critical"] };

function validate73(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate73.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (!(data === "low" || data === "medium" || data === "high" || data === "critical")) {
    validate73.errors = [
      {
        instancePath,
        schemaPath: "#/enum",
        keyword: "enum",
        params: { allowedValues: schema28.enum },
        message: "must be equal to one of the allowed values",
      },
    ];
    return false;
  }
  validate73.errors = vErrors;
  return errors === 0;
}
validate73.evaluated = { dynamicProps: false, dynamicItems: false };

const schema29 = {
  title: "a label's key or value",
  type: "string",
  pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$",
};
const pattern11 = new RegExp("^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$", "u");

function validate75(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate75.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern11.test(data)) {
        validate75.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$" },
            message: 'must match pattern "' + "^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$" + '"',
          },
        ];
        return false;
      }
    } else {
      validate75.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate75.errors = vErrors;
  return errors === 0;
}
validate75.evaluated = { dynamicProps: false, dynamicItems: false };

const pattern12 = new RegExp("^[A-Za-z0-9_.:-]{1,253}$", "u");

function validate69(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate69.evaluated;
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
        (data.path === undefined && (missing0 = "path")) ||
        (data.kind === undefined && (missing0 = "kind")) ||
        (data.class === undefined && (missing0 = "class")) ||
        (data.labels === undefined && (missing0 = "labels")) ||
        (data.gateway === undefined && (missing0 = "gateway"))
      ) {
        validate69.errors = [
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
          if (!(
            key0 === "name" ||
            key0 === "path" ||
            key0 === "kind" ||
            key0 === "class" ||
            key0 === "labels" ||
            key0 === "gateway" ||
            key0 === "host" ||
            key0 === "port"
          )) {
            validate69.errors = [
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
              !validate59(data.name, {
                instancePath: instancePath + "/name",
                parentData: data,
                parentDataProperty: "name",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.path !== undefined) {
              const _errs3 = errors;
              if (
                !validate71(data.path, {
                  instancePath: instancePath + "/path",
                  parentData: data,
                  parentDataProperty: "path",
                  rootData,
                  dynamicAnchors,
                })
              ) {
                vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.kind !== undefined) {
                let data2 = data.kind;
                const _errs4 = errors;
                if (!(
                  data2 === "postgresql" ||
                  data2 === "mysql" ||
                  data2 === "mongodb" ||
                  data2 === "kubernetes" ||
                  data2 === "ssh" ||
                  data2 === "http" ||
                  data2 === "tcp"
                )) {
                  validate69.errors = [
                    {
                      instancePath: instancePath + "/kind",
                      schemaPath: "#/properties/kind/enum",
                      keyword: "enum",
                      params: { allowedValues: schema26.properties.kind.enum },
                      message: "must be equal to one of the allowed values",
                    },
                  ];
                  return false;
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.class !== undefined) {
                  const _errs5 = errors;
                  if (
                    !validate73(data.class, {
                      instancePath: instancePath + "/class",
                      parentData: data,
                      parentDataProperty: "class",
                      rootData,
                      dynamicAnchors,
                    })
                  ) {
                    vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs5 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.labels !== undefined) {
                    let data4 = data.labels;
                    const _errs6 = errors;
                    if (errors === _errs6) {
                      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
                        if (Object.keys(data4).length > 64) {
                          validate69.errors = [
                            {
                              instancePath: instancePath + "/labels",
                              schemaPath: "#/properties/labels/maxProperties",
                              keyword: "maxProperties",
                              params: { limit: 64 },
                              message: "must NOT have more than 64 properties",
                            },
                          ];
                          return false;
                        } else {
                          for (const key1 in data4) {
                            const _errs8 = errors;
                            if (
                              !validate75(key1, {
                                instancePath: instancePath + "/labels",
                                parentData: data4,
                                parentDataProperty: "labels",
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
                              errors = vErrors.length;
                            }
                            var valid1 = _errs8 === errors;
                            if (!valid1) {
                              const err0 = {
                                instancePath: instancePath + "/labels",
                                schemaPath: "#/properties/labels/propertyNames",
                                keyword: "propertyNames",
                                params: { propertyName: key1 },
                                message: "property name must be valid",
                              };
                              if (vErrors === null) {
                                vErrors = [err0];
                              } else {
                                vErrors.push(err0);
                              }
                              errors++;
                              validate69.errors = vErrors;
                              return false;
                              break;
                            }
                          }
                          if (valid1) {
                            for (const key2 in data4) {
                              const _errs10 = errors;
                              if (
                                !validate75(data4[key2], {
                                  instancePath:
                                    instancePath + "/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
                                  parentData: data4,
                                  parentDataProperty: key2,
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
                                errors = vErrors.length;
                              }
                              var valid2 = _errs10 === errors;
                              if (!valid2) {
                                break;
                              }
                            }
                          }
                        }
                      } else {
                        validate69.errors = [
                          {
                            instancePath: instancePath + "/labels",
                            schemaPath: "#/properties/labels/type",
                            keyword: "type",
                            params: { type: "object" },
                            message: "must be object",
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
                    if (data.gateway !== undefined) {
                      const _errs11 = errors;
                      if (
                        !validate59(data.gateway, {
                          instancePath: instancePath + "/gateway",
                          parentData: data,
                          parentDataProperty: "gateway",
                          rootData,
                          dynamicAnchors,
                        })
                      ) {
                        vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.host !== undefined) {
                        let data7 = data.host;
                        const _errs12 = errors;
                        if (errors === _errs12) {
                          if (typeof data7 === "string") {
                            if (!pattern12.test(data7)) {
                              validate69.errors = [
                                {
                                  instancePath: instancePath + "/host",
                                  schemaPath: "#/properties/host/pattern",
                                  keyword: "pattern",
                                  params: { pattern: "^[A-Za-z0-9_.:-]{1,253}$" },
                                  message: 'must match pattern "' + "^[A-Za-z0-9_.:-]{1,253}$" + '"',
                                },
                              ];
                              return false;
                            }
                          } else {
                            validate69.errors = [
                              {
                                instancePath: instancePath + "/host",
                                schemaPath: "#/properties/host/type",
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
                        if (data.port !== undefined) {
                          let data8 = data.port;
                          const _errs14 = errors;
                          if (!(typeof data8 == "number" && !(data8 % 1) && !isNaN(data8) && isFinite(data8))) {
                            validate69.errors = [
                              {
                                instancePath: instancePath + "/port",
                                schemaPath: "#/properties/port/type",
                                keyword: "type",
                                params: { type: "integer" },
                                message: "must be integer",
                              },
                            ];
                            return false;
                          }
                          if (errors === _errs14) {
                            if (typeof data8 == "number" && isFinite(data8)) {
                              if (data8 > 65535 || isNaN(data8)) {
                                validate69.errors = [
                                  {
                                    instancePath: instancePath + "/port",
                                    schemaPath: "#/properties/port/maximum",
                                    keyword: "maximum",
                                    params: { comparison: "<=", limit: 65535 },
                                    message: "must be <= 65535",
                                  },
                                ];
                                return false;
                              } else {
                                if (data8 < 1 || isNaN(data8)) {
                                  validate69.errors = [
                                    {
                                      instancePath: instancePath + "/port",
                                      schemaPath: "#/properties/port/minimum",
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
                          var valid0 = _errs14 === errors;
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
    } else {
      validate69.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate69.errors = vErrors;
  return errors === 0;
}
validate69.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema30 = {
  title: "a connection",
  type: "object",
  additionalProperties: false,
  required: [
    "id",
    "path",
    "resource",
    "level",
    "gatewayName",
    "settings",
    "secrets",
    "command",
    "guardrails",
    "maskingRules",
  ],
  properties: {
    id: { $ref: "#/$defs/connectionId" },
    path: { $ref: "#/$defs/path" },
    resource: { $ref: "#/$defs/identifier" },
    level: { $ref: "#/$defs/identifier" },
    gatewayName: {
      title: "3 to 254 letters, digits, `_`, `.`, `-`",
      type: "string",
      pattern: "^[A-Za-z0-9_.-]{3,254}$",
    },
    settings: {
      title: "plain settings",
      type: "object",
      maxProperties: 100,
      propertyNames: { $ref: "#/$defs/settingName" },
      additionalProperties: {
        title: "one line of 1 to 1000 characters",
        type: "string",
        minLength: 1,
        maxLength: 1000,
        pattern: "^[^\\u0000-\\u001f\\u007f]*$",
      },
    },
    secrets: {
      title: "references of secrets",
      type: "object",
      maxProperties: 100,
      propertyNames: { $ref: "#/$defs/settingName" },
      additionalProperties: { $ref: "#/$defs/secret" },
    },
    command: {
      type: "array",
      maxItems: 100,
      items: {
        title: "one line of 1 to 1000 characters",
        type: "string",
        minLength: 1,
        maxLength: 1000,
        pattern: "^[^\\u0000-\\u001f\\u007f]*$",
      },
    },
    guardrails: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" } },
    maskingRules: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" } },
    adopt: { const: true },
  },
};
const schema31 = {
  title: "a connection as <resource>/<level>",
  type: "string",
  pattern: "^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$",
};
const pattern13 = new RegExp("^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$", "u");

function validate81(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate81.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern13.test(data)) {
        validate81.errors = [
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
      validate81.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate81.errors = vErrors;
  return errors === 0;
}
validate81.evaluated = { dynamicProps: false, dynamicItems: false };

const schema32 = { title: "a plain name", type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_.-]{0,62}$" };
const pattern15 = new RegExp("^[A-Za-z_][A-Za-z0-9_.-]{0,62}$", "u");

function validate86(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate86.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern15.test(data)) {
        validate86.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z_][A-Za-z0-9_.-]{0,62}$" },
            message: 'must match pattern "' + "^[A-Za-z_][A-Za-z0-9_.-]{0,62}$" + '"',
          },
        ];
        return false;
      }
    } else {
      validate86.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate86.errors = vErrors;
  return errors === 0;
}
validate86.evaluated = { dynamicProps: false, dynamicItems: false };

const schema33 = {
  title: "a reference `${env:NAME}` or `${file:PATH}`",
  description: "Never the secret itself.",
  type: "string",
  pattern: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,1000})\\}$",
};
const pattern17 = new RegExp("^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,1000})\\}$", "u");

function validate89(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate89.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern17.test(data)) {
        validate89.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: { pattern: "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,1000})\\}$" },
            message:
              'must match pattern "' +
              "^\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^{}\\u0000-\\u001f]{1,1000})\\}$" +
              '"',
          },
        ];
        return false;
      }
    } else {
      validate89.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate89.errors = vErrors;
  return errors === 0;
}
validate89.evaluated = { dynamicProps: false, dynamicItems: false };

const pattern14 = new RegExp("^[A-Za-z0-9_.-]{3,254}$", "u");

function validate80(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate80.evaluated;
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
        (data.id === undefined && (missing0 = "id")) ||
        (data.path === undefined && (missing0 = "path")) ||
        (data.resource === undefined && (missing0 = "resource")) ||
        (data.level === undefined && (missing0 = "level")) ||
        (data.gatewayName === undefined && (missing0 = "gatewayName")) ||
        (data.settings === undefined && (missing0 = "settings")) ||
        (data.secrets === undefined && (missing0 = "secrets")) ||
        (data.command === undefined && (missing0 = "command")) ||
        (data.guardrails === undefined && (missing0 = "guardrails")) ||
        (data.maskingRules === undefined && (missing0 = "maskingRules"))
      ) {
        validate80.errors = [
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
          if (!func1.call(schema30.properties, key0)) {
            validate80.errors = [
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
          if (data.id !== undefined) {
            const _errs2 = errors;
            if (
              !validate81(data.id, {
                instancePath: instancePath + "/id",
                parentData: data,
                parentDataProperty: "id",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate81.errors : vErrors.concat(validate81.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.path !== undefined) {
              const _errs3 = errors;
              if (
                !validate71(data.path, {
                  instancePath: instancePath + "/path",
                  parentData: data,
                  parentDataProperty: "path",
                  rootData,
                  dynamicAnchors,
                })
              ) {
                vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.resource !== undefined) {
                const _errs4 = errors;
                if (
                  !validate59(data.resource, {
                    instancePath: instancePath + "/resource",
                    parentData: data,
                    parentDataProperty: "resource",
                    rootData,
                    dynamicAnchors,
                  })
                ) {
                  vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.level !== undefined) {
                  const _errs5 = errors;
                  if (
                    !validate59(data.level, {
                      instancePath: instancePath + "/level",
                      parentData: data,
                      parentDataProperty: "level",
                      rootData,
                      dynamicAnchors,
                    })
                  ) {
                    vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs5 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.gatewayName !== undefined) {
                    let data4 = data.gatewayName;
                    const _errs6 = errors;
                    if (errors === _errs6) {
                      if (typeof data4 === "string") {
                        if (!pattern14.test(data4)) {
                          validate80.errors = [
                            {
                              instancePath: instancePath + "/gatewayName",
                              schemaPath: "#/properties/gatewayName/pattern",
                              keyword: "pattern",
                              params: { pattern: "^[A-Za-z0-9_.-]{3,254}$" },
                              message: 'must match pattern "' + "^[A-Za-z0-9_.-]{3,254}$" + '"',
                            },
                          ];
                          return false;
                        }
                      } else {
                        validate80.errors = [
                          {
                            instancePath: instancePath + "/gatewayName",
                            schemaPath: "#/properties/gatewayName/type",
                            keyword: "type",
                            params: { type: "string" },
                            message: "must be string",
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
                    if (data.settings !== undefined) {
                      let data5 = data.settings;
                      const _errs8 = errors;
                      if (errors === _errs8) {
                        if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
                          if (Object.keys(data5).length > 100) {
                            validate80.errors = [
                              {
                                instancePath: instancePath + "/settings",
                                schemaPath: "#/properties/settings/maxProperties",
                                keyword: "maxProperties",
                                params: { limit: 100 },
                                message: "must NOT have more than 100 properties",
                              },
                            ];
                            return false;
                          } else {
                            for (const key1 in data5) {
                              const _errs10 = errors;
                              if (
                                !validate86(key1, {
                                  instancePath: instancePath + "/settings",
                                  parentData: data5,
                                  parentDataProperty: "settings",
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
                                errors = vErrors.length;
                              }
                              var valid1 = _errs10 === errors;
                              if (!valid1) {
                                const err0 = {
                                  instancePath: instancePath + "/settings",
                                  schemaPath: "#/properties/settings/propertyNames",
                                  keyword: "propertyNames",
                                  params: { propertyName: key1 },
                                  message: "property name must be valid",
                                };
                                if (vErrors === null) {
                                  vErrors = [err0];
                                } else {
                                  vErrors.push(err0);
                                }
                                errors++;
                                validate80.errors = vErrors;
                                return false;
                                break;
                              }
                            }
                            if (valid1) {
                              for (const key2 in data5) {
                                let data6 = data5[key2];
                                const _errs12 = errors;
                                if (errors === _errs12) {
                                  if (typeof data6 === "string") {
                                    if (func2(data6) > 1000) {
                                      validate80.errors = [
                                        {
                                          instancePath:
                                            instancePath + "/settings/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
                                          schemaPath: "#/properties/settings/additionalProperties/maxLength",
                                          keyword: "maxLength",
                                          params: { limit: 1000 },
                                          message: "must NOT have more than 1000 characters",
                                        },
                                      ];
                                      return false;
                                    } else {
                                      if (func2(data6) < 1) {
                                        validate80.errors = [
                                          {
                                            instancePath:
                                              instancePath +
                                              "/settings/" +
                                              key2.replace(/~/g, "~0").replace(/\//g, "~1"),
                                            schemaPath: "#/properties/settings/additionalProperties/minLength",
                                            keyword: "minLength",
                                            params: { limit: 1 },
                                            message: "must NOT have fewer than 1 characters",
                                          },
                                        ];
                                        return false;
                                      } else {
                                        if (!pattern4.test(data6)) {
                                          validate80.errors = [
                                            {
                                              instancePath:
                                                instancePath +
                                                "/settings/" +
                                                key2.replace(/~/g, "~0").replace(/\//g, "~1"),
                                              schemaPath: "#/properties/settings/additionalProperties/pattern",
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
                                    validate80.errors = [
                                      {
                                        instancePath:
                                          instancePath + "/settings/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
                                        schemaPath: "#/properties/settings/additionalProperties/type",
                                        keyword: "type",
                                        params: { type: "string" },
                                        message: "must be string",
                                      },
                                    ];
                                    return false;
                                  }
                                }
                                var valid2 = _errs12 === errors;
                                if (!valid2) {
                                  break;
                                }
                              }
                            }
                          }
                        } else {
                          validate80.errors = [
                            {
                              instancePath: instancePath + "/settings",
                              schemaPath: "#/properties/settings/type",
                              keyword: "type",
                              params: { type: "object" },
                              message: "must be object",
                            },
                          ];
                          return false;
                        }
                      }
                      var valid0 = _errs8 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.secrets !== undefined) {
                        let data7 = data.secrets;
                        const _errs14 = errors;
                        if (errors === _errs14) {
                          if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
                            if (Object.keys(data7).length > 100) {
                              validate80.errors = [
                                {
                                  instancePath: instancePath + "/secrets",
                                  schemaPath: "#/properties/secrets/maxProperties",
                                  keyword: "maxProperties",
                                  params: { limit: 100 },
                                  message: "must NOT have more than 100 properties",
                                },
                              ];
                              return false;
                            } else {
                              for (const key3 in data7) {
                                const _errs16 = errors;
                                if (
                                  !validate86(key3, {
                                    instancePath: instancePath + "/secrets",
                                    parentData: data7,
                                    parentDataProperty: "secrets",
                                    rootData,
                                    dynamicAnchors,
                                  })
                                ) {
                                  vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
                                  errors = vErrors.length;
                                }
                                var valid3 = _errs16 === errors;
                                if (!valid3) {
                                  const err1 = {
                                    instancePath: instancePath + "/secrets",
                                    schemaPath: "#/properties/secrets/propertyNames",
                                    keyword: "propertyNames",
                                    params: { propertyName: key3 },
                                    message: "property name must be valid",
                                  };
                                  if (vErrors === null) {
                                    vErrors = [err1];
                                  } else {
                                    vErrors.push(err1);
                                  }
                                  errors++;
                                  validate80.errors = vErrors;
                                  return false;
                                  break;
                                }
                              }
                              if (valid3) {
                                for (const key4 in data7) {
                                  const _errs18 = errors;
                                  if (
                                    !validate89(data7[key4], {
                                      instancePath:
                                        instancePath + "/secrets/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),
                                      parentData: data7,
                                      parentDataProperty: key4,
                                      rootData,
                                      dynamicAnchors,
                                    })
                                  ) {
                                    vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
                                    errors = vErrors.length;
                                  }
                                  var valid4 = _errs18 === errors;
                                  if (!valid4) {
                                    break;
                                  }
                                }
                              }
                            }
                          } else {
                            validate80.errors = [
                              {
                                instancePath: instancePath + "/secrets",
                                schemaPath: "#/properties/secrets/type",
                                keyword: "type",
                                params: { type: "object" },
                                message: "must be object",
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
                        if (data.command !== undefined) {
                          let data9 = data.command;
                          const _errs19 = errors;
                          if (errors === _errs19) {
                            if (Array.isArray(data9)) {
                              if (data9.length > 100) {
                                validate80.errors = [
                                  {
                                    instancePath: instancePath + "/command",
                                    schemaPath: "#/properties/command/maxItems",
                                    keyword: "maxItems",
                                    params: { limit: 100 },
                                    message: "must NOT have more than 100 items",
                                  },
                                ];
                                return false;
                              } else {
                                var valid5 = true;
                                const len0 = data9.length;
                                for (let i0 = 0; i0 < len0; i0++) {
                                  let data10 = data9[i0];
                                  const _errs21 = errors;
                                  if (errors === _errs21) {
                                    if (typeof data10 === "string") {
                                      if (func2(data10) > 1000) {
                                        validate80.errors = [
                                          {
                                            instancePath: instancePath + "/command/" + i0,
                                            schemaPath: "#/properties/command/items/maxLength",
                                            keyword: "maxLength",
                                            params: { limit: 1000 },
                                            message: "must NOT have more than 1000 characters",
                                          },
                                        ];
                                        return false;
                                      } else {
                                        if (func2(data10) < 1) {
                                          validate80.errors = [
                                            {
                                              instancePath: instancePath + "/command/" + i0,
                                              schemaPath: "#/properties/command/items/minLength",
                                              keyword: "minLength",
                                              params: { limit: 1 },
                                              message: "must NOT have fewer than 1 characters",
                                            },
                                          ];
                                          return false;
                                        } else {
                                          if (!pattern4.test(data10)) {
                                            validate80.errors = [
                                              {
                                                instancePath: instancePath + "/command/" + i0,
                                                schemaPath: "#/properties/command/items/pattern",
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
                                      validate80.errors = [
                                        {
                                          instancePath: instancePath + "/command/" + i0,
                                          schemaPath: "#/properties/command/items/type",
                                          keyword: "type",
                                          params: { type: "string" },
                                          message: "must be string",
                                        },
                                      ];
                                      return false;
                                    }
                                  }
                                  var valid5 = _errs21 === errors;
                                  if (!valid5) {
                                    break;
                                  }
                                }
                              }
                            } else {
                              validate80.errors = [
                                {
                                  instancePath: instancePath + "/command",
                                  schemaPath: "#/properties/command/type",
                                  keyword: "type",
                                  params: { type: "array" },
                                  message: "must be array",
                                },
                              ];
                              return false;
                            }
                          }
                          var valid0 = _errs19 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.guardrails !== undefined) {
                            let data11 = data.guardrails;
                            const _errs23 = errors;
                            if (errors === _errs23) {
                              if (Array.isArray(data11)) {
                                if (data11.length > 1000) {
                                  validate80.errors = [
                                    {
                                      instancePath: instancePath + "/guardrails",
                                      schemaPath: "#/properties/guardrails/maxItems",
                                      keyword: "maxItems",
                                      params: { limit: 1000 },
                                      message: "must NOT have more than 1000 items",
                                    },
                                  ];
                                  return false;
                                } else {
                                  var valid6 = true;
                                  const len1 = data11.length;
                                  for (let i1 = 0; i1 < len1; i1++) {
                                    const _errs25 = errors;
                                    if (
                                      !validate59(data11[i1], {
                                        instancePath: instancePath + "/guardrails/" + i1,
                                        parentData: data11,
                                        parentDataProperty: i1,
                                        rootData,
                                        dynamicAnchors,
                                      })
                                    ) {
                                      vErrors =
                                        vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid6 = _errs25 === errors;
                                    if (!valid6) {
                                      break;
                                    }
                                  }
                                }
                              } else {
                                validate80.errors = [
                                  {
                                    instancePath: instancePath + "/guardrails",
                                    schemaPath: "#/properties/guardrails/type",
                                    keyword: "type",
                                    params: { type: "array" },
                                    message: "must be array",
                                  },
                                ];
                                return false;
                              }
                            }
                            var valid0 = _errs23 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.maskingRules !== undefined) {
                              let data13 = data.maskingRules;
                              const _errs26 = errors;
                              if (errors === _errs26) {
                                if (Array.isArray(data13)) {
                                  if (data13.length > 1000) {
                                    validate80.errors = [
                                      {
                                        instancePath: instancePath + "/maskingRules",
                                        schemaPath: "#/properties/maskingRules/maxItems",
                                        keyword: "maxItems",
                                        params: { limit: 1000 },
                                        message: "must NOT have more than 1000 items",
                                      },
                                    ];
                                    return false;
                                  } else {
                                    var valid7 = true;
                                    const len2 = data13.length;
                                    for (let i2 = 0; i2 < len2; i2++) {
                                      const _errs28 = errors;
                                      if (
                                        !validate59(data13[i2], {
                                          instancePath: instancePath + "/maskingRules/" + i2,
                                          parentData: data13,
                                          parentDataProperty: i2,
                                          rootData,
                                          dynamicAnchors,
                                        })
                                      ) {
                                        vErrors =
                                          vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                                        errors = vErrors.length;
                                      }
                                      var valid7 = _errs28 === errors;
                                      if (!valid7) {
                                        break;
                                      }
                                    }
                                  }
                                } else {
                                  validate80.errors = [
                                    {
                                      instancePath: instancePath + "/maskingRules",
                                      schemaPath: "#/properties/maskingRules/type",
                                      keyword: "type",
                                      params: { type: "array" },
                                      message: "must be array",
                                    },
                                  ];
                                  return false;
                                }
                              }
                              var valid0 = _errs26 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.adopt !== undefined) {
                                const _errs29 = errors;
                                if (true !== data.adopt) {
                                  validate80.errors = [
                                    {
                                      instancePath: instancePath + "/adopt",
                                      schemaPath: "#/properties/adopt/const",
                                      keyword: "const",
                                      params: { allowedValue: true },
                                      message: "must be equal to constant",
                                    },
                                  ];
                                  return false;
                                }
                                var valid0 = _errs29 === errors;
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
      }
    } else {
      validate80.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate80.errors = vErrors;
  return errors === 0;
}
validate80.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema34 = {
  title: "a guardrail",
  type: "object",
  additionalProperties: false,
  required: ["name", "input", "output"],
  properties: {
    name: { $ref: "#/$defs/identifier" },
    description: {
      title: "one line of 1 to 250 characters",
      type: "string",
      minLength: 1,
      maxLength: 250,
      pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    },
    input: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/guardrailPattern" } },
    output: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/guardrailPattern" } },
    adopt: { const: true },
  },
};
const schema35 = {
  title: "a pattern of a guardrail",
  type: "object",
  required: ["type"],
  properties: { type: { enum: ["denyWords", "pattern"] } },
  if: { properties: { type: { const: "denyWords" } } },
  then: {
    title: "words that are denied",
    type: "object",
    additionalProperties: false,
    required: ["type", "words"],
    properties: {
      type: { const: "denyWords" },
      words: {
        type: "array",
        maxItems: 1000,
        items: {
          title: "one line of 1 to 200 characters",
          type: "string",
          minLength: 1,
          maxLength: 200,
          pattern: "^[^\\u0000-\\u001f\\u007f]*$",
        },
        minItems: 1,
      },
    },
  },
  else: {
    title: "a regular expression",
    type: "object",
    additionalProperties: false,
    required: ["type", "pattern"],
    properties: {
      type: { const: "pattern" },
      pattern: {
        title: "one line of 1 to 1000 characters",
        type: "string",
        minLength: 1,
        maxLength: 1000,
        pattern: "^[^\\u0000-\\u001f\\u007f]*$",
      },
    },
  },
};

function validate96(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate96.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs1 = errors;
  let valid0 = true;
  const _errs2 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.type !== undefined) {
      if ("denyWords" !== data.type) {
        const err0 = {};
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
  }
  var _valid0 = _errs2 === errors;
  errors = _errs1;
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid0) {
    const _errs4 = errors;
    if (errors === _errs4) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if ((data.type === undefined && (missing0 = "type")) || (data.words === undefined && (missing0 = "words"))) {
          validate96.errors = [
            {
              instancePath,
              schemaPath: "#/then/required",
              keyword: "required",
              params: { missingProperty: missing0 },
              message: "must have required property '" + missing0 + "'",
            },
          ];
          return false;
        } else {
          const _errs6 = errors;
          for (const key0 in data) {
            if (!(key0 === "type" || key0 === "words")) {
              validate96.errors = [
                {
                  instancePath,
                  schemaPath: "#/then/additionalProperties",
                  keyword: "additionalProperties",
                  params: { additionalProperty: key0 },
                  message: "must NOT have additional properties",
                },
              ];
              return false;
              break;
            }
          }
          if (_errs6 === errors) {
            if (data.type !== undefined) {
              const _errs7 = errors;
              if ("denyWords" !== data.type) {
                validate96.errors = [
                  {
                    instancePath: instancePath + "/type",
                    schemaPath: "#/then/properties/type/const",
                    keyword: "const",
                    params: { allowedValue: "denyWords" },
                    message: "must be equal to constant",
                  },
                ];
                return false;
              }
              var valid2 = _errs7 === errors;
            } else {
              var valid2 = true;
            }
            if (valid2) {
              if (data.words !== undefined) {
                let data2 = data.words;
                const _errs8 = errors;
                if (errors === _errs8) {
                  if (Array.isArray(data2)) {
                    if (data2.length > 1000) {
                      validate96.errors = [
                        {
                          instancePath: instancePath + "/words",
                          schemaPath: "#/then/properties/words/maxItems",
                          keyword: "maxItems",
                          params: { limit: 1000 },
                          message: "must NOT have more than 1000 items",
                        },
                      ];
                      return false;
                    } else {
                      if (data2.length < 1) {
                        validate96.errors = [
                          {
                            instancePath: instancePath + "/words",
                            schemaPath: "#/then/properties/words/minItems",
                            keyword: "minItems",
                            params: { limit: 1 },
                            message: "must NOT have fewer than 1 items",
                          },
                        ];
                        return false;
                      } else {
                        var valid3 = true;
                        const len0 = data2.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          let data3 = data2[i0];
                          const _errs10 = errors;
                          if (errors === _errs10) {
                            if (typeof data3 === "string") {
                              if (func2(data3) > 200) {
                                validate96.errors = [
                                  {
                                    instancePath: instancePath + "/words/" + i0,
                                    schemaPath: "#/then/properties/words/items/maxLength",
                                    keyword: "maxLength",
                                    params: { limit: 200 },
                                    message: "must NOT have more than 200 characters",
                                  },
                                ];
                                return false;
                              } else {
                                if (func2(data3) < 1) {
                                  validate96.errors = [
                                    {
                                      instancePath: instancePath + "/words/" + i0,
                                      schemaPath: "#/then/properties/words/items/minLength",
                                      keyword: "minLength",
                                      params: { limit: 1 },
                                      message: "must NOT have fewer than 1 characters",
                                    },
                                  ];
                                  return false;
                                } else {
                                  if (!pattern4.test(data3)) {
                                    validate96.errors = [
                                      {
                                        instancePath: instancePath + "/words/" + i0,
                                        schemaPath: "#/then/properties/words/items/pattern",
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
                              validate96.errors = [
                                {
                                  instancePath: instancePath + "/words/" + i0,
                                  schemaPath: "#/then/properties/words/items/type",
                                  keyword: "type",
                                  params: { type: "string" },
                                  message: "must be string",
                                },
                              ];
                              return false;
                            }
                          }
                          var valid3 = _errs10 === errors;
                          if (!valid3) {
                            break;
                          }
                        }
                      }
                    }
                  } else {
                    validate96.errors = [
                      {
                        instancePath: instancePath + "/words",
                        schemaPath: "#/then/properties/words/type",
                        keyword: "type",
                        params: { type: "array" },
                        message: "must be array",
                      },
                    ];
                    return false;
                  }
                }
                var valid2 = _errs8 === errors;
              } else {
                var valid2 = true;
              }
            }
          }
        }
      } else {
        validate96.errors = [
          {
            instancePath,
            schemaPath: "#/then/type",
            keyword: "type",
            params: { type: "object" },
            message: "must be object",
          },
        ];
        return false;
      }
    }
    var _valid0 = _errs4 === errors;
    valid0 = _valid0;
    if (valid0) {
      var props0 = true;
    }
    ifClause0 = "then";
  } else {
    const _errs12 = errors;
    if (errors === _errs12) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing1;
        if (
          (data.type === undefined && (missing1 = "type")) ||
          (data.pattern === undefined && (missing1 = "pattern"))
        ) {
          validate96.errors = [
            {
              instancePath,
              schemaPath: "#/else/required",
              keyword: "required",
              params: { missingProperty: missing1 },
              message: "must have required property '" + missing1 + "'",
            },
          ];
          return false;
        } else {
          const _errs14 = errors;
          for (const key1 in data) {
            if (!(key1 === "type" || key1 === "pattern")) {
              validate96.errors = [
                {
                  instancePath,
                  schemaPath: "#/else/additionalProperties",
                  keyword: "additionalProperties",
                  params: { additionalProperty: key1 },
                  message: "must NOT have additional properties",
                },
              ];
              return false;
              break;
            }
          }
          if (_errs14 === errors) {
            if (data.type !== undefined) {
              const _errs15 = errors;
              if ("pattern" !== data.type) {
                validate96.errors = [
                  {
                    instancePath: instancePath + "/type",
                    schemaPath: "#/else/properties/type/const",
                    keyword: "const",
                    params: { allowedValue: "pattern" },
                    message: "must be equal to constant",
                  },
                ];
                return false;
              }
              var valid4 = _errs15 === errors;
            } else {
              var valid4 = true;
            }
            if (valid4) {
              if (data.pattern !== undefined) {
                let data5 = data.pattern;
                const _errs16 = errors;
                if (errors === _errs16) {
                  if (typeof data5 === "string") {
                    if (func2(data5) > 1000) {
                      validate96.errors = [
                        {
                          instancePath: instancePath + "/pattern",
                          schemaPath: "#/else/properties/pattern/maxLength",
                          keyword: "maxLength",
                          params: { limit: 1000 },
                          message: "must NOT have more than 1000 characters",
                        },
                      ];
                      return false;
                    } else {
                      if (func2(data5) < 1) {
                        validate96.errors = [
                          {
                            instancePath: instancePath + "/pattern",
                            schemaPath: "#/else/properties/pattern/minLength",
                            keyword: "minLength",
                            params: { limit: 1 },
                            message: "must NOT have fewer than 1 characters",
                          },
                        ];
                        return false;
                      } else {
                        if (!pattern4.test(data5)) {
                          validate96.errors = [
                            {
                              instancePath: instancePath + "/pattern",
                              schemaPath: "#/else/properties/pattern/pattern",
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
                    validate96.errors = [
                      {
                        instancePath: instancePath + "/pattern",
                        schemaPath: "#/else/properties/pattern/type",
                        keyword: "type",
                        params: { type: "string" },
                        message: "must be string",
                      },
                    ];
                    return false;
                  }
                }
                var valid4 = _errs16 === errors;
              } else {
                var valid4 = true;
              }
            }
          }
        }
      } else {
        validate96.errors = [
          {
            instancePath,
            schemaPath: "#/else/type",
            keyword: "type",
            params: { type: "object" },
            message: "must be object",
          },
        ];
        return false;
      }
    }
    var _valid0 = _errs12 === errors;
    valid0 = _valid0;
    if (valid0) {
      if (props0 !== true) {
        props0 = true;
      }
    }
    ifClause0 = "else";
  }
  if (!valid0) {
    const err1 = {
      instancePath,
      schemaPath: "#/if",
      keyword: "if",
      params: { failingKeyword: ifClause0 },
      message: 'must match "' + ifClause0 + '" schema',
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
    validate96.errors = vErrors;
    return false;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing2;
      if (data.type === undefined && (missing2 = "type")) {
        validate96.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing2 },
            message: "must have required property '" + missing2 + "'",
          },
        ];
        return false;
      } else {
        if (props0 !== true) {
          props0 = props0 || {};
          props0.type = true;
        }
        if (data.type !== undefined) {
          let data6 = data.type;
          if (!(data6 === "denyWords" || data6 === "pattern")) {
            validate96.errors = [
              {
                instancePath: instancePath + "/type",
                schemaPath: "#/properties/type/enum",
                keyword: "enum",
                params: { allowedValues: schema35.properties.type.enum },
                message: "must be equal to one of the allowed values",
              },
            ];
            return false;
          }
        }
      }
    } else {
      validate96.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate96.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate96.evaluated = { dynamicProps: true, dynamicItems: false };

function validate94(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate94.evaluated;
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
        (data.input === undefined && (missing0 = "input")) ||
        (data.output === undefined && (missing0 = "output"))
      ) {
        validate94.errors = [
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
          if (!(
            key0 === "name" ||
            key0 === "description" ||
            key0 === "input" ||
            key0 === "output" ||
            key0 === "adopt"
          )) {
            validate94.errors = [
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
              !validate59(data.name, {
                instancePath: instancePath + "/name",
                parentData: data,
                parentDataProperty: "name",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.description !== undefined) {
              let data1 = data.description;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (typeof data1 === "string") {
                  if (func2(data1) > 250) {
                    validate94.errors = [
                      {
                        instancePath: instancePath + "/description",
                        schemaPath: "#/properties/description/maxLength",
                        keyword: "maxLength",
                        params: { limit: 250 },
                        message: "must NOT have more than 250 characters",
                      },
                    ];
                    return false;
                  } else {
                    if (func2(data1) < 1) {
                      validate94.errors = [
                        {
                          instancePath: instancePath + "/description",
                          schemaPath: "#/properties/description/minLength",
                          keyword: "minLength",
                          params: { limit: 1 },
                          message: "must NOT have fewer than 1 characters",
                        },
                      ];
                      return false;
                    } else {
                      if (!pattern4.test(data1)) {
                        validate94.errors = [
                          {
                            instancePath: instancePath + "/description",
                            schemaPath: "#/properties/description/pattern",
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
                  validate94.errors = [
                    {
                      instancePath: instancePath + "/description",
                      schemaPath: "#/properties/description/type",
                      keyword: "type",
                      params: { type: "string" },
                      message: "must be string",
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
              if (data.input !== undefined) {
                let data2 = data.input;
                const _errs5 = errors;
                if (errors === _errs5) {
                  if (Array.isArray(data2)) {
                    if (data2.length > 1000) {
                      validate94.errors = [
                        {
                          instancePath: instancePath + "/input",
                          schemaPath: "#/properties/input/maxItems",
                          keyword: "maxItems",
                          params: { limit: 1000 },
                          message: "must NOT have more than 1000 items",
                        },
                      ];
                      return false;
                    } else {
                      var valid1 = true;
                      const len0 = data2.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs7 = errors;
                        if (
                          !validate96(data2[i0], {
                            instancePath: instancePath + "/input/" + i0,
                            parentData: data2,
                            parentDataProperty: i0,
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate96.errors : vErrors.concat(validate96.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs7 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    }
                  } else {
                    validate94.errors = [
                      {
                        instancePath: instancePath + "/input",
                        schemaPath: "#/properties/input/type",
                        keyword: "type",
                        params: { type: "array" },
                        message: "must be array",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.output !== undefined) {
                  let data4 = data.output;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (Array.isArray(data4)) {
                      if (data4.length > 1000) {
                        validate94.errors = [
                          {
                            instancePath: instancePath + "/output",
                            schemaPath: "#/properties/output/maxItems",
                            keyword: "maxItems",
                            params: { limit: 1000 },
                            message: "must NOT have more than 1000 items",
                          },
                        ];
                        return false;
                      } else {
                        var valid2 = true;
                        const len1 = data4.length;
                        for (let i1 = 0; i1 < len1; i1++) {
                          const _errs10 = errors;
                          if (
                            !validate96(data4[i1], {
                              instancePath: instancePath + "/output/" + i1,
                              parentData: data4,
                              parentDataProperty: i1,
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate96.errors : vErrors.concat(validate96.errors);
                            errors = vErrors.length;
                          }
                          var valid2 = _errs10 === errors;
                          if (!valid2) {
                            break;
                          }
                        }
                      }
                    } else {
                      validate94.errors = [
                        {
                          instancePath: instancePath + "/output",
                          schemaPath: "#/properties/output/type",
                          keyword: "type",
                          params: { type: "array" },
                          message: "must be array",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.adopt !== undefined) {
                    const _errs11 = errors;
                    if (true !== data.adopt) {
                      validate94.errors = [
                        {
                          instancePath: instancePath + "/adopt",
                          schemaPath: "#/properties/adopt/const",
                          keyword: "const",
                          params: { allowedValue: true },
                          message: "must be equal to constant",
                        },
                      ];
                      return false;
                    }
                    var valid0 = _errs11 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate94.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate94.errors = vErrors;
  return errors === 0;
}
validate94.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema36 = {
  title: "a masking rule",
  type: "object",
  additionalProperties: false,
  required: ["name", "entityTypes"],
  properties: {
    name: { $ref: "#/$defs/identifier" },
    description: {
      title: "one line of 1 to 250 characters",
      type: "string",
      minLength: 1,
      maxLength: 250,
      pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    },
    entityTypes: {
      type: "array",
      maxItems: 1000,
      items: { title: "a kind of entity", type: "string", pattern: "^[A-Z][A-Z0-9_]{0,62}$" },
      minItems: 1,
    },
    scoreThresholdPercent: { title: "a whole number from 0 to 100", type: "integer", minimum: 0, maximum: 100 },
    adopt: { const: true },
  },
};
const pattern23 = new RegExp("^[A-Z][A-Z0-9_]{0,62}$", "u");

function validate100(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate100.evaluated;
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
        (data.entityTypes === undefined && (missing0 = "entityTypes"))
      ) {
        validate100.errors = [
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
          if (!(
            key0 === "name" ||
            key0 === "description" ||
            key0 === "entityTypes" ||
            key0 === "scoreThresholdPercent" ||
            key0 === "adopt"
          )) {
            validate100.errors = [
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
              !validate59(data.name, {
                instancePath: instancePath + "/name",
                parentData: data,
                parentDataProperty: "name",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.description !== undefined) {
              let data1 = data.description;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (typeof data1 === "string") {
                  if (func2(data1) > 250) {
                    validate100.errors = [
                      {
                        instancePath: instancePath + "/description",
                        schemaPath: "#/properties/description/maxLength",
                        keyword: "maxLength",
                        params: { limit: 250 },
                        message: "must NOT have more than 250 characters",
                      },
                    ];
                    return false;
                  } else {
                    if (func2(data1) < 1) {
                      validate100.errors = [
                        {
                          instancePath: instancePath + "/description",
                          schemaPath: "#/properties/description/minLength",
                          keyword: "minLength",
                          params: { limit: 1 },
                          message: "must NOT have fewer than 1 characters",
                        },
                      ];
                      return false;
                    } else {
                      if (!pattern4.test(data1)) {
                        validate100.errors = [
                          {
                            instancePath: instancePath + "/description",
                            schemaPath: "#/properties/description/pattern",
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
                  validate100.errors = [
                    {
                      instancePath: instancePath + "/description",
                      schemaPath: "#/properties/description/type",
                      keyword: "type",
                      params: { type: "string" },
                      message: "must be string",
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
              if (data.entityTypes !== undefined) {
                let data2 = data.entityTypes;
                const _errs5 = errors;
                if (errors === _errs5) {
                  if (Array.isArray(data2)) {
                    if (data2.length > 1000) {
                      validate100.errors = [
                        {
                          instancePath: instancePath + "/entityTypes",
                          schemaPath: "#/properties/entityTypes/maxItems",
                          keyword: "maxItems",
                          params: { limit: 1000 },
                          message: "must NOT have more than 1000 items",
                        },
                      ];
                      return false;
                    } else {
                      if (data2.length < 1) {
                        validate100.errors = [
                          {
                            instancePath: instancePath + "/entityTypes",
                            schemaPath: "#/properties/entityTypes/minItems",
                            keyword: "minItems",
                            params: { limit: 1 },
                            message: "must NOT have fewer than 1 items",
                          },
                        ];
                        return false;
                      } else {
                        var valid1 = true;
                        const len0 = data2.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          let data3 = data2[i0];
                          const _errs7 = errors;
                          if (errors === _errs7) {
                            if (typeof data3 === "string") {
                              if (!pattern23.test(data3)) {
                                validate100.errors = [
                                  {
                                    instancePath: instancePath + "/entityTypes/" + i0,
                                    schemaPath: "#/properties/entityTypes/items/pattern",
                                    keyword: "pattern",
                                    params: { pattern: "^[A-Z][A-Z0-9_]{0,62}$" },
                                    message: 'must match pattern "' + "^[A-Z][A-Z0-9_]{0,62}$" + '"',
                                  },
                                ];
                                return false;
                              }
                            } else {
                              validate100.errors = [
                                {
                                  instancePath: instancePath + "/entityTypes/" + i0,
                                  schemaPath: "#/properties/entityTypes/items/type",
                                  keyword: "type",
                                  params: { type: "string" },
                                  message: "must be string",
                                },
                              ];
                              return false;
                            }
                          }
                          var valid1 = _errs7 === errors;
                          if (!valid1) {
                            break;
                          }
                        }
                      }
                    }
                  } else {
                    validate100.errors = [
                      {
                        instancePath: instancePath + "/entityTypes",
                        schemaPath: "#/properties/entityTypes/type",
                        keyword: "type",
                        params: { type: "array" },
                        message: "must be array",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.scoreThresholdPercent !== undefined) {
                  let data4 = data.scoreThresholdPercent;
                  const _errs9 = errors;
                  if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
                    validate100.errors = [
                      {
                        instancePath: instancePath + "/scoreThresholdPercent",
                        schemaPath: "#/properties/scoreThresholdPercent/type",
                        keyword: "type",
                        params: { type: "integer" },
                        message: "must be integer",
                      },
                    ];
                    return false;
                  }
                  if (errors === _errs9) {
                    if (typeof data4 == "number" && isFinite(data4)) {
                      if (data4 > 100 || isNaN(data4)) {
                        validate100.errors = [
                          {
                            instancePath: instancePath + "/scoreThresholdPercent",
                            schemaPath: "#/properties/scoreThresholdPercent/maximum",
                            keyword: "maximum",
                            params: { comparison: "<=", limit: 100 },
                            message: "must be <= 100",
                          },
                        ];
                        return false;
                      } else {
                        if (data4 < 0 || isNaN(data4)) {
                          validate100.errors = [
                            {
                              instancePath: instancePath + "/scoreThresholdPercent",
                              schemaPath: "#/properties/scoreThresholdPercent/minimum",
                              keyword: "minimum",
                              params: { comparison: ">=", limit: 0 },
                              message: "must be >= 0",
                            },
                          ];
                          return false;
                        }
                      }
                    }
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.adopt !== undefined) {
                    const _errs11 = errors;
                    if (true !== data.adopt) {
                      validate100.errors = [
                        {
                          instancePath: instancePath + "/adopt",
                          schemaPath: "#/properties/adopt/const",
                          keyword: "const",
                          params: { allowedValue: true },
                          message: "must be equal to constant",
                        },
                      ];
                      return false;
                    }
                    var valid0 = _errs11 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate100.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate100.errors = vErrors;
  return errors === 0;
}
validate100.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema37 = {
  title: "an access rule",
  type: "object",
  additionalProperties: false,
  required: [
    "name",
    "path",
    "who",
    "may",
    "defaultDurationSeconds",
    "maxDurationSeconds",
    "windows",
    "approval",
    "mayRevoke",
    "ticketRequired",
  ],
  properties: {
    name: { $ref: "#/$defs/identifier" },
    path: { $ref: "#/$defs/path" },
    who: { type: "array", maxItems: 10000, items: { $ref: "#/$defs/principal" }, minItems: 1 },
    may: { type: "array", maxItems: 100000, items: { $ref: "#/$defs/connectionId" } },
    defaultDurationSeconds: { $ref: "#/$defs/seconds" },
    maxDurationSeconds: { $ref: "#/$defs/seconds" },
    windows: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/window" } },
    approval: { $ref: "#/$defs/approval" },
    mayRevoke: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" } },
    ticketRequired: { type: "boolean" },
  },
};
const schema38 = {
  title: "an e-mail, group:<name> or service:<name>",
  type: "string",
  pattern:
    "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
};
const pattern24 = new RegExp(
  "^(?:(?:group|service):[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?|[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{1,190}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+)$",
  "u",
);

function validate106(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate106.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern24.test(data)) {
        validate106.errors = [
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
      validate106.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate106.errors = vErrors;
  return errors === 0;
}
validate106.evaluated = { dynamicProps: false, dynamicItems: false };

const schema39 = { title: "a whole number from 1 to 7776000", type: "integer", minimum: 1, maximum: 7776000 };

function validate109(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate109.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (!(typeof data == "number" && !(data % 1) && !isNaN(data) && isFinite(data))) {
    validate109.errors = [
      { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "integer" }, message: "must be integer" },
    ];
    return false;
  }
  if (errors === 0) {
    if (typeof data == "number" && isFinite(data)) {
      if (data > 7776000 || isNaN(data)) {
        validate109.errors = [
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
          validate109.errors = [
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
  validate109.errors = vErrors;
  return errors === 0;
}
validate109.evaluated = { dynamicProps: false, dynamicItems: false };

const schema40 = {
  title: "a window",
  type: "object",
  required: ["kind"],
  properties: { kind: { enum: ["weekly", "between"] } },
  if: { properties: { kind: { const: "weekly" } } },
  then: { $ref: "#/$defs/weeklyWindow" },
  else: { $ref: "#/$defs/onceWindow" },
};
const schema41 = {
  title: "a window of every week",
  type: "object",
  additionalProperties: false,
  required: ["kind", "days", "from", "to", "zone"],
  properties: {
    kind: { const: "weekly" },
    days: {
      type: "array",
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
      items: { title: "a whole number from 1 to 7", type: "integer", minimum: 1, maximum: 7 },
    },
    from: { title: "a time of day", type: "string", pattern: "^(?:[01][0-9]|2[0-3]):[0-5][0-9]$" },
    to: { title: "a time of day", type: "string", pattern: "^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" },
    zone: {
      title: "an IANA time zone",
      type: "string",
      pattern: "^[A-Z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,31}){0,2}$",
    },
  },
};
const pattern25 = new RegExp("^(?:[01][0-9]|2[0-3]):[0-5][0-9]$", "u");
const pattern26 = new RegExp("^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", "u");
const pattern27 = new RegExp("^[A-Z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,31}){0,2}$", "u");

function validate113(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate113.evaluated;
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
        (data.kind === undefined && (missing0 = "kind")) ||
        (data.days === undefined && (missing0 = "days")) ||
        (data.from === undefined && (missing0 = "from")) ||
        (data.to === undefined && (missing0 = "to")) ||
        (data.zone === undefined && (missing0 = "zone"))
      ) {
        validate113.errors = [
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
          if (!(key0 === "kind" || key0 === "days" || key0 === "from" || key0 === "to" || key0 === "zone")) {
            validate113.errors = [
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
          if (data.kind !== undefined) {
            const _errs2 = errors;
            if ("weekly" !== data.kind) {
              validate113.errors = [
                {
                  instancePath: instancePath + "/kind",
                  schemaPath: "#/properties/kind/const",
                  keyword: "const",
                  params: { allowedValue: "weekly" },
                  message: "must be equal to constant",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.days !== undefined) {
              let data1 = data.days;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (Array.isArray(data1)) {
                  if (data1.length > 7) {
                    validate113.errors = [
                      {
                        instancePath: instancePath + "/days",
                        schemaPath: "#/properties/days/maxItems",
                        keyword: "maxItems",
                        params: { limit: 7 },
                        message: "must NOT have more than 7 items",
                      },
                    ];
                    return false;
                  } else {
                    if (data1.length < 1) {
                      validate113.errors = [
                        {
                          instancePath: instancePath + "/days",
                          schemaPath: "#/properties/days/minItems",
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
                        let data2 = data1[i0];
                        const _errs5 = errors;
                        if (!(typeof data2 == "number" && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
                          validate113.errors = [
                            {
                              instancePath: instancePath + "/days/" + i0,
                              schemaPath: "#/properties/days/items/type",
                              keyword: "type",
                              params: { type: "integer" },
                              message: "must be integer",
                            },
                          ];
                          return false;
                        }
                        if (errors === _errs5) {
                          if (typeof data2 == "number" && isFinite(data2)) {
                            if (data2 > 7 || isNaN(data2)) {
                              validate113.errors = [
                                {
                                  instancePath: instancePath + "/days/" + i0,
                                  schemaPath: "#/properties/days/items/maximum",
                                  keyword: "maximum",
                                  params: { comparison: "<=", limit: 7 },
                                  message: "must be <= 7",
                                },
                              ];
                              return false;
                            } else {
                              if (data2 < 1 || isNaN(data2)) {
                                validate113.errors = [
                                  {
                                    instancePath: instancePath + "/days/" + i0,
                                    schemaPath: "#/properties/days/items/minimum",
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
                        var valid1 = _errs5 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                      if (valid1) {
                        let i1 = data1.length;
                        let j0;
                        if (i1 > 1) {
                          const indices0 = {};
                          for (; i1--;) {
                            let item0 = data1[i1];
                            if (!(typeof item0 == "number" && !(item0 % 1) && !isNaN(item0) && isFinite(item0))) {
                              continue;
                            }
                            if (typeof indices0[item0] == "number") {
                              j0 = indices0[item0];
                              validate113.errors = [
                                {
                                  instancePath: instancePath + "/days",
                                  schemaPath: "#/properties/days/uniqueItems",
                                  keyword: "uniqueItems",
                                  params: { i: i1, j: j0 },
                                  message:
                                    "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)",
                                },
                              ];
                              return false;
                              break;
                            }
                            indices0[item0] = i1;
                          }
                        }
                      }
                    }
                  }
                } else {
                  validate113.errors = [
                    {
                      instancePath: instancePath + "/days",
                      schemaPath: "#/properties/days/type",
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
              if (data.from !== undefined) {
                let data3 = data.from;
                const _errs7 = errors;
                if (errors === _errs7) {
                  if (typeof data3 === "string") {
                    if (!pattern25.test(data3)) {
                      validate113.errors = [
                        {
                          instancePath: instancePath + "/from",
                          schemaPath: "#/properties/from/pattern",
                          keyword: "pattern",
                          params: { pattern: "^(?:[01][0-9]|2[0-3]):[0-5][0-9]$" },
                          message: 'must match pattern "' + "^(?:[01][0-9]|2[0-3]):[0-5][0-9]$" + '"',
                        },
                      ];
                      return false;
                    }
                  } else {
                    validate113.errors = [
                      {
                        instancePath: instancePath + "/from",
                        schemaPath: "#/properties/from/type",
                        keyword: "type",
                        params: { type: "string" },
                        message: "must be string",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.to !== undefined) {
                  let data4 = data.to;
                  const _errs9 = errors;
                  if (errors === _errs9) {
                    if (typeof data4 === "string") {
                      if (!pattern26.test(data4)) {
                        validate113.errors = [
                          {
                            instancePath: instancePath + "/to",
                            schemaPath: "#/properties/to/pattern",
                            keyword: "pattern",
                            params: { pattern: "^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" },
                            message: 'must match pattern "' + "^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" + '"',
                          },
                        ];
                        return false;
                      }
                    } else {
                      validate113.errors = [
                        {
                          instancePath: instancePath + "/to",
                          schemaPath: "#/properties/to/type",
                          keyword: "type",
                          params: { type: "string" },
                          message: "must be string",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.zone !== undefined) {
                    let data5 = data.zone;
                    const _errs11 = errors;
                    if (errors === _errs11) {
                      if (typeof data5 === "string") {
                        if (!pattern27.test(data5)) {
                          validate113.errors = [
                            {
                              instancePath: instancePath + "/zone",
                              schemaPath: "#/properties/zone/pattern",
                              keyword: "pattern",
                              params: { pattern: "^[A-Z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,31}){0,2}$" },
                              message:
                                'must match pattern "' +
                                "^[A-Z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,31}){0,2}$" +
                                '"',
                            },
                          ];
                          return false;
                        }
                      } else {
                        validate113.errors = [
                          {
                            instancePath: instancePath + "/zone",
                            schemaPath: "#/properties/zone/type",
                            keyword: "type",
                            params: { type: "string" },
                            message: "must be string",
                          },
                        ];
                        return false;
                      }
                    }
                    var valid0 = _errs11 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate113.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate113.errors = vErrors;
  return errors === 0;
}
validate113.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema42 = {
  title: "a window from one moment to another",
  type: "object",
  additionalProperties: false,
  required: ["kind", "from", "to"],
  properties: { kind: { const: "between" }, from: { $ref: "#/$defs/instant" }, to: { $ref: "#/$defs/instant" } },
};
const schema43 = {
  title: "a moment in UTC with milliseconds",
  type: "string",
  pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
};
const pattern28 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$", "u");

function validate116(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate116.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern28.test(data)) {
        validate116.errors = [
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
      validate116.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" },
      ];
      return false;
    }
  }
  validate116.errors = vErrors;
  return errors === 0;
}
validate116.evaluated = { dynamicProps: false, dynamicItems: false };

function validate115(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate115.evaluated;
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
        (data.kind === undefined && (missing0 = "kind")) ||
        (data.from === undefined && (missing0 = "from")) ||
        (data.to === undefined && (missing0 = "to"))
      ) {
        validate115.errors = [
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
          if (!(key0 === "kind" || key0 === "from" || key0 === "to")) {
            validate115.errors = [
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
          if (data.kind !== undefined) {
            const _errs2 = errors;
            if ("between" !== data.kind) {
              validate115.errors = [
                {
                  instancePath: instancePath + "/kind",
                  schemaPath: "#/properties/kind/const",
                  keyword: "const",
                  params: { allowedValue: "between" },
                  message: "must be equal to constant",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.from !== undefined) {
              const _errs3 = errors;
              if (
                !validate116(data.from, {
                  instancePath: instancePath + "/from",
                  parentData: data,
                  parentDataProperty: "from",
                  rootData,
                  dynamicAnchors,
                })
              ) {
                vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.to !== undefined) {
                const _errs4 = errors;
                if (
                  !validate116(data.to, {
                    instancePath: instancePath + "/to",
                    parentData: data,
                    parentDataProperty: "to",
                    rootData,
                    dynamicAnchors,
                  })
                ) {
                  vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate115.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate115.errors = vErrors;
  return errors === 0;
}
validate115.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate112(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate112.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs1 = errors;
  let valid0 = true;
  const _errs2 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind !== undefined) {
      if ("weekly" !== data.kind) {
        const err0 = {};
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
  }
  var _valid0 = _errs2 === errors;
  errors = _errs1;
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid0) {
    const _errs4 = errors;
    if (!validate113(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
      vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
      errors = vErrors.length;
    }
    var _valid0 = _errs4 === errors;
    valid0 = _valid0;
    if (valid0) {
      var props0 = true;
    }
    ifClause0 = "then";
  } else {
    const _errs5 = errors;
    if (!validate115(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
      vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
      errors = vErrors.length;
    }
    var _valid0 = _errs5 === errors;
    valid0 = _valid0;
    if (valid0) {
      if (props0 !== true) {
        props0 = true;
      }
    }
    ifClause0 = "else";
  }
  if (!valid0) {
    const err1 = {
      instancePath,
      schemaPath: "#/if",
      keyword: "if",
      params: { failingKeyword: ifClause0 },
      message: 'must match "' + ifClause0 + '" schema',
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
    validate112.errors = vErrors;
    return false;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === undefined && (missing0 = "kind")) {
        validate112.errors = [
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
        if (props0 !== true) {
          props0 = props0 || {};
          props0.kind = true;
        }
        if (data.kind !== undefined) {
          let data1 = data.kind;
          if (!(data1 === "weekly" || data1 === "between")) {
            validate112.errors = [
              {
                instancePath: instancePath + "/kind",
                schemaPath: "#/properties/kind/enum",
                keyword: "enum",
                params: { allowedValues: schema40.properties.kind.enum },
                message: "must be equal to one of the allowed values",
              },
            ];
            return false;
          }
        }
      }
    } else {
      validate112.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate112.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate112.evaluated = { dynamicProps: true, dynamicItems: false };

const schema44 = {
  title: "an approval rule",
  type: "object",
  additionalProperties: false,
  required: ["steps"],
  properties: {
    automatic: { $ref: "#/$defs/automatic" },
    steps: { type: "array", maxItems: 10, items: { $ref: "#/$defs/step" } },
  },
};
const schema45 = {
  title: "an automatic approval",
  type: "object",
  additionalProperties: false,
  required: ["when", "never"],
  properties: {
    when: { $ref: "#/$defs/condition" },
    budget: { $ref: "#/$defs/budget" },
    never: { type: "array", maxItems: 4, items: { $ref: "#/$defs/class" } },
  },
};
const schema46 = {
  title: "a condition",
  type: "object",
  required: ["kind"],
  properties: {
    kind: { enum: ["memberOf", "within", "class", "level", "longerThan", "label", "budget", "all", "any", "not"] },
  },
  allOf: [
    {
      if: { properties: { kind: { const: "memberOf" } } },
      then: {
        title: "a condition: memberOf",
        type: "object",
        additionalProperties: false,
        required: ["kind", "groups"],
        properties: {
          kind: { const: "memberOf" },
          groups: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" }, minItems: 1 },
        },
      },
    },
    {
      if: { properties: { kind: { const: "within" } } },
      then: {
        title: "a condition: within",
        type: "object",
        additionalProperties: false,
        required: ["kind", "windows"],
        properties: {
          kind: { const: "within" },
          windows: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/window" }, minItems: 1 },
        },
      },
    },
    {
      if: { properties: { kind: { const: "class" } } },
      then: {
        title: "a condition: class",
        type: "object",
        additionalProperties: false,
        required: ["kind", "classes"],
        properties: {
          kind: { const: "class" },
          classes: { type: "array", maxItems: 4, items: { $ref: "#/$defs/class" }, minItems: 1 },
        },
      },
    },
    {
      if: { properties: { kind: { const: "level" } } },
      then: {
        title: "a condition: level",
        type: "object",
        additionalProperties: false,
        required: ["kind", "levels"],
        properties: {
          kind: { const: "level" },
          levels: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" }, minItems: 1 },
        },
      },
    },
    {
      if: { properties: { kind: { const: "longerThan" } } },
      then: {
        title: "a condition: longerThan",
        type: "object",
        additionalProperties: false,
        required: ["kind", "seconds"],
        properties: {
          kind: { const: "longerThan" },
          seconds: { title: "a whole number from 1 to 3155760000", type: "integer", minimum: 1, maximum: 3155760000 },
        },
      },
    },
    {
      if: { properties: { kind: { const: "label" } } },
      then: {
        title: "a condition: label",
        type: "object",
        additionalProperties: false,
        required: ["kind", "key", "values"],
        properties: {
          kind: { const: "label" },
          key: { $ref: "#/$defs/label" },
          values: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/label" }, minItems: 1 },
        },
      },
    },
    {
      if: { properties: { kind: { const: "budget" } } },
      then: {
        title: "a condition: budget",
        type: "object",
        additionalProperties: false,
        required: ["kind", "budget"],
        properties: { kind: { const: "budget" }, budget: { $ref: "#/$defs/budget" } },
      },
    },
    {
      if: { properties: { kind: { const: "all" } } },
      then: {
        title: "a condition: all",
        type: "object",
        additionalProperties: false,
        required: ["kind", "of"],
        properties: {
          kind: { const: "all" },
          of: { type: "array", maxItems: 100, items: { $ref: "#/$defs/condition" }, minItems: 1 },
        },
      },
    },
    {
      if: { properties: { kind: { const: "any" } } },
      then: {
        title: "a condition: any",
        type: "object",
        additionalProperties: false,
        required: ["kind", "of"],
        properties: {
          kind: { const: "any" },
          of: { type: "array", maxItems: 100, items: { $ref: "#/$defs/condition" }, minItems: 1 },
        },
      },
    },
    {
      if: { properties: { kind: { const: "not" } } },
      then: {
        title: "a condition: not",
        type: "object",
        additionalProperties: false,
        required: ["kind", "of"],
        properties: { kind: { const: "not" }, of: { $ref: "#/$defs/condition" } },
      },
    },
  ],
};
const schema47 = {
  title: "a budget",
  type: "object",
  additionalProperties: false,
  required: ["grants", "perSeconds"],
  properties: {
    grants: { title: "a whole number from 1 to 1000000", type: "integer", minimum: 1, maximum: 1000000 },
    perSeconds: { title: "a whole number from 1 to 3155760000", type: "integer", minimum: 1, maximum: 3155760000 },
  },
};

function validate130(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate130.evaluated;
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
        (data.grants === undefined && (missing0 = "grants")) ||
        (data.perSeconds === undefined && (missing0 = "perSeconds"))
      ) {
        validate130.errors = [
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
          if (!(key0 === "grants" || key0 === "perSeconds")) {
            validate130.errors = [
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
          if (data.grants !== undefined) {
            let data0 = data.grants;
            const _errs2 = errors;
            if (!(typeof data0 == "number" && !(data0 % 1) && !isNaN(data0) && isFinite(data0))) {
              validate130.errors = [
                {
                  instancePath: instancePath + "/grants",
                  schemaPath: "#/properties/grants/type",
                  keyword: "type",
                  params: { type: "integer" },
                  message: "must be integer",
                },
              ];
              return false;
            }
            if (errors === _errs2) {
              if (typeof data0 == "number" && isFinite(data0)) {
                if (data0 > 1000000 || isNaN(data0)) {
                  validate130.errors = [
                    {
                      instancePath: instancePath + "/grants",
                      schemaPath: "#/properties/grants/maximum",
                      keyword: "maximum",
                      params: { comparison: "<=", limit: 1000000 },
                      message: "must be <= 1000000",
                    },
                  ];
                  return false;
                } else {
                  if (data0 < 1 || isNaN(data0)) {
                    validate130.errors = [
                      {
                        instancePath: instancePath + "/grants",
                        schemaPath: "#/properties/grants/minimum",
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
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.perSeconds !== undefined) {
              let data1 = data.perSeconds;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
                validate130.errors = [
                  {
                    instancePath: instancePath + "/perSeconds",
                    schemaPath: "#/properties/perSeconds/type",
                    keyword: "type",
                    params: { type: "integer" },
                    message: "must be integer",
                  },
                ];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 > 3155760000 || isNaN(data1)) {
                    validate130.errors = [
                      {
                        instancePath: instancePath + "/perSeconds",
                        schemaPath: "#/properties/perSeconds/maximum",
                        keyword: "maximum",
                        params: { comparison: "<=", limit: 3155760000 },
                        message: "must be <= 3155760000",
                      },
                    ];
                    return false;
                  } else {
                    if (data1 < 1 || isNaN(data1)) {
                      validate130.errors = [
                        {
                          instancePath: instancePath + "/perSeconds",
                          schemaPath: "#/properties/perSeconds/minimum",
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
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate130.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate130.errors = vErrors;
  return errors === 0;
}
validate130.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const wrapper0 = { validate: validate123 };

function validate123(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate123.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs1 = errors;
  const _errs2 = errors;
  let valid1 = true;
  const _errs3 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind !== undefined) {
      if ("memberOf" !== data.kind) {
        const err0 = {};
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
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
    const _errs5 = errors;
    if (errors === _errs5) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if ((data.kind === undefined && (missing0 = "kind")) || (data.groups === undefined && (missing0 = "groups"))) {
          validate123.errors = [
            {
              instancePath,
              schemaPath: "#/allOf/0/then/required",
              keyword: "required",
              params: { missingProperty: missing0 },
              message: "must have required property '" + missing0 + "'",
            },
          ];
          return false;
        } else {
          const _errs7 = errors;
          for (const key0 in data) {
            if (!(key0 === "kind" || key0 === "groups")) {
              validate123.errors = [
                {
                  instancePath,
                  schemaPath: "#/allOf/0/then/additionalProperties",
                  keyword: "additionalProperties",
                  params: { additionalProperty: key0 },
                  message: "must NOT have additional properties",
                },
              ];
              return false;
              break;
            }
          }
          if (_errs7 === errors) {
            if (data.kind !== undefined) {
              const _errs8 = errors;
              if ("memberOf" !== data.kind) {
                validate123.errors = [
                  {
                    instancePath: instancePath + "/kind",
                    schemaPath: "#/allOf/0/then/properties/kind/const",
                    keyword: "const",
                    params: { allowedValue: "memberOf" },
                    message: "must be equal to constant",
                  },
                ];
                return false;
              }
              var valid3 = _errs8 === errors;
            } else {
              var valid3 = true;
            }
            if (valid3) {
              if (data.groups !== undefined) {
                let data2 = data.groups;
                const _errs9 = errors;
                if (errors === _errs9) {
                  if (Array.isArray(data2)) {
                    if (data2.length > 1000) {
                      validate123.errors = [
                        {
                          instancePath: instancePath + "/groups",
                          schemaPath: "#/allOf/0/then/properties/groups/maxItems",
                          keyword: "maxItems",
                          params: { limit: 1000 },
                          message: "must NOT have more than 1000 items",
                        },
                      ];
                      return false;
                    } else {
                      if (data2.length < 1) {
                        validate123.errors = [
                          {
                            instancePath: instancePath + "/groups",
                            schemaPath: "#/allOf/0/then/properties/groups/minItems",
                            keyword: "minItems",
                            params: { limit: 1 },
                            message: "must NOT have fewer than 1 items",
                          },
                        ];
                        return false;
                      } else {
                        var valid4 = true;
                        const len0 = data2.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          const _errs11 = errors;
                          if (
                            !validate59(data2[i0], {
                              instancePath: instancePath + "/groups/" + i0,
                              parentData: data2,
                              parentDataProperty: i0,
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                            errors = vErrors.length;
                          }
                          var valid4 = _errs11 === errors;
                          if (!valid4) {
                            break;
                          }
                        }
                      }
                    }
                  } else {
                    validate123.errors = [
                      {
                        instancePath: instancePath + "/groups",
                        schemaPath: "#/allOf/0/then/properties/groups/type",
                        keyword: "type",
                        params: { type: "array" },
                        message: "must be array",
                      },
                    ];
                    return false;
                  }
                }
                var valid3 = _errs9 === errors;
              } else {
                var valid3 = true;
              }
            }
          }
        }
      } else {
        validate123.errors = [
          {
            instancePath,
            schemaPath: "#/allOf/0/then/type",
            keyword: "type",
            params: { type: "object" },
            message: "must be object",
          },
        ];
        return false;
      }
    }
    var _valid0 = _errs5 === errors;
    valid1 = _valid0;
    if (valid1) {
      var props0 = true;
    }
  }
  if (!valid1) {
    const err1 = {
      instancePath,
      schemaPath: "#/allOf/0/if",
      keyword: "if",
      params: { failingKeyword: "then" },
      message: 'must match "then" schema',
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
    validate123.errors = vErrors;
    return false;
  }
  var valid0 = _errs1 === errors;
  if (valid0) {
    const _errs12 = errors;
    const _errs13 = errors;
    let valid5 = true;
    const _errs14 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.kind !== undefined) {
        if ("within" !== data.kind) {
          const err2 = {};
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      }
    }
    var _valid1 = _errs14 === errors;
    errors = _errs13;
    if (vErrors !== null) {
      if (_errs13) {
        vErrors.length = _errs13;
      } else {
        vErrors = null;
      }
    }
    if (_valid1) {
      const _errs16 = errors;
      if (errors === _errs16) {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          let missing1;
          if (
            (data.kind === undefined && (missing1 = "kind")) ||
            (data.windows === undefined && (missing1 = "windows"))
          ) {
            validate123.errors = [
              {
                instancePath,
                schemaPath: "#/allOf/1/then/required",
                keyword: "required",
                params: { missingProperty: missing1 },
                message: "must have required property '" + missing1 + "'",
              },
            ];
            return false;
          } else {
            const _errs18 = errors;
            for (const key1 in data) {
              if (!(key1 === "kind" || key1 === "windows")) {
                validate123.errors = [
                  {
                    instancePath,
                    schemaPath: "#/allOf/1/then/additionalProperties",
                    keyword: "additionalProperties",
                    params: { additionalProperty: key1 },
                    message: "must NOT have additional properties",
                  },
                ];
                return false;
                break;
              }
            }
            if (_errs18 === errors) {
              if (data.kind !== undefined) {
                const _errs19 = errors;
                if ("within" !== data.kind) {
                  validate123.errors = [
                    {
                      instancePath: instancePath + "/kind",
                      schemaPath: "#/allOf/1/then/properties/kind/const",
                      keyword: "const",
                      params: { allowedValue: "within" },
                      message: "must be equal to constant",
                    },
                  ];
                  return false;
                }
                var valid7 = _errs19 === errors;
              } else {
                var valid7 = true;
              }
              if (valid7) {
                if (data.windows !== undefined) {
                  let data6 = data.windows;
                  const _errs20 = errors;
                  if (errors === _errs20) {
                    if (Array.isArray(data6)) {
                      if (data6.length > 1000) {
                        validate123.errors = [
                          {
                            instancePath: instancePath + "/windows",
                            schemaPath: "#/allOf/1/then/properties/windows/maxItems",
                            keyword: "maxItems",
                            params: { limit: 1000 },
                            message: "must NOT have more than 1000 items",
                          },
                        ];
                        return false;
                      } else {
                        if (data6.length < 1) {
                          validate123.errors = [
                            {
                              instancePath: instancePath + "/windows",
                              schemaPath: "#/allOf/1/then/properties/windows/minItems",
                              keyword: "minItems",
                              params: { limit: 1 },
                              message: "must NOT have fewer than 1 items",
                            },
                          ];
                          return false;
                        } else {
                          var valid8 = true;
                          const len1 = data6.length;
                          for (let i1 = 0; i1 < len1; i1++) {
                            const _errs22 = errors;
                            if (
                              !validate112(data6[i1], {
                                instancePath: instancePath + "/windows/" + i1,
                                parentData: data6,
                                parentDataProperty: i1,
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
                              errors = vErrors.length;
                            }
                            var valid8 = _errs22 === errors;
                            if (!valid8) {
                              break;
                            }
                          }
                        }
                      }
                    } else {
                      validate123.errors = [
                        {
                          instancePath: instancePath + "/windows",
                          schemaPath: "#/allOf/1/then/properties/windows/type",
                          keyword: "type",
                          params: { type: "array" },
                          message: "must be array",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid7 = _errs20 === errors;
                } else {
                  var valid7 = true;
                }
              }
            }
          }
        } else {
          validate123.errors = [
            {
              instancePath,
              schemaPath: "#/allOf/1/then/type",
              keyword: "type",
              params: { type: "object" },
              message: "must be object",
            },
          ];
          return false;
        }
      }
      var _valid1 = _errs16 === errors;
      valid5 = _valid1;
      if (valid5) {
        var props2 = true;
      }
    }
    if (!valid5) {
      const err3 = {
        instancePath,
        schemaPath: "#/allOf/1/if",
        keyword: "if",
        params: { failingKeyword: "then" },
        message: 'must match "then" schema',
      };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
      validate123.errors = vErrors;
      return false;
    }
    var valid0 = _errs12 === errors;
    if (valid0) {
      if (props0 !== true && props2 !== undefined) {
        if (props2 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props2);
        }
      }
      const _errs23 = errors;
      const _errs24 = errors;
      let valid9 = true;
      const _errs25 = errors;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.kind !== undefined) {
          if ("class" !== data.kind) {
            const err4 = {};
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        }
      }
      var _valid2 = _errs25 === errors;
      errors = _errs24;
      if (vErrors !== null) {
        if (_errs24) {
          vErrors.length = _errs24;
        } else {
          vErrors = null;
        }
      }
      if (_valid2) {
        const _errs27 = errors;
        if (errors === _errs27) {
          if (data && typeof data == "object" && !Array.isArray(data)) {
            let missing2;
            if (
              (data.kind === undefined && (missing2 = "kind")) ||
              (data.classes === undefined && (missing2 = "classes"))
            ) {
              validate123.errors = [
                {
                  instancePath,
                  schemaPath: "#/allOf/2/then/required",
                  keyword: "required",
                  params: { missingProperty: missing2 },
                  message: "must have required property '" + missing2 + "'",
                },
              ];
              return false;
            } else {
              const _errs29 = errors;
              for (const key2 in data) {
                if (!(key2 === "kind" || key2 === "classes")) {
                  validate123.errors = [
                    {
                      instancePath,
                      schemaPath: "#/allOf/2/then/additionalProperties",
                      keyword: "additionalProperties",
                      params: { additionalProperty: key2 },
                      message: "must NOT have additional properties",
                    },
                  ];
                  return false;
                  break;
                }
              }
              if (_errs29 === errors) {
                if (data.kind !== undefined) {
                  const _errs30 = errors;
                  if ("class" !== data.kind) {
                    validate123.errors = [
                      {
                        instancePath: instancePath + "/kind",
                        schemaPath: "#/allOf/2/then/properties/kind/const",
                        keyword: "const",
                        params: { allowedValue: "class" },
                        message: "must be equal to constant",
                      },
                    ];
                    return false;
                  }
                  var valid11 = _errs30 === errors;
                } else {
                  var valid11 = true;
                }
                if (valid11) {
                  if (data.classes !== undefined) {
                    let data10 = data.classes;
                    const _errs31 = errors;
                    if (errors === _errs31) {
                      if (Array.isArray(data10)) {
                        if (data10.length > 4) {
                          validate123.errors = [
                            {
                              instancePath: instancePath + "/classes",
                              schemaPath: "#/allOf/2/then/properties/classes/maxItems",
                              keyword: "maxItems",
                              params: { limit: 4 },
                              message: "must NOT have more than 4 items",
                            },
                          ];
                          return false;
                        } else {
                          if (data10.length < 1) {
                            validate123.errors = [
                              {
                                instancePath: instancePath + "/classes",
                                schemaPath: "#/allOf/2/then/properties/classes/minItems",
                                keyword: "minItems",
                                params: { limit: 1 },
                                message: "must NOT have fewer than 1 items",
                              },
                            ];
                            return false;
                          } else {
                            var valid12 = true;
                            const len2 = data10.length;
                            for (let i2 = 0; i2 < len2; i2++) {
                              const _errs33 = errors;
                              if (
                                !validate73(data10[i2], {
                                  instancePath: instancePath + "/classes/" + i2,
                                  parentData: data10,
                                  parentDataProperty: i2,
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
                                errors = vErrors.length;
                              }
                              var valid12 = _errs33 === errors;
                              if (!valid12) {
                                break;
                              }
                            }
                          }
                        }
                      } else {
                        validate123.errors = [
                          {
                            instancePath: instancePath + "/classes",
                            schemaPath: "#/allOf/2/then/properties/classes/type",
                            keyword: "type",
                            params: { type: "array" },
                            message: "must be array",
                          },
                        ];
                        return false;
                      }
                    }
                    var valid11 = _errs31 === errors;
                  } else {
                    var valid11 = true;
                  }
                }
              }
            }
          } else {
            validate123.errors = [
              {
                instancePath,
                schemaPath: "#/allOf/2/then/type",
                keyword: "type",
                params: { type: "object" },
                message: "must be object",
              },
            ];
            return false;
          }
        }
        var _valid2 = _errs27 === errors;
        valid9 = _valid2;
        if (valid9) {
          var props3 = true;
        }
      }
      if (!valid9) {
        const err5 = {
          instancePath,
          schemaPath: "#/allOf/2/if",
          keyword: "if",
          params: { failingKeyword: "then" },
          message: 'must match "then" schema',
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
        validate123.errors = vErrors;
        return false;
      }
      var valid0 = _errs23 === errors;
      if (valid0) {
        if (props0 !== true && props3 !== undefined) {
          if (props3 === true) {
            props0 = true;
          } else {
            props0 = props0 || {};
            Object.assign(props0, props3);
          }
        }
        const _errs34 = errors;
        const _errs35 = errors;
        let valid13 = true;
        const _errs36 = errors;
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.kind !== undefined) {
            if ("level" !== data.kind) {
              const err6 = {};
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          }
        }
        var _valid3 = _errs36 === errors;
        errors = _errs35;
        if (vErrors !== null) {
          if (_errs35) {
            vErrors.length = _errs35;
          } else {
            vErrors = null;
          }
        }
        if (_valid3) {
          const _errs38 = errors;
          if (errors === _errs38) {
            if (data && typeof data == "object" && !Array.isArray(data)) {
              let missing3;
              if (
                (data.kind === undefined && (missing3 = "kind")) ||
                (data.levels === undefined && (missing3 = "levels"))
              ) {
                validate123.errors = [
                  {
                    instancePath,
                    schemaPath: "#/allOf/3/then/required",
                    keyword: "required",
                    params: { missingProperty: missing3 },
                    message: "must have required property '" + missing3 + "'",
                  },
                ];
                return false;
              } else {
                const _errs40 = errors;
                for (const key3 in data) {
                  if (!(key3 === "kind" || key3 === "levels")) {
                    validate123.errors = [
                      {
                        instancePath,
                        schemaPath: "#/allOf/3/then/additionalProperties",
                        keyword: "additionalProperties",
                        params: { additionalProperty: key3 },
                        message: "must NOT have additional properties",
                      },
                    ];
                    return false;
                    break;
                  }
                }
                if (_errs40 === errors) {
                  if (data.kind !== undefined) {
                    const _errs41 = errors;
                    if ("level" !== data.kind) {
                      validate123.errors = [
                        {
                          instancePath: instancePath + "/kind",
                          schemaPath: "#/allOf/3/then/properties/kind/const",
                          keyword: "const",
                          params: { allowedValue: "level" },
                          message: "must be equal to constant",
                        },
                      ];
                      return false;
                    }
                    var valid15 = _errs41 === errors;
                  } else {
                    var valid15 = true;
                  }
                  if (valid15) {
                    if (data.levels !== undefined) {
                      let data14 = data.levels;
                      const _errs42 = errors;
                      if (errors === _errs42) {
                        if (Array.isArray(data14)) {
                          if (data14.length > 1000) {
                            validate123.errors = [
                              {
                                instancePath: instancePath + "/levels",
                                schemaPath: "#/allOf/3/then/properties/levels/maxItems",
                                keyword: "maxItems",
                                params: { limit: 1000 },
                                message: "must NOT have more than 1000 items",
                              },
                            ];
                            return false;
                          } else {
                            if (data14.length < 1) {
                              validate123.errors = [
                                {
                                  instancePath: instancePath + "/levels",
                                  schemaPath: "#/allOf/3/then/properties/levels/minItems",
                                  keyword: "minItems",
                                  params: { limit: 1 },
                                  message: "must NOT have fewer than 1 items",
                                },
                              ];
                              return false;
                            } else {
                              var valid16 = true;
                              const len3 = data14.length;
                              for (let i3 = 0; i3 < len3; i3++) {
                                const _errs44 = errors;
                                if (
                                  !validate59(data14[i3], {
                                    instancePath: instancePath + "/levels/" + i3,
                                    parentData: data14,
                                    parentDataProperty: i3,
                                    rootData,
                                    dynamicAnchors,
                                  })
                                ) {
                                  vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                                  errors = vErrors.length;
                                }
                                var valid16 = _errs44 === errors;
                                if (!valid16) {
                                  break;
                                }
                              }
                            }
                          }
                        } else {
                          validate123.errors = [
                            {
                              instancePath: instancePath + "/levels",
                              schemaPath: "#/allOf/3/then/properties/levels/type",
                              keyword: "type",
                              params: { type: "array" },
                              message: "must be array",
                            },
                          ];
                          return false;
                        }
                      }
                      var valid15 = _errs42 === errors;
                    } else {
                      var valid15 = true;
                    }
                  }
                }
              }
            } else {
              validate123.errors = [
                {
                  instancePath,
                  schemaPath: "#/allOf/3/then/type",
                  keyword: "type",
                  params: { type: "object" },
                  message: "must be object",
                },
              ];
              return false;
            }
          }
          var _valid3 = _errs38 === errors;
          valid13 = _valid3;
          if (valid13) {
            var props4 = true;
          }
        }
        if (!valid13) {
          const err7 = {
            instancePath,
            schemaPath: "#/allOf/3/if",
            keyword: "if",
            params: { failingKeyword: "then" },
            message: 'must match "then" schema',
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
          validate123.errors = vErrors;
          return false;
        }
        var valid0 = _errs34 === errors;
        if (valid0) {
          if (props0 !== true && props4 !== undefined) {
            if (props4 === true) {
              props0 = true;
            } else {
              props0 = props0 || {};
              Object.assign(props0, props4);
            }
          }
          const _errs45 = errors;
          const _errs46 = errors;
          let valid17 = true;
          const _errs47 = errors;
          if (data && typeof data == "object" && !Array.isArray(data)) {
            if (data.kind !== undefined) {
              if ("longerThan" !== data.kind) {
                const err8 = {};
                if (vErrors === null) {
                  vErrors = [err8];
                } else {
                  vErrors.push(err8);
                }
                errors++;
              }
            }
          }
          var _valid4 = _errs47 === errors;
          errors = _errs46;
          if (vErrors !== null) {
            if (_errs46) {
              vErrors.length = _errs46;
            } else {
              vErrors = null;
            }
          }
          if (_valid4) {
            const _errs49 = errors;
            if (errors === _errs49) {
              if (data && typeof data == "object" && !Array.isArray(data)) {
                let missing4;
                if (
                  (data.kind === undefined && (missing4 = "kind")) ||
                  (data.seconds === undefined && (missing4 = "seconds"))
                ) {
                  validate123.errors = [
                    {
                      instancePath,
                      schemaPath: "#/allOf/4/then/required",
                      keyword: "required",
                      params: { missingProperty: missing4 },
                      message: "must have required property '" + missing4 + "'",
                    },
                  ];
                  return false;
                } else {
                  const _errs51 = errors;
                  for (const key4 in data) {
                    if (!(key4 === "kind" || key4 === "seconds")) {
                      validate123.errors = [
                        {
                          instancePath,
                          schemaPath: "#/allOf/4/then/additionalProperties",
                          keyword: "additionalProperties",
                          params: { additionalProperty: key4 },
                          message: "must NOT have additional properties",
                        },
                      ];
                      return false;
                      break;
                    }
                  }
                  if (_errs51 === errors) {
                    if (data.kind !== undefined) {
                      const _errs52 = errors;
                      if ("longerThan" !== data.kind) {
                        validate123.errors = [
                          {
                            instancePath: instancePath + "/kind",
                            schemaPath: "#/allOf/4/then/properties/kind/const",
                            keyword: "const",
                            params: { allowedValue: "longerThan" },
                            message: "must be equal to constant",
                          },
                        ];
                        return false;
                      }
                      var valid19 = _errs52 === errors;
                    } else {
                      var valid19 = true;
                    }
                    if (valid19) {
                      if (data.seconds !== undefined) {
                        let data18 = data.seconds;
                        const _errs53 = errors;
                        if (!(typeof data18 == "number" && !(data18 % 1) && !isNaN(data18) && isFinite(data18))) {
                          validate123.errors = [
                            {
                              instancePath: instancePath + "/seconds",
                              schemaPath: "#/allOf/4/then/properties/seconds/type",
                              keyword: "type",
                              params: { type: "integer" },
                              message: "must be integer",
                            },
                          ];
                          return false;
                        }
                        if (errors === _errs53) {
                          if (typeof data18 == "number" && isFinite(data18)) {
                            if (data18 > 3155760000 || isNaN(data18)) {
                              validate123.errors = [
                                {
                                  instancePath: instancePath + "/seconds",
                                  schemaPath: "#/allOf/4/then/properties/seconds/maximum",
                                  keyword: "maximum",
                                  params: { comparison: "<=", limit: 3155760000 },
                                  message: "must be <= 3155760000",
                                },
                              ];
                              return false;
                            } else {
                              if (data18 < 1 || isNaN(data18)) {
                                validate123.errors = [
                                  {
                                    instancePath: instancePath + "/seconds",
                                    schemaPath: "#/allOf/4/then/properties/seconds/minimum",
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
                        var valid19 = _errs53 === errors;
                      } else {
                        var valid19 = true;
                      }
                    }
                  }
                }
              } else {
                validate123.errors = [
                  {
                    instancePath,
                    schemaPath: "#/allOf/4/then/type",
                    keyword: "type",
                    params: { type: "object" },
                    message: "must be object",
                  },
                ];
                return false;
              }
            }
            var _valid4 = _errs49 === errors;
            valid17 = _valid4;
            if (valid17) {
              var props5 = true;
            }
          }
          if (!valid17) {
            const err9 = {
              instancePath,
              schemaPath: "#/allOf/4/if",
              keyword: "if",
              params: { failingKeyword: "then" },
              message: 'must match "then" schema',
            };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
            validate123.errors = vErrors;
            return false;
          }
          var valid0 = _errs45 === errors;
          if (valid0) {
            if (props0 !== true && props5 !== undefined) {
              if (props5 === true) {
                props0 = true;
              } else {
                props0 = props0 || {};
                Object.assign(props0, props5);
              }
            }
            const _errs55 = errors;
            const _errs56 = errors;
            let valid20 = true;
            const _errs57 = errors;
            if (data && typeof data == "object" && !Array.isArray(data)) {
              if (data.kind !== undefined) {
                if ("label" !== data.kind) {
                  const err10 = {};
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
              }
            }
            var _valid5 = _errs57 === errors;
            errors = _errs56;
            if (vErrors !== null) {
              if (_errs56) {
                vErrors.length = _errs56;
              } else {
                vErrors = null;
              }
            }
            if (_valid5) {
              const _errs59 = errors;
              if (errors === _errs59) {
                if (data && typeof data == "object" && !Array.isArray(data)) {
                  let missing5;
                  if (
                    (data.kind === undefined && (missing5 = "kind")) ||
                    (data.key === undefined && (missing5 = "key")) ||
                    (data.values === undefined && (missing5 = "values"))
                  ) {
                    validate123.errors = [
                      {
                        instancePath,
                        schemaPath: "#/allOf/5/then/required",
                        keyword: "required",
                        params: { missingProperty: missing5 },
                        message: "must have required property '" + missing5 + "'",
                      },
                    ];
                    return false;
                  } else {
                    const _errs61 = errors;
                    for (const key5 in data) {
                      if (!(key5 === "kind" || key5 === "key" || key5 === "values")) {
                        validate123.errors = [
                          {
                            instancePath,
                            schemaPath: "#/allOf/5/then/additionalProperties",
                            keyword: "additionalProperties",
                            params: { additionalProperty: key5 },
                            message: "must NOT have additional properties",
                          },
                        ];
                        return false;
                        break;
                      }
                    }
                    if (_errs61 === errors) {
                      if (data.kind !== undefined) {
                        const _errs62 = errors;
                        if ("label" !== data.kind) {
                          validate123.errors = [
                            {
                              instancePath: instancePath + "/kind",
                              schemaPath: "#/allOf/5/then/properties/kind/const",
                              keyword: "const",
                              params: { allowedValue: "label" },
                              message: "must be equal to constant",
                            },
                          ];
                          return false;
                        }
                        var valid22 = _errs62 === errors;
                      } else {
                        var valid22 = true;
                      }
                      if (valid22) {
                        if (data.key !== undefined) {
                          const _errs63 = errors;
                          if (
                            !validate75(data.key, {
                              instancePath: instancePath + "/key",
                              parentData: data,
                              parentDataProperty: "key",
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
                            errors = vErrors.length;
                          }
                          var valid22 = _errs63 === errors;
                        } else {
                          var valid22 = true;
                        }
                        if (valid22) {
                          if (data.values !== undefined) {
                            let data22 = data.values;
                            const _errs64 = errors;
                            if (errors === _errs64) {
                              if (Array.isArray(data22)) {
                                if (data22.length > 1000) {
                                  validate123.errors = [
                                    {
                                      instancePath: instancePath + "/values",
                                      schemaPath: "#/allOf/5/then/properties/values/maxItems",
                                      keyword: "maxItems",
                                      params: { limit: 1000 },
                                      message: "must NOT have more than 1000 items",
                                    },
                                  ];
                                  return false;
                                } else {
                                  if (data22.length < 1) {
                                    validate123.errors = [
                                      {
                                        instancePath: instancePath + "/values",
                                        schemaPath: "#/allOf/5/then/properties/values/minItems",
                                        keyword: "minItems",
                                        params: { limit: 1 },
                                        message: "must NOT have fewer than 1 items",
                                      },
                                    ];
                                    return false;
                                  } else {
                                    var valid23 = true;
                                    const len4 = data22.length;
                                    for (let i4 = 0; i4 < len4; i4++) {
                                      const _errs66 = errors;
                                      if (
                                        !validate75(data22[i4], {
                                          instancePath: instancePath + "/values/" + i4,
                                          parentData: data22,
                                          parentDataProperty: i4,
                                          rootData,
                                          dynamicAnchors,
                                        })
                                      ) {
                                        vErrors =
                                          vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
                                        errors = vErrors.length;
                                      }
                                      var valid23 = _errs66 === errors;
                                      if (!valid23) {
                                        break;
                                      }
                                    }
                                  }
                                }
                              } else {
                                validate123.errors = [
                                  {
                                    instancePath: instancePath + "/values",
                                    schemaPath: "#/allOf/5/then/properties/values/type",
                                    keyword: "type",
                                    params: { type: "array" },
                                    message: "must be array",
                                  },
                                ];
                                return false;
                              }
                            }
                            var valid22 = _errs64 === errors;
                          } else {
                            var valid22 = true;
                          }
                        }
                      }
                    }
                  }
                } else {
                  validate123.errors = [
                    {
                      instancePath,
                      schemaPath: "#/allOf/5/then/type",
                      keyword: "type",
                      params: { type: "object" },
                      message: "must be object",
                    },
                  ];
                  return false;
                }
              }
              var _valid5 = _errs59 === errors;
              valid20 = _valid5;
              if (valid20) {
                var props6 = true;
              }
            }
            if (!valid20) {
              const err11 = {
                instancePath,
                schemaPath: "#/allOf/5/if",
                keyword: "if",
                params: { failingKeyword: "then" },
                message: 'must match "then" schema',
              };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
              validate123.errors = vErrors;
              return false;
            }
            var valid0 = _errs55 === errors;
            if (valid0) {
              if (props0 !== true && props6 !== undefined) {
                if (props6 === true) {
                  props0 = true;
                } else {
                  props0 = props0 || {};
                  Object.assign(props0, props6);
                }
              }
              const _errs67 = errors;
              const _errs68 = errors;
              let valid24 = true;
              const _errs69 = errors;
              if (data && typeof data == "object" && !Array.isArray(data)) {
                if (data.kind !== undefined) {
                  if ("budget" !== data.kind) {
                    const err12 = {};
                    if (vErrors === null) {
                      vErrors = [err12];
                    } else {
                      vErrors.push(err12);
                    }
                    errors++;
                  }
                }
              }
              var _valid6 = _errs69 === errors;
              errors = _errs68;
              if (vErrors !== null) {
                if (_errs68) {
                  vErrors.length = _errs68;
                } else {
                  vErrors = null;
                }
              }
              if (_valid6) {
                const _errs71 = errors;
                if (errors === _errs71) {
                  if (data && typeof data == "object" && !Array.isArray(data)) {
                    let missing6;
                    if (
                      (data.kind === undefined && (missing6 = "kind")) ||
                      (data.budget === undefined && (missing6 = "budget"))
                    ) {
                      validate123.errors = [
                        {
                          instancePath,
                          schemaPath: "#/allOf/6/then/required",
                          keyword: "required",
                          params: { missingProperty: missing6 },
                          message: "must have required property '" + missing6 + "'",
                        },
                      ];
                      return false;
                    } else {
                      const _errs73 = errors;
                      for (const key6 in data) {
                        if (!(key6 === "kind" || key6 === "budget")) {
                          validate123.errors = [
                            {
                              instancePath,
                              schemaPath: "#/allOf/6/then/additionalProperties",
                              keyword: "additionalProperties",
                              params: { additionalProperty: key6 },
                              message: "must NOT have additional properties",
                            },
                          ];
                          return false;
                          break;
                        }
                      }
                      if (_errs73 === errors) {
                        if (data.kind !== undefined) {
                          const _errs74 = errors;
                          if ("budget" !== data.kind) {
                            validate123.errors = [
                              {
                                instancePath: instancePath + "/kind",
                                schemaPath: "#/allOf/6/then/properties/kind/const",
                                keyword: "const",
                                params: { allowedValue: "budget" },
                                message: "must be equal to constant",
                              },
                            ];
                            return false;
                          }
                          var valid26 = _errs74 === errors;
                        } else {
                          var valid26 = true;
                        }
                        if (valid26) {
                          if (data.budget !== undefined) {
                            const _errs75 = errors;
                            if (
                              !validate130(data.budget, {
                                instancePath: instancePath + "/budget",
                                parentData: data,
                                parentDataProperty: "budget",
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors = vErrors === null ? validate130.errors : vErrors.concat(validate130.errors);
                              errors = vErrors.length;
                            }
                            var valid26 = _errs75 === errors;
                          } else {
                            var valid26 = true;
                          }
                        }
                      }
                    }
                  } else {
                    validate123.errors = [
                      {
                        instancePath,
                        schemaPath: "#/allOf/6/then/type",
                        keyword: "type",
                        params: { type: "object" },
                        message: "must be object",
                      },
                    ];
                    return false;
                  }
                }
                var _valid6 = _errs71 === errors;
                valid24 = _valid6;
                if (valid24) {
                  var props7 = true;
                }
              }
              if (!valid24) {
                const err13 = {
                  instancePath,
                  schemaPath: "#/allOf/6/if",
                  keyword: "if",
                  params: { failingKeyword: "then" },
                  message: 'must match "then" schema',
                };
                if (vErrors === null) {
                  vErrors = [err13];
                } else {
                  vErrors.push(err13);
                }
                errors++;
                validate123.errors = vErrors;
                return false;
              }
              var valid0 = _errs67 === errors;
              if (valid0) {
                if (props0 !== true && props7 !== undefined) {
                  if (props7 === true) {
                    props0 = true;
                  } else {
                    props0 = props0 || {};
                    Object.assign(props0, props7);
                  }
                }
                const _errs76 = errors;
                const _errs77 = errors;
                let valid27 = true;
                const _errs78 = errors;
                if (data && typeof data == "object" && !Array.isArray(data)) {
                  if (data.kind !== undefined) {
                    if ("all" !== data.kind) {
                      const err14 = {};
                      if (vErrors === null) {
                        vErrors = [err14];
                      } else {
                        vErrors.push(err14);
                      }
                      errors++;
                    }
                  }
                }
                var _valid7 = _errs78 === errors;
                errors = _errs77;
                if (vErrors !== null) {
                  if (_errs77) {
                    vErrors.length = _errs77;
                  } else {
                    vErrors = null;
                  }
                }
                if (_valid7) {
                  const _errs80 = errors;
                  if (errors === _errs80) {
                    if (data && typeof data == "object" && !Array.isArray(data)) {
                      let missing7;
                      if (
                        (data.kind === undefined && (missing7 = "kind")) ||
                        (data.of === undefined && (missing7 = "of"))
                      ) {
                        validate123.errors = [
                          {
                            instancePath,
                            schemaPath: "#/allOf/7/then/required",
                            keyword: "required",
                            params: { missingProperty: missing7 },
                            message: "must have required property '" + missing7 + "'",
                          },
                        ];
                        return false;
                      } else {
                        const _errs82 = errors;
                        for (const key7 in data) {
                          if (!(key7 === "kind" || key7 === "of")) {
                            validate123.errors = [
                              {
                                instancePath,
                                schemaPath: "#/allOf/7/then/additionalProperties",
                                keyword: "additionalProperties",
                                params: { additionalProperty: key7 },
                                message: "must NOT have additional properties",
                              },
                            ];
                            return false;
                            break;
                          }
                        }
                        if (_errs82 === errors) {
                          if (data.kind !== undefined) {
                            const _errs83 = errors;
                            if ("all" !== data.kind) {
                              validate123.errors = [
                                {
                                  instancePath: instancePath + "/kind",
                                  schemaPath: "#/allOf/7/then/properties/kind/const",
                                  keyword: "const",
                                  params: { allowedValue: "all" },
                                  message: "must be equal to constant",
                                },
                              ];
                              return false;
                            }
                            var valid29 = _errs83 === errors;
                          } else {
                            var valid29 = true;
                          }
                          if (valid29) {
                            if (data.of !== undefined) {
                              let data29 = data.of;
                              const _errs84 = errors;
                              if (errors === _errs84) {
                                if (Array.isArray(data29)) {
                                  if (data29.length > 100) {
                                    validate123.errors = [
                                      {
                                        instancePath: instancePath + "/of",
                                        schemaPath: "#/allOf/7/then/properties/of/maxItems",
                                        keyword: "maxItems",
                                        params: { limit: 100 },
                                        message: "must NOT have more than 100 items",
                                      },
                                    ];
                                    return false;
                                  } else {
                                    if (data29.length < 1) {
                                      validate123.errors = [
                                        {
                                          instancePath: instancePath + "/of",
                                          schemaPath: "#/allOf/7/then/properties/of/minItems",
                                          keyword: "minItems",
                                          params: { limit: 1 },
                                          message: "must NOT have fewer than 1 items",
                                        },
                                      ];
                                      return false;
                                    } else {
                                      var valid30 = true;
                                      const len5 = data29.length;
                                      for (let i5 = 0; i5 < len5; i5++) {
                                        const _errs86 = errors;
                                        if (
                                          !wrapper0.validate(data29[i5], {
                                            instancePath: instancePath + "/of/" + i5,
                                            parentData: data29,
                                            parentDataProperty: i5,
                                            rootData,
                                            dynamicAnchors,
                                          })
                                        ) {
                                          vErrors =
                                            vErrors === null
                                              ? wrapper0.validate.errors
                                              : vErrors.concat(wrapper0.validate.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid30 = _errs86 === errors;
                                        if (!valid30) {
                                          break;
                                        }
                                      }
                                    }
                                  }
                                } else {
                                  validate123.errors = [
                                    {
                                      instancePath: instancePath + "/of",
                                      schemaPath: "#/allOf/7/then/properties/of/type",
                                      keyword: "type",
                                      params: { type: "array" },
                                      message: "must be array",
                                    },
                                  ];
                                  return false;
                                }
                              }
                              var valid29 = _errs84 === errors;
                            } else {
                              var valid29 = true;
                            }
                          }
                        }
                      }
                    } else {
                      validate123.errors = [
                        {
                          instancePath,
                          schemaPath: "#/allOf/7/then/type",
                          keyword: "type",
                          params: { type: "object" },
                          message: "must be object",
                        },
                      ];
                      return false;
                    }
                  }
                  var _valid7 = _errs80 === errors;
                  valid27 = _valid7;
                  if (valid27) {
                    var props9 = true;
                  }
                }
                if (!valid27) {
                  const err15 = {
                    instancePath,
                    schemaPath: "#/allOf/7/if",
                    keyword: "if",
                    params: { failingKeyword: "then" },
                    message: 'must match "then" schema',
                  };
                  if (vErrors === null) {
                    vErrors = [err15];
                  } else {
                    vErrors.push(err15);
                  }
                  errors++;
                  validate123.errors = vErrors;
                  return false;
                }
                var valid0 = _errs76 === errors;
                if (valid0) {
                  if (props0 !== true && props9 !== undefined) {
                    if (props9 === true) {
                      props0 = true;
                    } else {
                      props0 = props0 || {};
                      Object.assign(props0, props9);
                    }
                  }
                  const _errs87 = errors;
                  const _errs88 = errors;
                  let valid31 = true;
                  const _errs89 = errors;
                  if (data && typeof data == "object" && !Array.isArray(data)) {
                    if (data.kind !== undefined) {
                      if ("any" !== data.kind) {
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
                  var _valid8 = _errs89 === errors;
                  errors = _errs88;
                  if (vErrors !== null) {
                    if (_errs88) {
                      vErrors.length = _errs88;
                    } else {
                      vErrors = null;
                    }
                  }
                  if (_valid8) {
                    const _errs91 = errors;
                    if (errors === _errs91) {
                      if (data && typeof data == "object" && !Array.isArray(data)) {
                        let missing8;
                        if (
                          (data.kind === undefined && (missing8 = "kind")) ||
                          (data.of === undefined && (missing8 = "of"))
                        ) {
                          validate123.errors = [
                            {
                              instancePath,
                              schemaPath: "#/allOf/8/then/required",
                              keyword: "required",
                              params: { missingProperty: missing8 },
                              message: "must have required property '" + missing8 + "'",
                            },
                          ];
                          return false;
                        } else {
                          const _errs93 = errors;
                          for (const key8 in data) {
                            if (!(key8 === "kind" || key8 === "of")) {
                              validate123.errors = [
                                {
                                  instancePath,
                                  schemaPath: "#/allOf/8/then/additionalProperties",
                                  keyword: "additionalProperties",
                                  params: { additionalProperty: key8 },
                                  message: "must NOT have additional properties",
                                },
                              ];
                              return false;
                              break;
                            }
                          }
                          if (_errs93 === errors) {
                            if (data.kind !== undefined) {
                              const _errs94 = errors;
                              if ("any" !== data.kind) {
                                validate123.errors = [
                                  {
                                    instancePath: instancePath + "/kind",
                                    schemaPath: "#/allOf/8/then/properties/kind/const",
                                    keyword: "const",
                                    params: { allowedValue: "any" },
                                    message: "must be equal to constant",
                                  },
                                ];
                                return false;
                              }
                              var valid33 = _errs94 === errors;
                            } else {
                              var valid33 = true;
                            }
                            if (valid33) {
                              if (data.of !== undefined) {
                                let data33 = data.of;
                                const _errs95 = errors;
                                if (errors === _errs95) {
                                  if (Array.isArray(data33)) {
                                    if (data33.length > 100) {
                                      validate123.errors = [
                                        {
                                          instancePath: instancePath + "/of",
                                          schemaPath: "#/allOf/8/then/properties/of/maxItems",
                                          keyword: "maxItems",
                                          params: { limit: 100 },
                                          message: "must NOT have more than 100 items",
                                        },
                                      ];
                                      return false;
                                    } else {
                                      if (data33.length < 1) {
                                        validate123.errors = [
                                          {
                                            instancePath: instancePath + "/of",
                                            schemaPath: "#/allOf/8/then/properties/of/minItems",
                                            keyword: "minItems",
                                            params: { limit: 1 },
                                            message: "must NOT have fewer than 1 items",
                                          },
                                        ];
                                        return false;
                                      } else {
                                        var valid34 = true;
                                        const len6 = data33.length;
                                        for (let i6 = 0; i6 < len6; i6++) {
                                          const _errs97 = errors;
                                          if (
                                            !wrapper0.validate(data33[i6], {
                                              instancePath: instancePath + "/of/" + i6,
                                              parentData: data33,
                                              parentDataProperty: i6,
                                              rootData,
                                              dynamicAnchors,
                                            })
                                          ) {
                                            vErrors =
                                              vErrors === null
                                                ? wrapper0.validate.errors
                                                : vErrors.concat(wrapper0.validate.errors);
                                            errors = vErrors.length;
                                          }
                                          var valid34 = _errs97 === errors;
                                          if (!valid34) {
                                            break;
                                          }
                                        }
                                      }
                                    }
                                  } else {
                                    validate123.errors = [
                                      {
                                        instancePath: instancePath + "/of",
                                        schemaPath: "#/allOf/8/then/properties/of/type",
                                        keyword: "type",
                                        params: { type: "array" },
                                        message: "must be array",
                                      },
                                    ];
                                    return false;
                                  }
                                }
                                var valid33 = _errs95 === errors;
                              } else {
                                var valid33 = true;
                              }
                            }
                          }
                        }
                      } else {
                        validate123.errors = [
                          {
                            instancePath,
                            schemaPath: "#/allOf/8/then/type",
                            keyword: "type",
                            params: { type: "object" },
                            message: "must be object",
                          },
                        ];
                        return false;
                      }
                    }
                    var _valid8 = _errs91 === errors;
                    valid31 = _valid8;
                    if (valid31) {
                      var props11 = true;
                    }
                  }
                  if (!valid31) {
                    const err17 = {
                      instancePath,
                      schemaPath: "#/allOf/8/if",
                      keyword: "if",
                      params: { failingKeyword: "then" },
                      message: 'must match "then" schema',
                    };
                    if (vErrors === null) {
                      vErrors = [err17];
                    } else {
                      vErrors.push(err17);
                    }
                    errors++;
                    validate123.errors = vErrors;
                    return false;
                  }
                  var valid0 = _errs87 === errors;
                  if (valid0) {
                    if (props0 !== true && props11 !== undefined) {
                      if (props11 === true) {
                        props0 = true;
                      } else {
                        props0 = props0 || {};
                        Object.assign(props0, props11);
                      }
                    }
                    const _errs98 = errors;
                    const _errs99 = errors;
                    let valid35 = true;
                    const _errs100 = errors;
                    if (data && typeof data == "object" && !Array.isArray(data)) {
                      if (data.kind !== undefined) {
                        if ("not" !== data.kind) {
                          const err18 = {};
                          if (vErrors === null) {
                            vErrors = [err18];
                          } else {
                            vErrors.push(err18);
                          }
                          errors++;
                        }
                      }
                    }
                    var _valid9 = _errs100 === errors;
                    errors = _errs99;
                    if (vErrors !== null) {
                      if (_errs99) {
                        vErrors.length = _errs99;
                      } else {
                        vErrors = null;
                      }
                    }
                    if (_valid9) {
                      const _errs102 = errors;
                      if (errors === _errs102) {
                        if (data && typeof data == "object" && !Array.isArray(data)) {
                          let missing9;
                          if (
                            (data.kind === undefined && (missing9 = "kind")) ||
                            (data.of === undefined && (missing9 = "of"))
                          ) {
                            validate123.errors = [
                              {
                                instancePath,
                                schemaPath: "#/allOf/9/then/required",
                                keyword: "required",
                                params: { missingProperty: missing9 },
                                message: "must have required property '" + missing9 + "'",
                              },
                            ];
                            return false;
                          } else {
                            const _errs104 = errors;
                            for (const key9 in data) {
                              if (!(key9 === "kind" || key9 === "of")) {
                                validate123.errors = [
                                  {
                                    instancePath,
                                    schemaPath: "#/allOf/9/then/additionalProperties",
                                    keyword: "additionalProperties",
                                    params: { additionalProperty: key9 },
                                    message: "must NOT have additional properties",
                                  },
                                ];
                                return false;
                                break;
                              }
                            }
                            if (_errs104 === errors) {
                              if (data.kind !== undefined) {
                                const _errs105 = errors;
                                if ("not" !== data.kind) {
                                  validate123.errors = [
                                    {
                                      instancePath: instancePath + "/kind",
                                      schemaPath: "#/allOf/9/then/properties/kind/const",
                                      keyword: "const",
                                      params: { allowedValue: "not" },
                                      message: "must be equal to constant",
                                    },
                                  ];
                                  return false;
                                }
                                var valid37 = _errs105 === errors;
                              } else {
                                var valid37 = true;
                              }
                              if (valid37) {
                                if (data.of !== undefined) {
                                  const _errs106 = errors;
                                  if (
                                    !wrapper0.validate(data.of, {
                                      instancePath: instancePath + "/of",
                                      parentData: data,
                                      parentDataProperty: "of",
                                      rootData,
                                      dynamicAnchors,
                                    })
                                  ) {
                                    vErrors =
                                      vErrors === null
                                        ? wrapper0.validate.errors
                                        : vErrors.concat(wrapper0.validate.errors);
                                    errors = vErrors.length;
                                  }
                                  var valid37 = _errs106 === errors;
                                } else {
                                  var valid37 = true;
                                }
                              }
                            }
                          }
                        } else {
                          validate123.errors = [
                            {
                              instancePath,
                              schemaPath: "#/allOf/9/then/type",
                              keyword: "type",
                              params: { type: "object" },
                              message: "must be object",
                            },
                          ];
                          return false;
                        }
                      }
                      var _valid9 = _errs102 === errors;
                      valid35 = _valid9;
                      if (valid35) {
                        var props13 = true;
                      }
                    }
                    if (!valid35) {
                      const err19 = {
                        instancePath,
                        schemaPath: "#/allOf/9/if",
                        keyword: "if",
                        params: { failingKeyword: "then" },
                        message: 'must match "then" schema',
                      };
                      if (vErrors === null) {
                        vErrors = [err19];
                      } else {
                        vErrors.push(err19);
                      }
                      errors++;
                      validate123.errors = vErrors;
                      return false;
                    }
                    var valid0 = _errs98 === errors;
                    if (valid0) {
                      if (props0 !== true && props13 !== undefined) {
                        if (props13 === true) {
                          props0 = true;
                        } else {
                          props0 = props0 || {};
                          Object.assign(props0, props13);
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
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing10;
      if (data.kind === undefined && (missing10 = "kind")) {
        validate123.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing10 },
            message: "must have required property '" + missing10 + "'",
          },
        ];
        return false;
      } else {
        if (props0 !== true) {
          props0 = props0 || {};
          props0.kind = true;
        }
        if (data.kind !== undefined) {
          let data38 = data.kind;
          if (!(
            data38 === "memberOf" ||
            data38 === "within" ||
            data38 === "class" ||
            data38 === "level" ||
            data38 === "longerThan" ||
            data38 === "label" ||
            data38 === "budget" ||
            data38 === "all" ||
            data38 === "any" ||
            data38 === "not"
          )) {
            validate123.errors = [
              {
                instancePath: instancePath + "/kind",
                schemaPath: "#/properties/kind/enum",
                keyword: "enum",
                params: { allowedValues: schema46.properties.kind.enum },
                message: "must be equal to one of the allowed values",
              },
            ];
            return false;
          }
        }
      }
    } else {
      validate123.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate123.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate123.evaluated = { dynamicProps: true, dynamicItems: false };

function validate122(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate122.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if ((data.when === undefined && (missing0 = "when")) || (data.never === undefined && (missing0 = "never"))) {
        validate122.errors = [
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
          if (!(key0 === "when" || key0 === "budget" || key0 === "never")) {
            validate122.errors = [
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
          if (data.when !== undefined) {
            const _errs2 = errors;
            if (
              !validate123(data.when, {
                instancePath: instancePath + "/when",
                parentData: data,
                parentDataProperty: "when",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate123.errors : vErrors.concat(validate123.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.budget !== undefined) {
              const _errs3 = errors;
              if (
                !validate130(data.budget, {
                  instancePath: instancePath + "/budget",
                  parentData: data,
                  parentDataProperty: "budget",
                  rootData,
                  dynamicAnchors,
                })
              ) {
                vErrors = vErrors === null ? validate130.errors : vErrors.concat(validate130.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.never !== undefined) {
                let data2 = data.never;
                const _errs4 = errors;
                if (errors === _errs4) {
                  if (Array.isArray(data2)) {
                    if (data2.length > 4) {
                      validate122.errors = [
                        {
                          instancePath: instancePath + "/never",
                          schemaPath: "#/properties/never/maxItems",
                          keyword: "maxItems",
                          params: { limit: 4 },
                          message: "must NOT have more than 4 items",
                        },
                      ];
                      return false;
                    } else {
                      var valid1 = true;
                      const len0 = data2.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs6 = errors;
                        if (
                          !validate73(data2[i0], {
                            instancePath: instancePath + "/never/" + i0,
                            parentData: data2,
                            parentDataProperty: i0,
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs6 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    }
                  } else {
                    validate122.errors = [
                      {
                        instancePath: instancePath + "/never",
                        schemaPath: "#/properties/never/type",
                        keyword: "type",
                        params: { type: "array" },
                        message: "must be array",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate122.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate122.errors = vErrors;
  return errors === 0;
}
validate122.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema48 = {
  title: "a step",
  type: "object",
  additionalProperties: false,
  required: ["approvals", "from"],
  properties: {
    approvals: { title: "a whole number from 1 to 100", type: "integer", minimum: 1, maximum: 100 },
    from: { $ref: "#/$defs/approvers" },
    when: { $ref: "#/$defs/condition" },
  },
};
const schema49 = {
  title: "approvers",
  type: "object",
  required: ["kind"],
  properties: { kind: { enum: ["groups", "managerOfBeneficiary"] } },
  if: { properties: { kind: { const: "groups" } } },
  then: {
    title: "groups",
    type: "object",
    additionalProperties: false,
    required: ["kind", "groups"],
    properties: {
      kind: { const: "groups" },
      groups: { type: "array", maxItems: 1000, items: { $ref: "#/$defs/identifier" }, minItems: 1 },
    },
  },
  else: {
    title: "the manager",
    type: "object",
    additionalProperties: false,
    required: ["kind"],
    properties: { kind: { const: "managerOfBeneficiary" } },
  },
};

function validate137(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate137.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs1 = errors;
  let valid0 = true;
  const _errs2 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind !== undefined) {
      if ("groups" !== data.kind) {
        const err0 = {};
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
  }
  var _valid0 = _errs2 === errors;
  errors = _errs1;
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid0) {
    const _errs4 = errors;
    if (errors === _errs4) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if ((data.kind === undefined && (missing0 = "kind")) || (data.groups === undefined && (missing0 = "groups"))) {
          validate137.errors = [
            {
              instancePath,
              schemaPath: "#/then/required",
              keyword: "required",
              params: { missingProperty: missing0 },
              message: "must have required property '" + missing0 + "'",
            },
          ];
          return false;
        } else {
          const _errs6 = errors;
          for (const key0 in data) {
            if (!(key0 === "kind" || key0 === "groups")) {
              validate137.errors = [
                {
                  instancePath,
                  schemaPath: "#/then/additionalProperties",
                  keyword: "additionalProperties",
                  params: { additionalProperty: key0 },
                  message: "must NOT have additional properties",
                },
              ];
              return false;
              break;
            }
          }
          if (_errs6 === errors) {
            if (data.kind !== undefined) {
              const _errs7 = errors;
              if ("groups" !== data.kind) {
                validate137.errors = [
                  {
                    instancePath: instancePath + "/kind",
                    schemaPath: "#/then/properties/kind/const",
                    keyword: "const",
                    params: { allowedValue: "groups" },
                    message: "must be equal to constant",
                  },
                ];
                return false;
              }
              var valid2 = _errs7 === errors;
            } else {
              var valid2 = true;
            }
            if (valid2) {
              if (data.groups !== undefined) {
                let data2 = data.groups;
                const _errs8 = errors;
                if (errors === _errs8) {
                  if (Array.isArray(data2)) {
                    if (data2.length > 1000) {
                      validate137.errors = [
                        {
                          instancePath: instancePath + "/groups",
                          schemaPath: "#/then/properties/groups/maxItems",
                          keyword: "maxItems",
                          params: { limit: 1000 },
                          message: "must NOT have more than 1000 items",
                        },
                      ];
                      return false;
                    } else {
                      if (data2.length < 1) {
                        validate137.errors = [
                          {
                            instancePath: instancePath + "/groups",
                            schemaPath: "#/then/properties/groups/minItems",
                            keyword: "minItems",
                            params: { limit: 1 },
                            message: "must NOT have fewer than 1 items",
                          },
                        ];
                        return false;
                      } else {
                        var valid3 = true;
                        const len0 = data2.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          const _errs10 = errors;
                          if (
                            !validate59(data2[i0], {
                              instancePath: instancePath + "/groups/" + i0,
                              parentData: data2,
                              parentDataProperty: i0,
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                            errors = vErrors.length;
                          }
                          var valid3 = _errs10 === errors;
                          if (!valid3) {
                            break;
                          }
                        }
                      }
                    }
                  } else {
                    validate137.errors = [
                      {
                        instancePath: instancePath + "/groups",
                        schemaPath: "#/then/properties/groups/type",
                        keyword: "type",
                        params: { type: "array" },
                        message: "must be array",
                      },
                    ];
                    return false;
                  }
                }
                var valid2 = _errs8 === errors;
              } else {
                var valid2 = true;
              }
            }
          }
        }
      } else {
        validate137.errors = [
          {
            instancePath,
            schemaPath: "#/then/type",
            keyword: "type",
            params: { type: "object" },
            message: "must be object",
          },
        ];
        return false;
      }
    }
    var _valid0 = _errs4 === errors;
    valid0 = _valid0;
    if (valid0) {
      var props0 = true;
    }
    ifClause0 = "then";
  } else {
    const _errs11 = errors;
    if (errors === _errs11) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing1;
        if (data.kind === undefined && (missing1 = "kind")) {
          validate137.errors = [
            {
              instancePath,
              schemaPath: "#/else/required",
              keyword: "required",
              params: { missingProperty: missing1 },
              message: "must have required property '" + missing1 + "'",
            },
          ];
          return false;
        } else {
          const _errs13 = errors;
          for (const key1 in data) {
            if (!(key1 === "kind")) {
              validate137.errors = [
                {
                  instancePath,
                  schemaPath: "#/else/additionalProperties",
                  keyword: "additionalProperties",
                  params: { additionalProperty: key1 },
                  message: "must NOT have additional properties",
                },
              ];
              return false;
              break;
            }
          }
          if (_errs13 === errors) {
            if (data.kind !== undefined) {
              if ("managerOfBeneficiary" !== data.kind) {
                validate137.errors = [
                  {
                    instancePath: instancePath + "/kind",
                    schemaPath: "#/else/properties/kind/const",
                    keyword: "const",
                    params: { allowedValue: "managerOfBeneficiary" },
                    message: "must be equal to constant",
                  },
                ];
                return false;
              }
            }
          }
        }
      } else {
        validate137.errors = [
          {
            instancePath,
            schemaPath: "#/else/type",
            keyword: "type",
            params: { type: "object" },
            message: "must be object",
          },
        ];
        return false;
      }
    }
    var _valid0 = _errs11 === errors;
    valid0 = _valid0;
    if (valid0) {
      if (props0 !== true) {
        props0 = true;
      }
    }
    ifClause0 = "else";
  }
  if (!valid0) {
    const err1 = {
      instancePath,
      schemaPath: "#/if",
      keyword: "if",
      params: { failingKeyword: ifClause0 },
      message: 'must match "' + ifClause0 + '" schema',
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
    validate137.errors = vErrors;
    return false;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing2;
      if (data.kind === undefined && (missing2 = "kind")) {
        validate137.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing2 },
            message: "must have required property '" + missing2 + "'",
          },
        ];
        return false;
      } else {
        if (props0 !== true) {
          props0 = props0 || {};
          props0.kind = true;
        }
        if (data.kind !== undefined) {
          let data5 = data.kind;
          if (!(data5 === "groups" || data5 === "managerOfBeneficiary")) {
            validate137.errors = [
              {
                instancePath: instancePath + "/kind",
                schemaPath: "#/properties/kind/enum",
                keyword: "enum",
                params: { allowedValues: schema49.properties.kind.enum },
                message: "must be equal to one of the allowed values",
              },
            ];
            return false;
          }
        }
      }
    } else {
      validate137.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate137.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate137.evaluated = { dynamicProps: true, dynamicItems: false };

function validate136(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate136.evaluated;
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
        (data.approvals === undefined && (missing0 = "approvals")) ||
        (data.from === undefined && (missing0 = "from"))
      ) {
        validate136.errors = [
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
          if (!(key0 === "approvals" || key0 === "from" || key0 === "when")) {
            validate136.errors = [
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
          if (data.approvals !== undefined) {
            let data0 = data.approvals;
            const _errs2 = errors;
            if (!(typeof data0 == "number" && !(data0 % 1) && !isNaN(data0) && isFinite(data0))) {
              validate136.errors = [
                {
                  instancePath: instancePath + "/approvals",
                  schemaPath: "#/properties/approvals/type",
                  keyword: "type",
                  params: { type: "integer" },
                  message: "must be integer",
                },
              ];
              return false;
            }
            if (errors === _errs2) {
              if (typeof data0 == "number" && isFinite(data0)) {
                if (data0 > 100 || isNaN(data0)) {
                  validate136.errors = [
                    {
                      instancePath: instancePath + "/approvals",
                      schemaPath: "#/properties/approvals/maximum",
                      keyword: "maximum",
                      params: { comparison: "<=", limit: 100 },
                      message: "must be <= 100",
                    },
                  ];
                  return false;
                } else {
                  if (data0 < 1 || isNaN(data0)) {
                    validate136.errors = [
                      {
                        instancePath: instancePath + "/approvals",
                        schemaPath: "#/properties/approvals/minimum",
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
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.from !== undefined) {
              const _errs4 = errors;
              if (
                !validate137(data.from, {
                  instancePath: instancePath + "/from",
                  parentData: data,
                  parentDataProperty: "from",
                  rootData,
                  dynamicAnchors,
                })
              ) {
                vErrors = vErrors === null ? validate137.errors : vErrors.concat(validate137.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.when !== undefined) {
                const _errs5 = errors;
                if (
                  !validate123(data.when, {
                    instancePath: instancePath + "/when",
                    parentData: data,
                    parentDataProperty: "when",
                    rootData,
                    dynamicAnchors,
                  })
                ) {
                  vErrors = vErrors === null ? validate123.errors : vErrors.concat(validate123.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate136.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate136.errors = vErrors;
  return errors === 0;
}
validate136.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate121(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate121.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.steps === undefined && (missing0 = "steps")) {
        validate121.errors = [
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
          if (!(key0 === "automatic" || key0 === "steps")) {
            validate121.errors = [
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
          if (data.automatic !== undefined) {
            const _errs2 = errors;
            if (
              !validate122(data.automatic, {
                instancePath: instancePath + "/automatic",
                parentData: data,
                parentDataProperty: "automatic",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.steps !== undefined) {
              let data1 = data.steps;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (Array.isArray(data1)) {
                  if (data1.length > 10) {
                    validate121.errors = [
                      {
                        instancePath: instancePath + "/steps",
                        schemaPath: "#/properties/steps/maxItems",
                        keyword: "maxItems",
                        params: { limit: 10 },
                        message: "must NOT have more than 10 items",
                      },
                    ];
                    return false;
                  } else {
                    var valid1 = true;
                    const len0 = data1.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs5 = errors;
                      if (
                        !validate136(data1[i0], {
                          instancePath: instancePath + "/steps/" + i0,
                          parentData: data1,
                          parentDataProperty: i0,
                          rootData,
                          dynamicAnchors,
                        })
                      ) {
                        vErrors = vErrors === null ? validate136.errors : vErrors.concat(validate136.errors);
                        errors = vErrors.length;
                      }
                      var valid1 = _errs5 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  }
                } else {
                  validate121.errors = [
                    {
                      instancePath: instancePath + "/steps",
                      schemaPath: "#/properties/steps/type",
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
          }
        }
      }
    } else {
      validate121.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate121.errors = vErrors;
  return errors === 0;
}
validate121.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate103(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate103.evaluated;
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
        (data.path === undefined && (missing0 = "path")) ||
        (data.who === undefined && (missing0 = "who")) ||
        (data.may === undefined && (missing0 = "may")) ||
        (data.defaultDurationSeconds === undefined && (missing0 = "defaultDurationSeconds")) ||
        (data.maxDurationSeconds === undefined && (missing0 = "maxDurationSeconds")) ||
        (data.windows === undefined && (missing0 = "windows")) ||
        (data.approval === undefined && (missing0 = "approval")) ||
        (data.mayRevoke === undefined && (missing0 = "mayRevoke")) ||
        (data.ticketRequired === undefined && (missing0 = "ticketRequired"))
      ) {
        validate103.errors = [
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
          if (!func1.call(schema37.properties, key0)) {
            validate103.errors = [
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
              !validate59(data.name, {
                instancePath: instancePath + "/name",
                parentData: data,
                parentDataProperty: "name",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.path !== undefined) {
              const _errs3 = errors;
              if (
                !validate71(data.path, {
                  instancePath: instancePath + "/path",
                  parentData: data,
                  parentDataProperty: "path",
                  rootData,
                  dynamicAnchors,
                })
              ) {
                vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.who !== undefined) {
                let data2 = data.who;
                const _errs4 = errors;
                if (errors === _errs4) {
                  if (Array.isArray(data2)) {
                    if (data2.length > 10000) {
                      validate103.errors = [
                        {
                          instancePath: instancePath + "/who",
                          schemaPath: "#/properties/who/maxItems",
                          keyword: "maxItems",
                          params: { limit: 10000 },
                          message: "must NOT have more than 10000 items",
                        },
                      ];
                      return false;
                    } else {
                      if (data2.length < 1) {
                        validate103.errors = [
                          {
                            instancePath: instancePath + "/who",
                            schemaPath: "#/properties/who/minItems",
                            keyword: "minItems",
                            params: { limit: 1 },
                            message: "must NOT have fewer than 1 items",
                          },
                        ];
                        return false;
                      } else {
                        var valid1 = true;
                        const len0 = data2.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          const _errs6 = errors;
                          if (
                            !validate106(data2[i0], {
                              instancePath: instancePath + "/who/" + i0,
                              parentData: data2,
                              parentDataProperty: i0,
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
                            errors = vErrors.length;
                          }
                          var valid1 = _errs6 === errors;
                          if (!valid1) {
                            break;
                          }
                        }
                      }
                    }
                  } else {
                    validate103.errors = [
                      {
                        instancePath: instancePath + "/who",
                        schemaPath: "#/properties/who/type",
                        keyword: "type",
                        params: { type: "array" },
                        message: "must be array",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.may !== undefined) {
                  let data4 = data.may;
                  const _errs7 = errors;
                  if (errors === _errs7) {
                    if (Array.isArray(data4)) {
                      if (data4.length > 100000) {
                        validate103.errors = [
                          {
                            instancePath: instancePath + "/may",
                            schemaPath: "#/properties/may/maxItems",
                            keyword: "maxItems",
                            params: { limit: 100000 },
                            message: "must NOT have more than 100000 items",
                          },
                        ];
                        return false;
                      } else {
                        var valid2 = true;
                        const len1 = data4.length;
                        for (let i1 = 0; i1 < len1; i1++) {
                          const _errs9 = errors;
                          if (
                            !validate81(data4[i1], {
                              instancePath: instancePath + "/may/" + i1,
                              parentData: data4,
                              parentDataProperty: i1,
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate81.errors : vErrors.concat(validate81.errors);
                            errors = vErrors.length;
                          }
                          var valid2 = _errs9 === errors;
                          if (!valid2) {
                            break;
                          }
                        }
                      }
                    } else {
                      validate103.errors = [
                        {
                          instancePath: instancePath + "/may",
                          schemaPath: "#/properties/may/type",
                          keyword: "type",
                          params: { type: "array" },
                          message: "must be array",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.defaultDurationSeconds !== undefined) {
                    const _errs10 = errors;
                    if (
                      !validate109(data.defaultDurationSeconds, {
                        instancePath: instancePath + "/defaultDurationSeconds",
                        parentData: data,
                        parentDataProperty: "defaultDurationSeconds",
                        rootData,
                        dynamicAnchors,
                      })
                    ) {
                      vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
                      errors = vErrors.length;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.maxDurationSeconds !== undefined) {
                      const _errs11 = errors;
                      if (
                        !validate109(data.maxDurationSeconds, {
                          instancePath: instancePath + "/maxDurationSeconds",
                          parentData: data,
                          parentDataProperty: "maxDurationSeconds",
                          rootData,
                          dynamicAnchors,
                        })
                      ) {
                        vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.windows !== undefined) {
                        let data8 = data.windows;
                        const _errs12 = errors;
                        if (errors === _errs12) {
                          if (Array.isArray(data8)) {
                            if (data8.length > 1000) {
                              validate103.errors = [
                                {
                                  instancePath: instancePath + "/windows",
                                  schemaPath: "#/properties/windows/maxItems",
                                  keyword: "maxItems",
                                  params: { limit: 1000 },
                                  message: "must NOT have more than 1000 items",
                                },
                              ];
                              return false;
                            } else {
                              var valid3 = true;
                              const len2 = data8.length;
                              for (let i2 = 0; i2 < len2; i2++) {
                                const _errs14 = errors;
                                if (
                                  !validate112(data8[i2], {
                                    instancePath: instancePath + "/windows/" + i2,
                                    parentData: data8,
                                    parentDataProperty: i2,
                                    rootData,
                                    dynamicAnchors,
                                  })
                                ) {
                                  vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
                                  errors = vErrors.length;
                                }
                                var valid3 = _errs14 === errors;
                                if (!valid3) {
                                  break;
                                }
                              }
                            }
                          } else {
                            validate103.errors = [
                              {
                                instancePath: instancePath + "/windows",
                                schemaPath: "#/properties/windows/type",
                                keyword: "type",
                                params: { type: "array" },
                                message: "must be array",
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
                        if (data.approval !== undefined) {
                          const _errs15 = errors;
                          if (
                            !validate121(data.approval, {
                              instancePath: instancePath + "/approval",
                              parentData: data,
                              parentDataProperty: "approval",
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate121.errors : vErrors.concat(validate121.errors);
                            errors = vErrors.length;
                          }
                          var valid0 = _errs15 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.mayRevoke !== undefined) {
                            let data11 = data.mayRevoke;
                            const _errs16 = errors;
                            if (errors === _errs16) {
                              if (Array.isArray(data11)) {
                                if (data11.length > 1000) {
                                  validate103.errors = [
                                    {
                                      instancePath: instancePath + "/mayRevoke",
                                      schemaPath: "#/properties/mayRevoke/maxItems",
                                      keyword: "maxItems",
                                      params: { limit: 1000 },
                                      message: "must NOT have more than 1000 items",
                                    },
                                  ];
                                  return false;
                                } else {
                                  var valid4 = true;
                                  const len3 = data11.length;
                                  for (let i3 = 0; i3 < len3; i3++) {
                                    const _errs18 = errors;
                                    if (
                                      !validate59(data11[i3], {
                                        instancePath: instancePath + "/mayRevoke/" + i3,
                                        parentData: data11,
                                        parentDataProperty: i3,
                                        rootData,
                                        dynamicAnchors,
                                      })
                                    ) {
                                      vErrors =
                                        vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid4 = _errs18 === errors;
                                    if (!valid4) {
                                      break;
                                    }
                                  }
                                }
                              } else {
                                validate103.errors = [
                                  {
                                    instancePath: instancePath + "/mayRevoke",
                                    schemaPath: "#/properties/mayRevoke/type",
                                    keyword: "type",
                                    params: { type: "array" },
                                    message: "must be array",
                                  },
                                ];
                                return false;
                              }
                            }
                            var valid0 = _errs16 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.ticketRequired !== undefined) {
                              const _errs19 = errors;
                              if (typeof data.ticketRequired !== "boolean") {
                                validate103.errors = [
                                  {
                                    instancePath: instancePath + "/ticketRequired",
                                    schemaPath: "#/properties/ticketRequired/type",
                                    keyword: "type",
                                    params: { type: "boolean" },
                                    message: "must be boolean",
                                  },
                                ];
                                return false;
                              }
                              var valid0 = _errs19 === errors;
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
      validate103.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate103.errors = vErrors;
  return errors === 0;
}
validate103.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema50 = {
  title: "a gateway, as the rules are made for it",
  type: "object",
  additionalProperties: false,
  required: ["provider", "users"],
  properties: {
    provider: { enum: ["embedded", "hoop", "memory"] },
    directory: {
      title: "one line of 1 to 300 characters",
      type: "string",
      minLength: 1,
      maxLength: 300,
      pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    },
    url: {
      title: "one line of 1 to 2000 characters",
      type: "string",
      minLength: 1,
      maxLength: 2000,
      pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    },
    keys: {
      title: "references of keys",
      type: "object",
      additionalProperties: false,
      required: [],
      properties: { write: { $ref: "#/$defs/secret" }, observe: { $ref: "#/$defs/secret" } },
    },
    agent: {
      title: "one line of 1 to 100 characters",
      type: "string",
      minLength: 1,
      maxLength: 100,
      pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    },
    users: { enum: ["declared", "existing"] },
  },
};

function validate147(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate147.evaluated;
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
        (data.provider === undefined && (missing0 = "provider")) ||
        (data.users === undefined && (missing0 = "users"))
      ) {
        validate147.errors = [
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
          if (!(
            key0 === "provider" ||
            key0 === "directory" ||
            key0 === "url" ||
            key0 === "keys" ||
            key0 === "agent" ||
            key0 === "users"
          )) {
            validate147.errors = [
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
          if (data.provider !== undefined) {
            let data0 = data.provider;
            const _errs2 = errors;
            if (!(data0 === "embedded" || data0 === "hoop" || data0 === "memory")) {
              validate147.errors = [
                {
                  instancePath: instancePath + "/provider",
                  schemaPath: "#/properties/provider/enum",
                  keyword: "enum",
                  params: { allowedValues: schema50.properties.provider.enum },
                  message: "must be equal to one of the allowed values",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.directory !== undefined) {
              let data1 = data.directory;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (typeof data1 === "string") {
                  if (func2(data1) > 300) {
                    validate147.errors = [
                      {
                        instancePath: instancePath + "/directory",
                        schemaPath: "#/properties/directory/maxLength",
                        keyword: "maxLength",
                        params: { limit: 300 },
                        message: "must NOT have more than 300 characters",
                      },
                    ];
                    return false;
                  } else {
                    if (func2(data1) < 1) {
                      validate147.errors = [
                        {
                          instancePath: instancePath + "/directory",
                          schemaPath: "#/properties/directory/minLength",
                          keyword: "minLength",
                          params: { limit: 1 },
                          message: "must NOT have fewer than 1 characters",
                        },
                      ];
                      return false;
                    } else {
                      if (!pattern4.test(data1)) {
                        validate147.errors = [
                          {
                            instancePath: instancePath + "/directory",
                            schemaPath: "#/properties/directory/pattern",
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
                  validate147.errors = [
                    {
                      instancePath: instancePath + "/directory",
                      schemaPath: "#/properties/directory/type",
                      keyword: "type",
                      params: { type: "string" },
                      message: "must be string",
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
              if (data.url !== undefined) {
                let data2 = data.url;
                const _errs5 = errors;
                if (errors === _errs5) {
                  if (typeof data2 === "string") {
                    if (func2(data2) > 2000) {
                      validate147.errors = [
                        {
                          instancePath: instancePath + "/url",
                          schemaPath: "#/properties/url/maxLength",
                          keyword: "maxLength",
                          params: { limit: 2000 },
                          message: "must NOT have more than 2000 characters",
                        },
                      ];
                      return false;
                    } else {
                      if (func2(data2) < 1) {
                        validate147.errors = [
                          {
                            instancePath: instancePath + "/url",
                            schemaPath: "#/properties/url/minLength",
                            keyword: "minLength",
                            params: { limit: 1 },
                            message: "must NOT have fewer than 1 characters",
                          },
                        ];
                        return false;
                      } else {
                        if (!pattern4.test(data2)) {
                          validate147.errors = [
                            {
                              instancePath: instancePath + "/url",
                              schemaPath: "#/properties/url/pattern",
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
                    validate147.errors = [
                      {
                        instancePath: instancePath + "/url",
                        schemaPath: "#/properties/url/type",
                        keyword: "type",
                        params: { type: "string" },
                        message: "must be string",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.keys !== undefined) {
                  let data3 = data.keys;
                  const _errs7 = errors;
                  if (errors === _errs7) {
                    if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
                      const _errs9 = errors;
                      for (const key1 in data3) {
                        if (!(key1 === "write" || key1 === "observe")) {
                          validate147.errors = [
                            {
                              instancePath: instancePath + "/keys",
                              schemaPath: "#/properties/keys/additionalProperties",
                              keyword: "additionalProperties",
                              params: { additionalProperty: key1 },
                              message: "must NOT have additional properties",
                            },
                          ];
                          return false;
                          break;
                        }
                      }
                      if (_errs9 === errors) {
                        if (data3.write !== undefined) {
                          const _errs10 = errors;
                          if (
                            !validate89(data3.write, {
                              instancePath: instancePath + "/keys/write",
                              parentData: data3,
                              parentDataProperty: "write",
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
                            errors = vErrors.length;
                          }
                          var valid1 = _errs10 === errors;
                        } else {
                          var valid1 = true;
                        }
                        if (valid1) {
                          if (data3.observe !== undefined) {
                            const _errs11 = errors;
                            if (
                              !validate89(data3.observe, {
                                instancePath: instancePath + "/keys/observe",
                                parentData: data3,
                                parentDataProperty: "observe",
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
                              errors = vErrors.length;
                            }
                            var valid1 = _errs11 === errors;
                          } else {
                            var valid1 = true;
                          }
                        }
                      }
                    } else {
                      validate147.errors = [
                        {
                          instancePath: instancePath + "/keys",
                          schemaPath: "#/properties/keys/type",
                          keyword: "type",
                          params: { type: "object" },
                          message: "must be object",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.agent !== undefined) {
                    let data6 = data.agent;
                    const _errs12 = errors;
                    if (errors === _errs12) {
                      if (typeof data6 === "string") {
                        if (func2(data6) > 100) {
                          validate147.errors = [
                            {
                              instancePath: instancePath + "/agent",
                              schemaPath: "#/properties/agent/maxLength",
                              keyword: "maxLength",
                              params: { limit: 100 },
                              message: "must NOT have more than 100 characters",
                            },
                          ];
                          return false;
                        } else {
                          if (func2(data6) < 1) {
                            validate147.errors = [
                              {
                                instancePath: instancePath + "/agent",
                                schemaPath: "#/properties/agent/minLength",
                                keyword: "minLength",
                                params: { limit: 1 },
                                message: "must NOT have fewer than 1 characters",
                              },
                            ];
                            return false;
                          } else {
                            if (!pattern4.test(data6)) {
                              validate147.errors = [
                                {
                                  instancePath: instancePath + "/agent",
                                  schemaPath: "#/properties/agent/pattern",
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
                        validate147.errors = [
                          {
                            instancePath: instancePath + "/agent",
                            schemaPath: "#/properties/agent/type",
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
                    if (data.users !== undefined) {
                      let data7 = data.users;
                      const _errs14 = errors;
                      if (!(data7 === "declared" || data7 === "existing")) {
                        validate147.errors = [
                          {
                            instancePath: instancePath + "/users",
                            schemaPath: "#/properties/users/enum",
                            keyword: "enum",
                            params: { allowedValues: schema50.properties.users.enum },
                            message: "must be equal to one of the allowed values",
                          },
                        ];
                        return false;
                      }
                      var valid0 = _errs14 === errors;
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
    } else {
      validate147.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate147.errors = vErrors;
  return errors === 0;
}
validate147.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema51 = {
  title: "the caps of the organisation",
  type: "object",
  additionalProperties: false,
  required: ["maxDurationSeconds", "startWithinSeconds", "approvalValidForSeconds", "bulkRemovals"],
  properties: {
    maxDurationSeconds: { $ref: "#/$defs/seconds" },
    startWithinSeconds: {
      title: "a whole number from 1 to 3155760000",
      type: "integer",
      minimum: 1,
      maximum: 3155760000,
    },
    approvalValidForSeconds: {
      title: "a whole number from 1 to 3155760000",
      type: "integer",
      minimum: 1,
      maximum: 3155760000,
    },
    bulkRemovals: {
      title: "the breaker",
      type: "object",
      additionalProperties: false,
      required: ["count", "percent"],
      properties: {
        count: { title: "a whole number from 0 to 100000", type: "integer", minimum: 0, maximum: 100000 },
        percent: { title: "a whole number from 0 to 100", type: "integer", minimum: 0, maximum: 100 },
      },
    },
  },
};

function validate151(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate151.evaluated;
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
        (data.maxDurationSeconds === undefined && (missing0 = "maxDurationSeconds")) ||
        (data.startWithinSeconds === undefined && (missing0 = "startWithinSeconds")) ||
        (data.approvalValidForSeconds === undefined && (missing0 = "approvalValidForSeconds")) ||
        (data.bulkRemovals === undefined && (missing0 = "bulkRemovals"))
      ) {
        validate151.errors = [
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
          if (!(
            key0 === "maxDurationSeconds" ||
            key0 === "startWithinSeconds" ||
            key0 === "approvalValidForSeconds" ||
            key0 === "bulkRemovals"
          )) {
            validate151.errors = [
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
          if (data.maxDurationSeconds !== undefined) {
            const _errs2 = errors;
            if (
              !validate109(data.maxDurationSeconds, {
                instancePath: instancePath + "/maxDurationSeconds",
                parentData: data,
                parentDataProperty: "maxDurationSeconds",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.startWithinSeconds !== undefined) {
              let data1 = data.startWithinSeconds;
              const _errs3 = errors;
              if (!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
                validate151.errors = [
                  {
                    instancePath: instancePath + "/startWithinSeconds",
                    schemaPath: "#/properties/startWithinSeconds/type",
                    keyword: "type",
                    params: { type: "integer" },
                    message: "must be integer",
                  },
                ];
                return false;
              }
              if (errors === _errs3) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 > 3155760000 || isNaN(data1)) {
                    validate151.errors = [
                      {
                        instancePath: instancePath + "/startWithinSeconds",
                        schemaPath: "#/properties/startWithinSeconds/maximum",
                        keyword: "maximum",
                        params: { comparison: "<=", limit: 3155760000 },
                        message: "must be <= 3155760000",
                      },
                    ];
                    return false;
                  } else {
                    if (data1 < 1 || isNaN(data1)) {
                      validate151.errors = [
                        {
                          instancePath: instancePath + "/startWithinSeconds",
                          schemaPath: "#/properties/startWithinSeconds/minimum",
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
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.approvalValidForSeconds !== undefined) {
                let data2 = data.approvalValidForSeconds;
                const _errs5 = errors;
                if (!(typeof data2 == "number" && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
                  validate151.errors = [
                    {
                      instancePath: instancePath + "/approvalValidForSeconds",
                      schemaPath: "#/properties/approvalValidForSeconds/type",
                      keyword: "type",
                      params: { type: "integer" },
                      message: "must be integer",
                    },
                  ];
                  return false;
                }
                if (errors === _errs5) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 > 3155760000 || isNaN(data2)) {
                      validate151.errors = [
                        {
                          instancePath: instancePath + "/approvalValidForSeconds",
                          schemaPath: "#/properties/approvalValidForSeconds/maximum",
                          keyword: "maximum",
                          params: { comparison: "<=", limit: 3155760000 },
                          message: "must be <= 3155760000",
                        },
                      ];
                      return false;
                    } else {
                      if (data2 < 1 || isNaN(data2)) {
                        validate151.errors = [
                          {
                            instancePath: instancePath + "/approvalValidForSeconds",
                            schemaPath: "#/properties/approvalValidForSeconds/minimum",
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
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.bulkRemovals !== undefined) {
                  let data3 = data.bulkRemovals;
                  const _errs7 = errors;
                  if (errors === _errs7) {
                    if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
                      let missing1;
                      if (
                        (data3.count === undefined && (missing1 = "count")) ||
                        (data3.percent === undefined && (missing1 = "percent"))
                      ) {
                        validate151.errors = [
                          {
                            instancePath: instancePath + "/bulkRemovals",
                            schemaPath: "#/properties/bulkRemovals/required",
                            keyword: "required",
                            params: { missingProperty: missing1 },
                            message: "must have required property '" + missing1 + "'",
                          },
                        ];
                        return false;
                      } else {
                        const _errs9 = errors;
                        for (const key1 in data3) {
                          if (!(key1 === "count" || key1 === "percent")) {
                            validate151.errors = [
                              {
                                instancePath: instancePath + "/bulkRemovals",
                                schemaPath: "#/properties/bulkRemovals/additionalProperties",
                                keyword: "additionalProperties",
                                params: { additionalProperty: key1 },
                                message: "must NOT have additional properties",
                              },
                            ];
                            return false;
                            break;
                          }
                        }
                        if (_errs9 === errors) {
                          if (data3.count !== undefined) {
                            let data4 = data3.count;
                            const _errs10 = errors;
                            if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
                              validate151.errors = [
                                {
                                  instancePath: instancePath + "/bulkRemovals/count",
                                  schemaPath: "#/properties/bulkRemovals/properties/count/type",
                                  keyword: "type",
                                  params: { type: "integer" },
                                  message: "must be integer",
                                },
                              ];
                              return false;
                            }
                            if (errors === _errs10) {
                              if (typeof data4 == "number" && isFinite(data4)) {
                                if (data4 > 100000 || isNaN(data4)) {
                                  validate151.errors = [
                                    {
                                      instancePath: instancePath + "/bulkRemovals/count",
                                      schemaPath: "#/properties/bulkRemovals/properties/count/maximum",
                                      keyword: "maximum",
                                      params: { comparison: "<=", limit: 100000 },
                                      message: "must be <= 100000",
                                    },
                                  ];
                                  return false;
                                } else {
                                  if (data4 < 0 || isNaN(data4)) {
                                    validate151.errors = [
                                      {
                                        instancePath: instancePath + "/bulkRemovals/count",
                                        schemaPath: "#/properties/bulkRemovals/properties/count/minimum",
                                        keyword: "minimum",
                                        params: { comparison: ">=", limit: 0 },
                                        message: "must be >= 0",
                                      },
                                    ];
                                    return false;
                                  }
                                }
                              }
                            }
                            var valid1 = _errs10 === errors;
                          } else {
                            var valid1 = true;
                          }
                          if (valid1) {
                            if (data3.percent !== undefined) {
                              let data5 = data3.percent;
                              const _errs12 = errors;
                              if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
                                validate151.errors = [
                                  {
                                    instancePath: instancePath + "/bulkRemovals/percent",
                                    schemaPath: "#/properties/bulkRemovals/properties/percent/type",
                                    keyword: "type",
                                    params: { type: "integer" },
                                    message: "must be integer",
                                  },
                                ];
                                return false;
                              }
                              if (errors === _errs12) {
                                if (typeof data5 == "number" && isFinite(data5)) {
                                  if (data5 > 100 || isNaN(data5)) {
                                    validate151.errors = [
                                      {
                                        instancePath: instancePath + "/bulkRemovals/percent",
                                        schemaPath: "#/properties/bulkRemovals/properties/percent/maximum",
                                        keyword: "maximum",
                                        params: { comparison: "<=", limit: 100 },
                                        message: "must be <= 100",
                                      },
                                    ];
                                    return false;
                                  } else {
                                    if (data5 < 0 || isNaN(data5)) {
                                      validate151.errors = [
                                        {
                                          instancePath: instancePath + "/bulkRemovals/percent",
                                          schemaPath: "#/properties/bulkRemovals/properties/percent/minimum",
                                          keyword: "minimum",
                                          params: { comparison: ">=", limit: 0 },
                                          message: "must be >= 0",
                                        },
                                      ];
                                      return false;
                                    }
                                  }
                                }
                              }
                              var valid1 = _errs12 === errors;
                            } else {
                              var valid1 = true;
                            }
                          }
                        }
                      }
                    } else {
                      validate151.errors = [
                        {
                          instancePath: instancePath + "/bulkRemovals",
                          schemaPath: "#/properties/bulkRemovals/type",
                          keyword: "type",
                          params: { type: "object" },
                          message: "must be object",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate151.errors = [
        { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" },
      ];
      return false;
    }
  }
  validate151.errors = vErrors;
  return errors === 0;
}
validate151.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate52(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  /*# sourceURL="https://leasehold.dev/schemas/manifest.v1.json" */ let vErrors = null;
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
      if (
        (data.manifestVersion === undefined && (missing0 = "manifestVersion")) ||
        (data.users === undefined && (missing0 = "users")) ||
        (data.groups === undefined && (missing0 = "groups")) ||
        (data.serviceAccounts === undefined && (missing0 = "serviceAccounts")) ||
        (data.resources === undefined && (missing0 = "resources")) ||
        (data.connections === undefined && (missing0 = "connections")) ||
        (data.guardrails === undefined && (missing0 = "guardrails")) ||
        (data.maskingRules === undefined && (missing0 = "maskingRules")) ||
        (data.rules === undefined && (missing0 = "rules")) ||
        (data.policyApproval === undefined && (missing0 = "policyApproval")) ||
        (data.gateways === undefined && (missing0 = "gateways")) ||
        (data.approvals === undefined && (missing0 = "approvals")) ||
        (data.limits === undefined && (missing0 = "limits")) ||
        (data.protected === undefined && (missing0 = "protected"))
      ) {
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
          if (!func1.call(schema19.properties, key0)) {
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
          if (data.manifestVersion !== undefined) {
            const _errs2 = errors;
            if (1 !== data.manifestVersion) {
              validate52.errors = [
                {
                  instancePath: instancePath + "/manifestVersion",
                  schemaPath: "#/properties/manifestVersion/const",
                  keyword: "const",
                  params: { allowedValue: 1 },
                  message: "must be equal to constant",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.users !== undefined) {
              let data1 = data.users;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (Array.isArray(data1)) {
                  if (data1.length > 200000) {
                    validate52.errors = [
                      {
                        instancePath: instancePath + "/users",
                        schemaPath: "#/properties/users/maxItems",
                        keyword: "maxItems",
                        params: { limit: 200000 },
                        message: "must NOT have more than 200000 items",
                      },
                    ];
                    return false;
                  } else {
                    var valid1 = true;
                    const len0 = data1.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs5 = errors;
                      if (
                        !validate53(data1[i0], {
                          instancePath: instancePath + "/users/" + i0,
                          parentData: data1,
                          parentDataProperty: i0,
                          rootData,
                          dynamicAnchors,
                        })
                      ) {
                        vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
                        errors = vErrors.length;
                      }
                      var valid1 = _errs5 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  }
                } else {
                  validate52.errors = [
                    {
                      instancePath: instancePath + "/users",
                      schemaPath: "#/properties/users/type",
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
              if (data.groups !== undefined) {
                let data3 = data.groups;
                const _errs6 = errors;
                if (errors === _errs6) {
                  if (Array.isArray(data3)) {
                    if (data3.length > 20000) {
                      validate52.errors = [
                        {
                          instancePath: instancePath + "/groups",
                          schemaPath: "#/properties/groups/maxItems",
                          keyword: "maxItems",
                          params: { limit: 20000 },
                          message: "must NOT have more than 20000 items",
                        },
                      ];
                      return false;
                    } else {
                      var valid2 = true;
                      const len1 = data3.length;
                      for (let i1 = 0; i1 < len1; i1++) {
                        const _errs8 = errors;
                        if (
                          !validate58(data3[i1], {
                            instancePath: instancePath + "/groups/" + i1,
                            parentData: data3,
                            parentDataProperty: i1,
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
                          errors = vErrors.length;
                        }
                        var valid2 = _errs8 === errors;
                        if (!valid2) {
                          break;
                        }
                      }
                    }
                  } else {
                    validate52.errors = [
                      {
                        instancePath: instancePath + "/groups",
                        schemaPath: "#/properties/groups/type",
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
                if (data.serviceAccounts !== undefined) {
                  let data5 = data.serviceAccounts;
                  const _errs9 = errors;
                  if (errors === _errs9) {
                    if (Array.isArray(data5)) {
                      if (data5.length > 100000) {
                        validate52.errors = [
                          {
                            instancePath: instancePath + "/serviceAccounts",
                            schemaPath: "#/properties/serviceAccounts/maxItems",
                            keyword: "maxItems",
                            params: { limit: 100000 },
                            message: "must NOT have more than 100000 items",
                          },
                        ];
                        return false;
                      } else {
                        var valid3 = true;
                        const len2 = data5.length;
                        for (let i2 = 0; i2 < len2; i2++) {
                          const _errs11 = errors;
                          if (
                            !validate65(data5[i2], {
                              instancePath: instancePath + "/serviceAccounts/" + i2,
                              parentData: data5,
                              parentDataProperty: i2,
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
                            errors = vErrors.length;
                          }
                          var valid3 = _errs11 === errors;
                          if (!valid3) {
                            break;
                          }
                        }
                      }
                    } else {
                      validate52.errors = [
                        {
                          instancePath: instancePath + "/serviceAccounts",
                          schemaPath: "#/properties/serviceAccounts/type",
                          keyword: "type",
                          params: { type: "array" },
                          message: "must be array",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.resources !== undefined) {
                    let data7 = data.resources;
                    const _errs12 = errors;
                    if (errors === _errs12) {
                      if (Array.isArray(data7)) {
                        if (data7.length > 100000) {
                          validate52.errors = [
                            {
                              instancePath: instancePath + "/resources",
                              schemaPath: "#/properties/resources/maxItems",
                              keyword: "maxItems",
                              params: { limit: 100000 },
                              message: "must NOT have more than 100000 items",
                            },
                          ];
                          return false;
                        } else {
                          var valid4 = true;
                          const len3 = data7.length;
                          for (let i3 = 0; i3 < len3; i3++) {
                            const _errs14 = errors;
                            if (
                              !validate69(data7[i3], {
                                instancePath: instancePath + "/resources/" + i3,
                                parentData: data7,
                                parentDataProperty: i3,
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
                              errors = vErrors.length;
                            }
                            var valid4 = _errs14 === errors;
                            if (!valid4) {
                              break;
                            }
                          }
                        }
                      } else {
                        validate52.errors = [
                          {
                            instancePath: instancePath + "/resources",
                            schemaPath: "#/properties/resources/type",
                            keyword: "type",
                            params: { type: "array" },
                            message: "must be array",
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
                    if (data.connections !== undefined) {
                      let data9 = data.connections;
                      const _errs15 = errors;
                      if (errors === _errs15) {
                        if (Array.isArray(data9)) {
                          if (data9.length > 200000) {
                            validate52.errors = [
                              {
                                instancePath: instancePath + "/connections",
                                schemaPath: "#/properties/connections/maxItems",
                                keyword: "maxItems",
                                params: { limit: 200000 },
                                message: "must NOT have more than 200000 items",
                              },
                            ];
                            return false;
                          } else {
                            var valid5 = true;
                            const len4 = data9.length;
                            for (let i4 = 0; i4 < len4; i4++) {
                              const _errs17 = errors;
                              if (
                                !validate80(data9[i4], {
                                  instancePath: instancePath + "/connections/" + i4,
                                  parentData: data9,
                                  parentDataProperty: i4,
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
                                errors = vErrors.length;
                              }
                              var valid5 = _errs17 === errors;
                              if (!valid5) {
                                break;
                              }
                            }
                          }
                        } else {
                          validate52.errors = [
                            {
                              instancePath: instancePath + "/connections",
                              schemaPath: "#/properties/connections/type",
                              keyword: "type",
                              params: { type: "array" },
                              message: "must be array",
                            },
                          ];
                          return false;
                        }
                      }
                      var valid0 = _errs15 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.guardrails !== undefined) {
                        let data11 = data.guardrails;
                        const _errs18 = errors;
                        if (errors === _errs18) {
                          if (Array.isArray(data11)) {
                            if (data11.length > 10000) {
                              validate52.errors = [
                                {
                                  instancePath: instancePath + "/guardrails",
                                  schemaPath: "#/properties/guardrails/maxItems",
                                  keyword: "maxItems",
                                  params: { limit: 10000 },
                                  message: "must NOT have more than 10000 items",
                                },
                              ];
                              return false;
                            } else {
                              var valid6 = true;
                              const len5 = data11.length;
                              for (let i5 = 0; i5 < len5; i5++) {
                                const _errs20 = errors;
                                if (
                                  !validate94(data11[i5], {
                                    instancePath: instancePath + "/guardrails/" + i5,
                                    parentData: data11,
                                    parentDataProperty: i5,
                                    rootData,
                                    dynamicAnchors,
                                  })
                                ) {
                                  vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                                  errors = vErrors.length;
                                }
                                var valid6 = _errs20 === errors;
                                if (!valid6) {
                                  break;
                                }
                              }
                            }
                          } else {
                            validate52.errors = [
                              {
                                instancePath: instancePath + "/guardrails",
                                schemaPath: "#/properties/guardrails/type",
                                keyword: "type",
                                params: { type: "array" },
                                message: "must be array",
                              },
                            ];
                            return false;
                          }
                        }
                        var valid0 = _errs18 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.maskingRules !== undefined) {
                          let data13 = data.maskingRules;
                          const _errs21 = errors;
                          if (errors === _errs21) {
                            if (Array.isArray(data13)) {
                              if (data13.length > 10000) {
                                validate52.errors = [
                                  {
                                    instancePath: instancePath + "/maskingRules",
                                    schemaPath: "#/properties/maskingRules/maxItems",
                                    keyword: "maxItems",
                                    params: { limit: 10000 },
                                    message: "must NOT have more than 10000 items",
                                  },
                                ];
                                return false;
                              } else {
                                var valid7 = true;
                                const len6 = data13.length;
                                for (let i6 = 0; i6 < len6; i6++) {
                                  const _errs23 = errors;
                                  if (
                                    !validate100(data13[i6], {
                                      instancePath: instancePath + "/maskingRules/" + i6,
                                      parentData: data13,
                                      parentDataProperty: i6,
                                      rootData,
                                      dynamicAnchors,
                                    })
                                  ) {
                                    vErrors =
                                      vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
                                    errors = vErrors.length;
                                  }
                                  var valid7 = _errs23 === errors;
                                  if (!valid7) {
                                    break;
                                  }
                                }
                              }
                            } else {
                              validate52.errors = [
                                {
                                  instancePath: instancePath + "/maskingRules",
                                  schemaPath: "#/properties/maskingRules/type",
                                  keyword: "type",
                                  params: { type: "array" },
                                  message: "must be array",
                                },
                              ];
                              return false;
                            }
                          }
                          var valid0 = _errs21 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.rules !== undefined) {
                            let data15 = data.rules;
                            const _errs24 = errors;
                            if (errors === _errs24) {
                              if (Array.isArray(data15)) {
                                if (data15.length > 20000) {
                                  validate52.errors = [
                                    {
                                      instancePath: instancePath + "/rules",
                                      schemaPath: "#/properties/rules/maxItems",
                                      keyword: "maxItems",
                                      params: { limit: 20000 },
                                      message: "must NOT have more than 20000 items",
                                    },
                                  ];
                                  return false;
                                } else {
                                  var valid8 = true;
                                  const len7 = data15.length;
                                  for (let i7 = 0; i7 < len7; i7++) {
                                    const _errs26 = errors;
                                    if (
                                      !validate103(data15[i7], {
                                        instancePath: instancePath + "/rules/" + i7,
                                        parentData: data15,
                                        parentDataProperty: i7,
                                        rootData,
                                        dynamicAnchors,
                                      })
                                    ) {
                                      vErrors =
                                        vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid8 = _errs26 === errors;
                                    if (!valid8) {
                                      break;
                                    }
                                  }
                                }
                              } else {
                                validate52.errors = [
                                  {
                                    instancePath: instancePath + "/rules",
                                    schemaPath: "#/properties/rules/type",
                                    keyword: "type",
                                    params: { type: "array" },
                                    message: "must be array",
                                  },
                                ];
                                return false;
                              }
                            }
                            var valid0 = _errs24 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.policyApproval !== undefined) {
                              let data17 = data.policyApproval;
                              const _errs27 = errors;
                              if (errors === _errs27) {
                                if (Array.isArray(data17)) {
                                  if (data17.length > 10) {
                                    validate52.errors = [
                                      {
                                        instancePath: instancePath + "/policyApproval",
                                        schemaPath: "#/properties/policyApproval/maxItems",
                                        keyword: "maxItems",
                                        params: { limit: 10 },
                                        message: "must NOT have more than 10 items",
                                      },
                                    ];
                                    return false;
                                  } else {
                                    if (data17.length < 1) {
                                      validate52.errors = [
                                        {
                                          instancePath: instancePath + "/policyApproval",
                                          schemaPath: "#/properties/policyApproval/minItems",
                                          keyword: "minItems",
                                          params: { limit: 1 },
                                          message: "must NOT have fewer than 1 items",
                                        },
                                      ];
                                      return false;
                                    } else {
                                      var valid9 = true;
                                      const len8 = data17.length;
                                      for (let i8 = 0; i8 < len8; i8++) {
                                        const _errs29 = errors;
                                        if (
                                          !validate136(data17[i8], {
                                            instancePath: instancePath + "/policyApproval/" + i8,
                                            parentData: data17,
                                            parentDataProperty: i8,
                                            rootData,
                                            dynamicAnchors,
                                          })
                                        ) {
                                          vErrors =
                                            vErrors === null ? validate136.errors : vErrors.concat(validate136.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid9 = _errs29 === errors;
                                        if (!valid9) {
                                          break;
                                        }
                                      }
                                    }
                                  }
                                } else {
                                  validate52.errors = [
                                    {
                                      instancePath: instancePath + "/policyApproval",
                                      schemaPath: "#/properties/policyApproval/type",
                                      keyword: "type",
                                      params: { type: "array" },
                                      message: "must be array",
                                    },
                                  ];
                                  return false;
                                }
                              }
                              var valid0 = _errs27 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.gateways !== undefined) {
                                let data19 = data.gateways;
                                const _errs30 = errors;
                                if (errors === _errs30) {
                                  if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
                                    if (Object.keys(data19).length > 100) {
                                      validate52.errors = [
                                        {
                                          instancePath: instancePath + "/gateways",
                                          schemaPath: "#/properties/gateways/maxProperties",
                                          keyword: "maxProperties",
                                          params: { limit: 100 },
                                          message: "must NOT have more than 100 properties",
                                        },
                                      ];
                                      return false;
                                    } else {
                                      for (const key1 in data19) {
                                        const _errs32 = errors;
                                        if (
                                          !validate59(key1, {
                                            instancePath: instancePath + "/gateways",
                                            parentData: data19,
                                            parentDataProperty: "gateways",
                                            rootData,
                                            dynamicAnchors,
                                          })
                                        ) {
                                          vErrors =
                                            vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid10 = _errs32 === errors;
                                        if (!valid10) {
                                          const err0 = {
                                            instancePath: instancePath + "/gateways",
                                            schemaPath: "#/properties/gateways/propertyNames",
                                            keyword: "propertyNames",
                                            params: { propertyName: key1 },
                                            message: "property name must be valid",
                                          };
                                          if (vErrors === null) {
                                            vErrors = [err0];
                                          } else {
                                            vErrors.push(err0);
                                          }
                                          errors++;
                                          validate52.errors = vErrors;
                                          return false;
                                          break;
                                        }
                                      }
                                      if (valid10) {
                                        for (const key2 in data19) {
                                          const _errs34 = errors;
                                          if (
                                            !validate147(data19[key2], {
                                              instancePath:
                                                instancePath +
                                                "/gateways/" +
                                                key2.replace(/~/g, "~0").replace(/\//g, "~1"),
                                              parentData: data19,
                                              parentDataProperty: key2,
                                              rootData,
                                              dynamicAnchors,
                                            })
                                          ) {
                                            vErrors =
                                              vErrors === null
                                                ? validate147.errors
                                                : vErrors.concat(validate147.errors);
                                            errors = vErrors.length;
                                          }
                                          var valid11 = _errs34 === errors;
                                          if (!valid11) {
                                            break;
                                          }
                                        }
                                      }
                                    }
                                  } else {
                                    validate52.errors = [
                                      {
                                        instancePath: instancePath + "/gateways",
                                        schemaPath: "#/properties/gateways/type",
                                        keyword: "type",
                                        params: { type: "object" },
                                        message: "must be object",
                                      },
                                    ];
                                    return false;
                                  }
                                }
                                var valid0 = _errs30 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.approvals !== undefined) {
                                  let data21 = data.approvals;
                                  const _errs35 = errors;
                                  if (!(data21 === "local" || data21 === "github")) {
                                    validate52.errors = [
                                      {
                                        instancePath: instancePath + "/approvals",
                                        schemaPath: "#/properties/approvals/enum",
                                        keyword: "enum",
                                        params: { allowedValues: schema19.properties.approvals.enum },
                                        message: "must be equal to one of the allowed values",
                                      },
                                    ];
                                    return false;
                                  }
                                  var valid0 = _errs35 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.limits !== undefined) {
                                    const _errs36 = errors;
                                    if (
                                      !validate151(data.limits, {
                                        instancePath: instancePath + "/limits",
                                        parentData: data,
                                        parentDataProperty: "limits",
                                        rootData,
                                        dynamicAnchors,
                                      })
                                    ) {
                                      vErrors =
                                        vErrors === null ? validate151.errors : vErrors.concat(validate151.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid0 = _errs36 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                  if (valid0) {
                                    if (data.protected !== undefined) {
                                      let data23 = data.protected;
                                      const _errs37 = errors;
                                      if (errors === _errs37) {
                                        if (Array.isArray(data23)) {
                                          if (data23.length > 1000) {
                                            validate52.errors = [
                                              {
                                                instancePath: instancePath + "/protected",
                                                schemaPath: "#/properties/protected/maxItems",
                                                keyword: "maxItems",
                                                params: { limit: 1000 },
                                                message: "must NOT have more than 1000 items",
                                              },
                                            ];
                                            return false;
                                          } else {
                                            var valid12 = true;
                                            const len9 = data23.length;
                                            for (let i9 = 0; i9 < len9; i9++) {
                                              const _errs39 = errors;
                                              if (
                                                !validate106(data23[i9], {
                                                  instancePath: instancePath + "/protected/" + i9,
                                                  parentData: data23,
                                                  parentDataProperty: i9,
                                                  rootData,
                                                  dynamicAnchors,
                                                })
                                              ) {
                                                vErrors =
                                                  vErrors === null
                                                    ? validate106.errors
                                                    : vErrors.concat(validate106.errors);
                                                errors = vErrors.length;
                                              }
                                              var valid12 = _errs39 === errors;
                                              if (!valid12) {
                                                break;
                                              }
                                            }
                                          }
                                        } else {
                                          validate52.errors = [
                                            {
                                              instancePath: instancePath + "/protected",
                                              schemaPath: "#/properties/protected/type",
                                              keyword: "type",
                                              params: { type: "array" },
                                              message: "must be array",
                                            },
                                          ];
                                          return false;
                                        }
                                      }
                                      var valid0 = _errs37 === errors;
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
