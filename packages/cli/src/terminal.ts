import type { Readable, Writable } from 'node:stream';

/** Everything the command line touches of its process, so that tests run commands inside theirs. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** Data and nothing else. */
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Progress, warnings, errors. */
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C and SIGTERM; commands stop cleanly. */
  readonly signal: AbortSignal;
}

/** Writes respecting back pressure, so that `consume | head` neither fills memory nor fails. */
export async function writeAll(stream: Writable, text: string | Uint8Array): Promise<void> {
  if (stream.destroyed || stream.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done).off('error', done);
      resolve();
    };
    stream.on('drain', done).on('close', done).on('error', done);
  });
}
