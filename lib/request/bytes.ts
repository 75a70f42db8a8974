/** Bytes of a text in UTF-8; stops counting past `most`, where it gives some larger number. */
export function byteLength(text: string, most: number): number {
  return text.length > most ? text.length : Buffer.byteLength(text, "utf8");
}
