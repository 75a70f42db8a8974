/**
 * The deterministic simulator: the real core (plan, reconcile, log, the hoop Provider) on simulated ports, made from one
 * seed. One seed is one run: the same events in the same order, with the same digest, on any machine.
 *
 *     npm run simulate -- --seeds 20000 --from 0     plays seeds; what fails is made small and written as a test file
 *     npm run simulate -- --bars                     the bars of QUALITY.md at their full numbers
 *     npm run simulate:mutants                       plants known bugs and shows that each is noticed
 *
 * | word | meaning here |
 * |---|---|
 * | Chance | a stream of randomness; seed and purpose decide it, so that one purpose changes nothing for another |
 * | Turns | who is next: every call through a port waits for its turn, and exactly one thing happens at a time |
 * | Program | one run of a reconciler or of a person's command; dies or pauses at any call through a port |
 * | WallClock | what a machine or the gateway takes for the time; can jump and drift |
 * | SimulatedGateway | the hoop double's (or the embedded gateway's) own routes and decisions, without a socket |
 * | Network | between programs and gateway: calls lost, late, twice, spoilt, answered and not done |
 * | Disk | test/doubles/files: what is not synced may be lost or torn when the power fails |
 * | Script | what is to happen in a run, as a list of events made before it begins; any can be left out |
 * | People, Hands, Services | who asks, approves and gives back; a colleague at the gateway; reconcilers that keep going |
 * | Ledger | the oracle: what people did, and from when it may hold or certainly does |
 * | DurableChain | the Log as it would survive a power failure now, read without the fold |
 * | Checks | hold every record, effect, step and pass against the oracle |
 * | Violation | an invariant that does not hold; the table of them is in violation.ts |
 * | Run | one world with all of these in it, and the time that passes there |
 *
 * Folders: world/ the ports; play/ who does what; oracle/ what is right; checks/ the comparison; bars/ QUALITY.md's bars.
 * Where to begin reading: run.ts, then play/script.ts, then checks/checks.ts.
 */
export { play, run, Run, type RunReport, type Without } from "./run";
export { scriptOf, type Script } from "./play/script";
export { shrink, type SmallRun } from "./shrink";
export { invariants, Violation, type Invariant } from "./violation";
