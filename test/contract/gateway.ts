import type { Clock, Http, Provider, Secrets } from "../../lib/ports";

/** A live line through a gateway under test. */
export interface LiveLine {
  /** Whether bytes still pass; a line that was cut is given a moment to notice. */
  isOpen(): Promise<boolean>;
  close(): Promise<void>;
}

/** A gateway that the contract is held to, with what the suite needs beyond the Provider itself. */
export interface GatewayUnderTest {
  readonly name: string;
  readonly installation: string;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** A Provider on this gateway; of another installation, or over a tampered network, where asked. */
  provider(options?: { readonly installation?: string; readonly http?: (inner: Http) => Http }): Provider;
  /** Where Connections of the suite lead to. */
  readonly target: { readonly host: string; readonly port: number };
  /** Public keys of everybody, where the Provider seals secrets to them. */
  readonly keys?: readonly string[];
  addUser(email: string, options?: { readonly active?: boolean }): Promise<void>;
  /** Somebody else grants access directly. */
  plantLease(lease: {
    readonly person: string;
    readonly connection: string;
    readonly seconds: number;
    readonly correlation?: string;
  }): Promise<void>;
  /** Somebody else makes a connection, a guardrail or a masking rule. */
  plantObject(kind: "connection" | "guardrail", name: string): Promise<void>;
  /** Somebody ends a lease directly at the gateway. */
  endDirectly(ref: string): Promise<void>;
  /** Everything at the gateway that is not of the suite's installation, as text. */
  foreign(): Promise<string>;
  /** Whether this person would be let in now. */
  isLetIn(person: string, connection: string): Promise<boolean>;
  /** The leases of ours of a pair that let in or could, counted without the Provider. */
  countLeases(person: string, connection: string): Promise<number>;
  /** Opens a line; undefined when the gateway refuses. */
  openLine(person: string, connection: string): Promise<LiveLine | undefined>;
  /** Lets time pass for gateway and Provider alike. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}
