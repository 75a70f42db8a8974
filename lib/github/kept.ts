import type { GitHub } from "./open-github";

/** Things by the ids of Git, which never change: kept for one GitHub, the oldest forgotten first. */
export interface Kept<T> {
  tryGet(github: GitHub, id: string): T | undefined;
  put(github: GitHub, id: string, value: T): void;
}

/** Makes room for things; it goes with the GitHub that they are of. */
export function kept<T>(most: number): Kept<T> {
  const rooms = new WeakMap<GitHub, Map<string, T>>();
  return {
    tryGet: (github, id) => rooms.get(github)?.get(id),
    put: (github, id, value) => {
      const room = rooms.get(github) ?? new Map<string, T>();
      rooms.set(github, room);
      room.set(id, value);
      const [oldest] = room.keys();
      if (room.size > most && oldest !== undefined) room.delete(oldest);
    },
  };
}
