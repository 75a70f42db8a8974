/** Who did something, as the Log records it. */
export interface Actor {
  /** An e-mail, `service:<name>`, a login on GitHub, or `leasehold` for the reconciler itself. */
  readonly id: string;
  /** The numeric user id on GitHub. */
  readonly githubId?: number;
  /** How we know: a gateway's token, GitHub, only what was typed, or our own work. */
  readonly authenticatedBy: "gateway" | "github" | "unauthenticated" | "self";
}

/** The reconciler acting for itself. */
export const reconcilerActor: Actor = { id: "leasehold", authenticatedBy: "self" };
