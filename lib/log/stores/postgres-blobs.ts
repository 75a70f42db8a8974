import { failure } from "../../errors";
import { digestOfText, type Digest } from "../../model/canonical";
import type { Sql } from "../../ports";
import { isDigest } from "../shape";
import { checkBlob, verifiedBlob } from "./blob";
import { rowsOf } from "./postgres-failure";

/** Keeps a text by its digest. Throws E607 when another text is there under it: a writer may not take that away. */
export async function putPostgresBlob(sql: Sql, text: string): Promise<Digest> {
  checkBlob(text);
  const digest = digestOfText(text);
  const isThere = rowsOf(await sql.query({ text: intactSql, values: [digest] }))[0]?.["intact"];
  if (isThere === true) return digest;
  if (isThere === false) {
    throw failure("E607", {
      detail: `${sql.address}: the row ${digest} of leasehold.blobs is not what was stored`,
      fix: "as the owner of the tables, look at that row and delete it; then run the command again",
    });
  }
  rowsOf(await sql.query({ text: putSql, values: [digest, Buffer.from(text, "utf8")] }));
  return digest;
}

/** The text of a digest; undefined when missing. Throws E607 when it was altered. */
export async function tryReadPostgresBlob(sql: Sql, digest: Digest): Promise<string | undefined> {
  if (!isDigest(digest)) throw failure("E900", { detail: "not a digest", fix: "please report this" });
  const [row] = rowsOf(await sql.query({ text: readSql, values: [digest] }));
  const body = row?.["body"];
  if (!(body instanceof Uint8Array)) return undefined;
  return verifiedBlob(digest, Buffer.from(body).toString("utf8"), `${sql.address}: leasehold.blobs`);
}

const intactSql = `
SELECT encode(sha256(body), 'hex') = digest AS intact FROM leasehold.blobs WHERE digest = $1::text`;

const putSql = `
INSERT INTO leasehold.blobs (digest, body) VALUES ($1::text, $2::bytea) ON CONFLICT (digest) DO NOTHING`;

const readSql = "SELECT body FROM leasehold.blobs WHERE digest = $1::text";
