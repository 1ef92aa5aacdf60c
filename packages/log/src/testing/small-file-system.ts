import { spawnSync } from 'node:child_process';
import type { Host } from '@millrace/host';
import { temporaryDirectory } from './temporary-directory.ts';

/** A file system of its own, in memory, that fills up and can be made read-only. Needs root, and Linux. */
export class SmallFileSystem implements AsyncDisposable {
  readonly path: string;
  readonly #host: Host;

  private constructor(host: Host, path: string) {
    this.#host = host;
    this.path = path;
  }

  /** `undefined` where it cannot be mounted. */
  static async mount(host: Host, size: string): Promise<SmallFileSystem | undefined> {
    const path = await temporaryDirectory(host);
    if (run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path))
      return new SmallFileSystem(host, path);
    await host.disk.removeDirectory(path);
    return undefined;
  }

  /** @param options As after `mount -o remount`, for example `size=8m` or `ro`. */
  remount(options: string): void {
    if (!run('mount', '-o', `remount,${options}`, this.path)) throw new Error(`remount ${options} failed`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Files that are still open would make an ordinary unmount fail, and the mount outlive the test.
    run('umount', '--lazy', this.path);
    await this.#host.disk.removeDirectory(this.path);
  }
}

function run(command: string, ...parameters: readonly string[]): boolean {
  return spawnSync(command, parameters, { stdio: 'ignore' }).status === 0;
}
