/** A colleague with an admin's rights at the gateway, who does things there by hand, and people who connect. */
import type { HttpRequest } from "../../../lib/ports";
import type { ReviewRow } from "../../../providers/embedded/store/rows";
import type { Checks } from "../checks/checks";
import type { Ledger } from "../oracle/ledger";
import { connectionOf, gatewayNameOf, leads, people } from "../oracle/rules";
import type { World } from "../world/world";

/** Hands at the gateway. */
export class Hands {
  constructor(
    private readonly world: World,
    private readonly checks: Checks,
    private readonly ledger: Ledger,
  ) {}

  /** What is there before anybody heard of Leasehold. */
  async prepare(): Promise<void> {
    for (const email of [...people, ...leads]) await this.ask("POST", "/users", { email, name: email, groups: [] });
    await this.ask("POST", "/connections", foreignConnection("legacy-db", this.agent()));
    await this.ask("POST", "/sessions/provision", grantOf("alice@x.test", "legacy-db", 100_000));
  }

  /** Ends every grant of a pair. */
  async revoke(person: string, connection: string): Promise<void> {
    this.touch(person, connection);
    const row = this.world.gateway.view.table("connections").get(gatewayNameOf(connection));
    if (row === undefined) return;
    const reviews = (): readonly ReviewRow[] => [...this.world.gateway.view.reviewsOfPair(person, row.id)];
    const isOurs = this.checks.ours.inForce().some((one) => one.person === person && one.connection === connection);
    // Where calls were lost or late, or something is under way, a Lease may be made anew at any time.
    const isSure = isOurs && this.checks.isAtRest && !this.world.network.hadFaults;
    for (const review of reviews()) {
      if (review.status === "APPROVED") await this.ask("PUT", `/reviews/${review.id}`, { status: "REVOKED" });
    }
    // A revoke that is overtaken is answered like any other.
    if (isSure && reviews().every(({ status }) => status !== "APPROVED")) this.noteEnded(person, connection);
  }

  /** Approves again what has run out, as an admin can on hoop. */
  async approveAgain(person: string, connection: string): Promise<void> {
    this.touch(person, connection);
    const row = this.world.gateway.view.table("connections").get(gatewayNameOf(connection));
    if (row === undefined) return;
    const reviews = [...this.world.gateway.view.reviewsOfPair(person, row.id)];
    for (const review of reviews) {
      if (review.status === "APPROVED") await this.ask("PUT", `/reviews/${review.id}`, { status: "APPROVED" });
    }
  }

  /** Grants somebody something past Leasehold. */
  async grant(person: string, connection: string, seconds: number): Promise<void> {
    this.touch(person, connection);
    await this.ask("POST", "/sessions/provision", grantOf(person, gatewayNameOf(connection), seconds));
  }

  /** Takes the gate away, or one Connection from behind it. */
  async openGate(): Promise<void> {
    await this.ask("DELETE", "/access-requests/rules/leasehold-gate");
  }

  /** Deletes a Connection, and with it what was granted on it. */
  async deleteConnection(connection: string): Promise<void> {
    for (const person of people) this.touch(person, connection);
    await this.ask("DELETE", `/connections/${gatewayNameOf(connection)}`);
  }

  /** Makes something of their own. */
  async makeConnection(name: string): Promise<void> {
    await this.ask("POST", "/connections", foreignConnection(name, this.agent()));
    await this.ask("POST", "/sessions/provision", grantOf("bob@x.test", name, 5_000));
  }

  /**
   * Somebody connects. On hoop the decision and the line are a moment apart, and a revoke may come in between; the embedded gateway
   * decides and has the line among those that it cuts in one go (providers/embedded/proxy/accept.ts).
   */
  connect(person: string, connection: string, raceMs: number): void {
    const { world } = this;
    const decision = world.gateway.decide(person, gatewayNameOf(connection));
    world.trace.add(world.turns.nowMs, person, `connects to ${connection}: ${decision.kind}`);
    if (decision.kind !== "enter") return;
    const enter = (): void => {
      const isThere = world.gateway.view.connectionById(decision.connection.id) !== undefined;
      if (!isThere) return;
      const line = world.gateway.enter(decision, world.turns.nowMs);
      world.trace.add(world.turns.nowMs, person, `is in on ${connection} (${line.session.slice(0, 8)})`);
    };
    if (world.parts.gateway === "embedded") enter();
    else world.turns.after(raceMs, enter);
  }

  private noteEnded(person: string, connection: string): void {
    const { ledger, checks, world } = this;
    for (const [id, life] of checks.chain.lives) {
      const grant = ledger.grant(id);
      const isOfPair = grant?.person === person && grant.connection === connection;
      if (isOfPair && life.phase === "active" && !life.endingIntended) ledger.endedByHand.set(id, world.turns.nowMs);
    }
  }

  /** Somebody is let in at the very moment in which a grant of theirs is revoked. */
  connectBeside(review: string, raceMs: number): void {
    const { world } = this;
    const row = world.gateway.view.table("reviews").get(review);
    const connection = row === undefined ? undefined : world.gateway.view.connectionById(row.connectionId);
    if (row !== undefined && connection !== undefined)
      this.connect(row.userEmail, connectionOf(connection.name), raceMs);
  }

  private touch(person: string, connection: string): void {
    this.ledger.touch(person, connection, this.world.turns.nowMs);
  }

  private agent(): string {
    return [...this.world.gateway.view.table("agents").all()][0]?.id ?? "";
  }

  private async ask(method: HttpRequest["method"], path: string, body?: unknown): Promise<void> {
    const { world } = this;
    this.checks.meddled();
    const answer = await world.gateway.answer({
      method,
      url: `${world.gateway.url}/api${path}`,
      headers: { authorization: `Bearer ${world.gateway.keys.admin}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: 1_000,
      maxBytes: 1_000_000,
    });
    world.trace.add(world.turns.nowMs, "colleague", `${method} ${path} ${answer.status}`);
  }
}

function grantOf(user_email: string, connection: string, access_duration_sec: number): unknown {
  return { user_email, connection, access_duration_sec };
}

function foreignConnection(name: string, agent_id: string): unknown {
  return {
    name,
    resource_name: name,
    type: "application",
    subtype: "tcp",
    agent_id,
    command: [],
    secret: { "envvar:HOST": "MTI3LjAuMC4x", "envvar:PORT": "NTQzMg==" },
    reviewers: ["somebody"],
    access_mode_connect: "enabled",
    access_mode_exec: "disabled",
    access_mode_runbooks: "disabled",
    access_schema: "disabled",
    connection_tags: { team: "theirs" },
  };
}
