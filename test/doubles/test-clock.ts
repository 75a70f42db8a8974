/** The machine's clock with a jump in it: real seconds pass, and a test can move it either way. */
export class TestClock {
  private offsetMs = 0;
  private slowSince: number | undefined;

  now(): string {
    return new Date(this.nowMs()).toISOString();
  }

  /** Moves the clock; negative goes back. */
  jump(ms: number): void {
    this.offsetMs += ms;
  }

  /** Moves the clock just into the next second and stays in it, a thousand times slower, until `goOn`: however busy the machine is. */
  staySecond(): void {
    this.offsetMs += 1001 - (this.nowMs() % 1000);
    this.slowSince = Date.now();
  }

  /** Real seconds pass again. */
  goOn(): void {
    this.offsetMs = this.nowMs() - Date.now();
    this.slowSince = undefined;
  }

  private nowMs(): number {
    const realMs = Date.now();
    if (this.slowSince === undefined) return realMs + this.offsetMs;
    return this.slowSince + Math.floor((realMs - this.slowSince) / 1000) + this.offsetMs;
  }
}
