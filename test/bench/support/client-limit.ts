/** Why an apply and a drain stay behind the gateway's maximum: told with P5 and P8, where that bar is not reached. */
export const clientLimit = [
  "The processor of the reconciler is busy while the gateway waits. By processor time, measured beside each other on a busy machine: a grant of three calls costs the gateway 0.93 ms, autocannon 0.56 ms, and the reconciler 1.7 ms, two thirds of it in its HTTP client.",
  "A call through axios takes 0.20 ms, one through Node's own client 0.08 ms (least of six rounds of 2,000 calls, 8 at a time).",
  "Two designs for the client: one abort controller for both reasons to stop, under an Axios of our own options alone (in use; 0.25 ms before); an adapter of our own under axios, on node:http (0.15 ms: a tenth of a grant, which does not reach the bar either; not taken, since axios' adapter guards what it would not).",
  "And for the rest: outcomes recorded while later calls go on, ids looked up without a walk over everything, and a client on node:http, taken back since the house uses axios. Threads for the calls would have to share two cores with the gateway.",
].join(" ");
