import type { RowState } from "../access-row";

/** How a state looks on the page: its class, a sign for those who see no colour, and its word. */
export interface StateLook {
  readonly className: "active" | "soon" | "overdue" | "waiting" | "ended";
  readonly sign: string;
  readonly word: string;
}

/** The look of every state. */
export const stateLooks: Readonly<Record<RowState, StateLook>> = {
  active: { className: "active", sign: "●", word: "active" },
  "ending soon": { className: "soon", sign: "▲", word: "ending soon" },
  overdue: { className: "overdue", sign: "✖", word: "overdue" },
  starting: { className: "waiting", sign: "◐", word: "starting" },
  waiting: { className: "waiting", sign: "○", word: "waiting" },
  ended: { className: "ended", sign: "■", word: "ended" },
  rejected: { className: "ended", sign: "⊘", word: "never started" },
};
