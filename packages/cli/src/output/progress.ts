import type { Host, Timer } from '@millrace/host';
import type { Terminal } from '../terminal.ts';

const INTERVAL_MS = 200;

/** One line on standard error that tells how long work is going, redrawn in place; silent where nobody watches. */
export class Progress implements Disposable {
  readonly #terminal: Terminal;
  readonly #host: Host;
  readonly #line: () => string;
  #timer: Timer | undefined;
  #drawn = false;

  constructor(terminal: Terminal, host: Host, line: () => string) {
    this.#terminal = terminal;
    this.#host = host;
    this.#line = line;
    if (terminal.stderr.isTTY === true) this.#arm();
  }

  #arm(): void {
    this.#timer = this.#host.timers.schedule(
      INTERVAL_MS,
      () => {
        this.#terminal.stderr.write(`\r\u001b[2K${this.#line()}`);
        this.#drawn = true;
        this.#arm();
      },
      { background: true },
    );
  }

  [Symbol.dispose](): void {
    this.#timer?.cancel();
    if (this.#drawn) this.#terminal.stderr.write('\r\u001b[2K');
  }
}
