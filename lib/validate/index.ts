/** Requests held against the rules, with every problem at its place in the files. */
export { checkRequests, type CheckInput } from "./check-requests";
export type { CheckedRequest } from "./checked-request";
