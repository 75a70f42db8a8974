/** YAML text to located values to AccessRequests, and back. */
export { locate, type LocateOptions, type ValuePath } from "./locate";
export { canonicalReason, canonicalRequest, parseRequest, type RequestFile, type RequestParsing } from "./parse";
