import type { Host } from '@millrace/host';
import type { VerifyProgress } from '@millrace/log/tools';
import { Progress } from '../output/progress.ts';
import type { Terminal } from '../terminal.ts';

const MEBIBYTE = 1048576;

/** The progress line of a verification. */
export class VerifyLine implements Disposable {
  readonly #progress: Progress;
  #last: VerifyProgress = { partition: '', doneBytes: 0, totalBytes: 0 };

  constructor(terminal: Terminal, host: Host, what: string) {
    this.#progress = new Progress(terminal, host, () => `${what} ${this.#text()}`);
  }

  update(progress: VerifyProgress): void {
    this.#last = progress;
  }

  [Symbol.dispose](): void {
    this.#progress[Symbol.dispose]();
  }

  #text(): string {
    const { partition, doneBytes, totalBytes } = this.#last;
    return `${partition}, ${mebibytes(doneBytes)} of ${mebibytes(totalBytes)} MiB`;
  }
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / MEBIBYTE);
}
