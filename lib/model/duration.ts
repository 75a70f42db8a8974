/**
 * A length of time in whole seconds; a value object, immutable. Days are 24 hours; months and years
 * do not exist, because their length depends on when they start.
 */
export class Duration {
  readonly seconds: number;

  private constructor(seconds: number) {
    if (!Number.isSafeInteger(seconds) || seconds < 1) {
      throw new RangeError(`Expected a duration of at least one whole second, got \`${seconds}\` s`);
    }
    this.seconds = seconds;
  }

  /** A duration of whole seconds; throws a RangeError unless that is a positive whole number. */
  static seconds(count: number): Duration {
    return new Duration(count);
  }

  /** A duration of minutes; see `seconds`. */
  static minutes(count: number): Duration {
    return new Duration(count * 60);
  }

  /** A duration of hours; see `seconds`. */
  static hours(count: number): Duration {
    return new Duration(count * 3600);
  }

  /** A duration of days of 24 hours; see `seconds`. */
  static days(count: number): Duration {
    return new Duration(count * 86_400);
  }

  /** Reads `2h`, `1h30m`, `90m`, `2d`, or ISO 8601 without months and years (`PT2H`, `P1DT12H`); throws a RangeError quoting the text. */
  static parse(text: string): Duration {
    const seconds = tryParseDuration(text);
    if (seconds === undefined) {
      throw new RangeError(`Expected a duration like \`2h\`, \`1h30m\` or \`PT2H\`, got \`${text}\``);
    }
    return new Duration(seconds);
  }

  /** The short form that `parse` reads: `2h`, `1h30m`. */
  toString(): string {
    return partsOf(this.seconds)
      .map(([count, unit]) => `${count}${unit}`)
      .join("");
  }

  /** The form for people: `2 h`, `1 h 30 min`. */
  toWords(): string {
    return durationWords(this.seconds);
  }
}

/** Whole seconds of `2h`, `1h30m`, `PT2H` and the like; undefined for anything else, for zero, and past a hundred years. */
export function tryParseDuration(text: string): number | undefined {
  const match = shortForm.exec(text) ?? isoForm.exec(text);
  if (match === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 5).map((n) => Number(n ?? 0));
  const total = days * 86_400 + hours * 3600 + minutes * 60 + seconds;
  return total >= 1 && total <= 36_525 * 86_400 ? total : undefined;
}

/** A number of seconds for people, two units at most: `45 s`, `2 h`, `1 h 30 min`, `3 d 4 h`. */
export function durationWords(seconds: number): string {
  const words = { d: "d", h: "h", m: "min", s: "s" } as const;
  const parts = partsOf(Math.max(0, Math.round(seconds))).slice(0, 2);
  return parts.length === 0 ? "0 s" : parts.map(([count, unit]) => `${count} ${words[unit]}`).join(" ");
}

const shortForm = /^(?=\d)(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
const isoForm = /^P(?=\d|T\d)(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;

function partsOf(seconds: number): [number, "d" | "h" | "m" | "s"][] {
  const all: [number, "d" | "h" | "m" | "s"][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor((seconds % 86_400) / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "m"],
    [seconds % 60, "s"],
  ];
  return all.filter(([count]) => count > 0);
}
