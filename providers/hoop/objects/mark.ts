/** How an object of ours says whose it is: a tag on Connections, the end of the description on all else. */

/** The tag of Connections that carries the installation. */
export const installationTag = "leasehold";

const markPattern = /^(?<text>[^]*?) ?\[leasehold=(?<installation>[a-z0-9-]{8,64})\]$/;

/** A description with the installation at its end. */
export function withMark(description: string, installation: string): string {
  return `${description === "" ? "" : `${description} `}[leasehold=${installation}]`;
}

/** Splits a description into its text and the installation at its end, if any. */
export function splitMark(description: string): { readonly text: string; readonly installation: string | undefined } {
  const groups = markPattern.exec(description)?.groups;
  return { text: groups?.["text"] ?? description, installation: groups?.["installation"] };
}
