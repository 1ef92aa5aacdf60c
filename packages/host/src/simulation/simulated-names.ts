import { systemError } from '../system-error.ts';

/** The name server of a simulation: hosts are known by their own names, which are their addresses, and by these. */
export class SimulatedNames {
  readonly #addresses = new Map<string, readonly string[]>();

  /** From now on the name stands for these hosts; for none, it cannot be found. */
  set(name: string, hosts: readonly string[]): void {
    this.#addresses.set(name, [...hosts]);
  }

  /** @throws Error `ENOTFOUND` */
  addressesOf(name: string): readonly string[] {
    const found = this.#addresses.get(name) ?? [name];
    if (found.length === 0) throw systemError('ENOTFOUND', { syscall: 'getaddrinfo', address: name });
    return found;
  }

  /** The first name that stands for this host alone, or its own. */
  canonicalName(host: string): string {
    const own = [...this.#addresses].find(([, hosts]) => hosts.length === 1 && hosts[0] === host);
    return own?.[0] ?? host;
  }
}
