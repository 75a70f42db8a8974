import type { Construct } from "constructs";
import { resourceClasses, resourceKinds, type ResourceClass, type ResourceKind } from "../model/resource";
import { isLabel } from "./condition";
import { Connection, type ConnectionProps } from "./connection";
import { Declaration } from "./declaration";
import { checkName, checkOneOf, checkWholeNumber, misuse } from "./misuse";

/** What a Resource is made with. */
export interface ResourceProps {
  /**
   * The name that opens the ids of its Connections (`<resource>/<level>`).
   * @default - the construct's id
   */
  readonly resourceName?: string;
  /** What it is: postgresql, mysql, mongodb, kubernetes, ssh, http or tcp. */
  readonly kind: ResourceKind;
  /** How much harm it can do: low, medium, high or critical. */
  readonly class: ResourceClass;
  /**
   * Labels that rules can match, e.g. `{ env: "staging" }`.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The gateway it stands behind: a name under `gateways:` of leasehold.yaml.
   * @default - the only gateway of the config, or `main`
   */
  readonly gateway?: string;
  /**
   * Where the gateway reaches it: a host name or an address.
   * @default - the gateway knows it
   */
  readonly host?: string;
  /**
   * Its port.
   * @default - the gateway knows it
   */
  readonly port?: number;
  /**
   * The PostgreSQL cluster that it is a database of; Resources of one cluster share its roles, host and port.
   * @default - a cluster of its own, under the name of the Resource
   */
  readonly cluster?: string;
}

/** A database, server, cluster or internal service that access is to. */
export class Resource extends Declaration {
  readonly resourceName: string;
  readonly kind: ResourceKind;
  readonly class: ResourceClass;
  readonly labels: Readonly<Record<string, string>>;
  /** As given; undefined stands for the default. */
  readonly gateway: string | undefined;
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** As given; undefined stands for one of its own. */
  readonly cluster: string | undefined;
  private readonly byLevel = new Map<string, Connection>();

  constructor(scope: Construct, id: string, props: ResourceProps) {
    super(scope, id);
    const { gateway, host, port, cluster, labels = {} } = props;
    this.resourceName = checkName(`the name of resource \`${id}\``, props.resourceName ?? id);
    this.kind = checkOneOf(`\`kind\` of resource \`${id}\``, props.kind, resourceKinds);
    this.class = checkOneOf(`\`class\` of resource \`${id}\``, props.class, resourceClasses);
    if (gateway !== undefined) checkName(`\`gateway\` of resource \`${id}\``, gateway);
    if (host !== undefined && !hostPattern.test(host)) {
      throw misuse(`\`host\` of resource \`${id}\``, "a host name or an address, without a port", host);
    }
    if (port !== undefined) checkWholeNumber(`\`port\` of resource \`${id}\``, port, 1, 65_535);
    if (cluster !== undefined) checkName(`\`cluster\` of resource \`${id}\``, cluster);
    for (const label of Object.entries(labels).flat()) {
      if (!isLabel(label)) throw misuse(`\`labels\` of resource \`${id}\``, "short ASCII keys and values", label);
    }
    this.labels = { ...labels };
    this.gateway = gateway;
    this.host = host;
    this.port = port;
    this.cluster = cluster;
  }

  /** Declares one way in at a level: `read`, `write`, `admin`, or a name of the house. */
  connection(level: string, props: ConnectionProps = {}): Connection {
    const connection = new Connection(this, level, props);
    this.byLevel.set(level, connection);
    return connection;
  }

  /** The Connection of a level; throws E203 when there is none. */
  findConnection(level: string): Connection {
    const connection = this.tryFindConnection(level);
    if (connection !== undefined) return connection;
    const known = [...this.byLevel.keys()].map((one) => `\`${one}\``).join(", ") || "declared first; it has none";
    throw misuse(`a level of resource \`${this.resourceName}\``, `one of ${known}`, level);
  }

  /** The Connection of a level, or undefined. */
  tryFindConnection(level: string): Connection | undefined {
    return this.byLevel.get(level);
  }
}

// RFC 1123 names, IPv4, and IPv6 without brackets.
const hostPattern =
  /^(?=.{1,253}$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*|[0-9A-Fa-f:]{2,39}(?:\.\d{1,3}){0,3})$/;
