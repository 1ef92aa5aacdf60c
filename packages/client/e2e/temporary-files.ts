import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files that another process reads, until they are disposed of. */
export class TemporaryFiles implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'millrace-client-'));

  write(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}
