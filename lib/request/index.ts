/** YAML text to located values to AccessRequests, and back. */
export { loadFile, loadRequests, type LoadedFile, type LoadedRequests, type LoadInput } from "./load";
export type { LoadedRequest } from "./loaded-request";
export { locate, type LocateOptions, type ValuePath } from "./locate";
export { tryCanonicalRequest, parseRequest, type RequestFile, type RequestParsing } from "./parse";
export { openParseCache, type ParseCache, type ParseCacheInput, type StoredParseCache } from "./parse-cache";
export { writeRequest, type WriteOptions } from "./write";
export { governedDigest, governedFiles, isGoverned, type GovernedFiles, type TreeFile } from "./governed";
export { matchesGlob, tryParseGlob, type Glob } from "./glob";
