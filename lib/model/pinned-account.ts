/** Which numeric user id each declared login had when it was pinned. */
export interface PinnedAccount {
  /** The User's e-mail. */
  readonly person: string;
  readonly login: string;
  readonly id: number;
}
