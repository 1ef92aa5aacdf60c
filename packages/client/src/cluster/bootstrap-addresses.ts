import type { Network, Random, SocketAddress } from '@millrace/host';
import { InvalidConfigError } from '../errors.ts';

const PROPERTY = 'bootstrap.servers';

/** `host:port` entries, IPv6 in brackets, in an order of their own per client so that bootstrap load spreads. */
export function bootstrapAddresses(servers: readonly string[], random: Random): SocketAddress[] {
  if (servers.length === 0) throw new InvalidConfigError(PROPERTY, 'is empty; give at least one host:port');
  const addresses = servers.map(parseAddress);
  for (let index = addresses.length - 1; index > 0; index--) {
    const other = Math.floor(random.float() * (index + 1));
    [addresses[index], addresses[other]] = [addresses[other]!, addresses[index]!];
  }
  return addresses;
}

/** One for each address behind the names, by the name that this address has of its own; a name that is not found stays. */
export async function canonicalAddresses(
  network: Network,
  names: readonly SocketAddress[],
): Promise<SocketAddress[]> {
  const found = await Promise.all(
    names.map(async ({ host, port }) => {
      const addresses = (await network.resolve?.(host).catch(() => [host])) ?? [host];
      const hosts = await Promise.all(
        addresses.map((address) => network.canonicalName?.(address) ?? Promise.resolve(address)),
      );
      return hosts.map((name) => ({ host: name, port }));
    }),
  );
  const byText = new Map(found.flat().map((address) => [formatAddress(address), address]));
  return [...byText.values()];
}

function parseAddress(text: string): SocketAddress {
  const match = /^(?:[A-Za-z_]+:\/\/)?(?:\[([0-9a-fA-F:.%a-z]+)\]|([^:/\s]+)):(\d{1,5})$/.exec(text.trim());
  const port = Number(match?.[3]);
  if (match === null || port < 1 || port > 65_535) {
    throw new InvalidConfigError(PROPERTY, `has the entry ${JSON.stringify(text)}, which is not host:port`);
  }
  return { host: (match[1] ?? match[2])!, port };
}

export function formatAddress({ host, port }: SocketAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
