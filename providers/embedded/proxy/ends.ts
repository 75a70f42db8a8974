/** Notes the end of every grant when it comes, so that no clock that goes back can undo it. */
import { isInForce } from "../decision/grant";
import type { Behaviour } from "../behaviour";
import type { Change, ReviewRow } from "../store/rows";
import type { Store } from "../store/store";
import type { GatewayTime } from "../time";
import { Deadlines } from "./deadlines";

/** The ends of grants of one gateway. */
export class GrantEnds {
  private readonly deadlines: Deadlines;

  constructor(
    private readonly store: Store,
    private readonly time: GatewayTime,
    private readonly behaviour: Behaviour,
  ) {
    this.deadlines = new Deadlines(time, (ids) => this.note(ids));
    if (behaviour.clockBackRevives) return;
    for (const review of store.view.table("reviews").all()) this.watch(review);
    store.onCommit((changes) => this.hear(changes));
    // What ended while the gateway was down ends before anybody can connect.
    this.check();
  }

  /** Notes what is due now; whoever decides or shows something calls it first. */
  check(): void {
    this.deadlines.check();
  }

  close(): void {
    this.deadlines.close();
  }

  private hear(changes: readonly Change[]): void {
    for (const change of changes) {
      if ("put" in change && change.table === "reviews") this.watch(change.put);
    }
  }

  private watch(review: ReviewRow): void {
    if (review.type === "jit" && review.status === "APPROVED" && !review.over && review.revokeAt !== null)
      this.deadlines.add(Math.ceil(review.revokeAt / 1000), review.id);
  }

  private note(ids: readonly string[]): void {
    const reviews = this.store.view.table("reviews");
    const over = ids.filter((id) => {
      const review = reviews.get(id);
      return review !== undefined && this.isNewlyOver(review);
    });
    if (over.length > 0) this.store.commit([{ over }]);
  }

  private isNewlyOver(review: ReviewRow): boolean {
    if (review.type !== "jit" || review.status !== "APPROVED" || review.over) return false;
    return !isInForce(review, this.time.nowMs(), this.behaviour);
  }
}
