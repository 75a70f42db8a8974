/** The machine's clock with a jump in it: real seconds pass, and a test can move it either way. */
export class TestClock {
  private offsetMs = 0;

  now(): string {
    return new Date(Date.now() + this.offsetMs).toISOString();
  }

  /** Moves the clock; negative goes back. */
  jump(ms: number): void {
    this.offsetMs += ms;
  }

  /** Moves the clock to the start of the next second, if it is past the middle of this one. */
  toSecondStart(): void {
    const within = (Date.now() + this.offsetMs) % 1000;
    this.offsetMs += 1000 - within;
  }
}
