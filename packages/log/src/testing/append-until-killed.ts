import { spawn } from 'node:child_process';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./appending-process.ts', import.meta.url));

/**
 * Runs a process that appends to the log in `directory`, and kills it with SIGKILL after so many acknowledgements.
 * @param flushMessages '1' to acknowledge only what is on the disk.
 * @returns the end offset of the last acknowledgement that was printed
 */
export function appendUntilKilled(
  directory: string,
  flushMessages: string,
  acknowledgements: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(execPath, ['--conditions=@millrace/source', program, directory, flushMessages], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let [text, last, lines] = ['', 0, 0];
    child.stdout.on('data', (chunk: Buffer) => {
      const parts = (text + chunk.toString()).split('\n');
      text = parts.pop()!;
      lines += parts.length;
      for (const part of parts) last = Math.max(last, Number(part));
      if (lines >= acknowledgements) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve(last));
  });
}
