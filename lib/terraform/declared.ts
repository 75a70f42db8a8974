import { Connection, Resource, type AccessApp } from "../constructs";
import type { DeclaredLevels } from "../model/level-faults";

/** The levels of an app as its constructs say them, for a program that makes Terraform's stacks and no Manifest. */
export function declaredLevels(app: AccessApp): DeclaredLevels {
  return {
    resources: app.declarations.flatMap((one) => {
      if (!(one instanceof Resource)) return [];
      const { resourceName, kind, labels, gateway = "main", host, port, cluster } = one;
      return [
        {
          name: resourceName,
          path: one.node.path,
          kind,
          class: one.class,
          labels,
          gateway,
          ...(host === undefined ? {} : { host }),
          ...(port === undefined ? {} : { port }),
          ...(cluster === undefined ? {} : { cluster }),
        },
      ];
    }),
    connections: app.declarations.flatMap((one) => {
      if (!(one instanceof Connection)) return [];
      const {
        connectionId: id,
        resourceName: resource,
        level,
        gatewayName,
        settings,
        secrets,
        command,
        privileges,
      } = one;
      const path = one.node.path;
      const plain = { id, path, resource, level, gatewayName, settings, secrets, command };
      return [{ ...plain, guardrails: [], maskingRules: [], ...(privileges === undefined ? {} : { privileges }) }];
    }),
  };
}
