import { connect, type Socket } from "node:net";

/** A person's open line to a service, through `leasehold connect`. */
export class Session {
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #said = "";
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.setEncoding("utf8");
    this.#socket.on("data", (text: string) => {
      this.#said += text;
      this.#wake();
    });
    this.#socket.on("error", () => this.#socket.destroy());
    this.#closed = new Promise((resolve) => this.#socket.once("close", () => resolve()));
  }

  /** Sends a line and waits for the line that answers it; rejects when the session ends instead or 10 s pass. */
  async ask(line: string): Promise<string> {
    this.#said = "";
    this.#socket.write(`${line}\n`);
    const answered = new Promise<void>((resolve) => (this.#wake = resolve));
    await withinSeconds(10, Promise.race([answered, this.#closed]), "no answer");
    if (this.#said === "") throw new Error("the session ended without an answer");
    return this.#said.trim();
  }

  /** Waits until the other side ends it; rejects after so many seconds. */
  dropped(seconds: number): Promise<void> {
    return withinSeconds(seconds, this.#closed, "the session is still open");
  }

  close(): void {
    this.#socket.destroy();
  }
}

async function withinSeconds<T>(seconds: number, work: Promise<T>, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} after ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
