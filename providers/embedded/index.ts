/** The embedded gateway: the server that ships in this package, and the client's end of its sessions. */
export { type GatewayOptions, type RunningGateway, startGateway } from "./start";
export { type GatewayKeys, keyNames } from "./first-start";
export { type Accidents, type Behaviour, embeddedBehaviour, embeddedVersion, type LicenceLimits } from "./behaviour";
export { checkTunnel, openTunnel, type Tunnel, type TunnelEnd, type TunnelOptions, whyEnded } from "./tunnel/open";
export { type ListenOptions, listenTunnel, type TunnelEvent, type TunnelListener } from "./tunnel/listen";
export type { GatewayCall } from "./tunnel/call";
