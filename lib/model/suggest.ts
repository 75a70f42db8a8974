/**
 * The name that somebody probably meant: the candidate with the fewest edits, if they are few against
 * its length; on a tie the first. Ignores case. Undefined when nothing is near.
 */
export function trySuggest(seen: string, candidates: Iterable<string>): string | undefined {
  const wanted = seen.toLowerCase();
  const most = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  if (wanted.length > longest) return undefined;
  let best: string | undefined;
  let bestEdits = most + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestEdits || candidate.length > longest) continue;
    const edits = editDistance(wanted, candidate.toLowerCase(), bestEdits);
    if (edits < bestEdits) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/** `, did you mean X?` for the end of a sentence; empty when nothing is near. */
export function didYouMean(seen: string, candidates: Iterable<string>): string {
  const suggestion = trySuggest(seen, candidates);
  return suggestion === undefined ? "" : `, did you mean ${suggestion}?`;
}

/**
 * The e-mail that somebody probably meant. People of one house share a domain, which makes all of them
 * alike: what stands before it has to be near by itself.
 */
export function trySuggestEmail(seen: string, candidates: Iterable<string>): string | undefined {
  const domain = seen.slice(seen.indexOf("@"));
  const locals: string[] = [];
  const others: string[] = [];
  for (const candidate of candidates) {
    if (candidate.endsWith(domain)) locals.push(candidate.slice(0, -domain.length));
    else others.push(candidate);
  }
  const local = trySuggest(seen.slice(0, -domain.length), locals);
  return local === undefined ? trySuggest(seen, others) : `${local}${domain}`;
}

/** Longer texts are no typing slips, and comparing them is slow. */
const longest = 300;

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment); gives up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (!same && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= limit) return limit;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit;
}
