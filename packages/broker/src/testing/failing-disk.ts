import { memoryHost, type Disk, type DiskFile, type Host } from '@millrace/host';

/** A host in memory whose disk refuses to write while `failure` is set, as a full or broken one does. */
export class FailingDiskHost {
  readonly host: Host;
  /** Code of the error that writing and syncing end in, for example `ENOSPC`. */
  failure: string | undefined;

  constructor() {
    const host = memoryHost();
    this.host = {
      clock: host.clock,
      timers: host.timers,
      random: host.random,
      network: host.network,
      disk: this.#failing(host.disk, ['writeFile', 'syncDirectory', 'makeDirectory']),
    };
  }

  #failing<Target extends Disk | DiskFile>(target: Target, names: readonly string[]): Target {
    return new Proxy(target, {
      get: (_, name) => {
        const value = target[name as keyof Target];
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...args: readonly unknown[]) => unknown;
        return (...args: readonly unknown[]) => {
          if (names.includes(String(name)) && this.failure !== undefined)
            return Promise.reject(this.#error(name));
          const result = method(...args);
          if (name !== 'open') return result;
          return (result as Promise<DiskFile>).then((file) => this.#failing(file, ['write', 'sync']));
        };
      },
    });
  }

  #error(name: string | symbol): Error {
    const code = this.failure!;
    return Object.assign(new Error(`${code}: refused, ${String(name)}`), { code, syscall: String(name) });
  }
}
