/** Answers by URL with their ETags: GitHub does not count a call that is answered `304 Not Modified`. */
export interface AnswerCache {
  tryGet(url: string): CachedAnswer | undefined;
  put(url: string, answer: CachedAnswer): void;
}

/** An answer as GitHub gave it; it is checked again whenever it is used. */
export interface CachedAnswer {
  readonly etag: string;
  readonly body: unknown;
}

/** A cache in memory that forgets what was put in first. */
export function answerCache(most = 200): AnswerCache {
  const answers = new Map<string, CachedAnswer>();
  return {
    tryGet: (url) => answers.get(url),
    put: (url, answer) => {
      answers.delete(url);
      answers.set(url, answer);
      const [oldest] = answers.keys();
      if (answers.size > most && oldest !== undefined) answers.delete(oldest);
    },
  };
}
