import { InvalidConfigurationError } from '../errors.ts';
import {
  isSecurityProtocol,
  securityProtocols,
  type SecurityProtocol,
} from '../security/security-protocol.ts';
import type { BrokerPropertyValues } from './broker-properties.ts';

/** One address to listen on, or to tell clients. */
export interface ListenerAddress {
  /** Upper case, for example `PLAINTEXT` or `INTERNAL`. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** An address of this node that is secured in a certain way. */
export interface SecuredAddress extends ListenerAddress {
  readonly protocol: SecurityProtocol;
}

/** What a broker binds, and the fixed part of what it tells clients. */
export interface ListenerPlan {
  readonly bind: readonly SecuredAddress[];
  /** By listener name; names without an entry advertise what was bound. */
  readonly advertised: ReadonlyMap<string, ListenerAddress>;
}

/** Checks and combines the listener properties. @throws InvalidConfigurationError */
export function planListeners(config: BrokerPropertyValues): ListenerPlan {
  const all = parseAddresses('listeners', config.listeners);
  const controllerNames = new Set(config['controller.listener.names'].map(upperCase));
  const protocolOf = securityProtocolsByName(config['listener.security.protocol.map']);
  const bind = all
    .filter(({ name }) => !controllerNames.has(name))
    .map((address) => ({ ...address, protocol: protocolOf(address.name) }));
  if (bind.length === 0) throw new InvalidConfigurationError('listeners', 'names no listener for clients');
  const advertised = parseAddresses('advertised.listeners', config['advertised.listeners']);
  for (const { name, host, port } of advertised) {
    if (controllerNames.has(name)) continue;
    if (!bind.some((listener) => listener.name === name)) {
      throw new InvalidConfigurationError(
        'advertised.listeners',
        `has "${name}", which "listeners" does not have`,
      );
    }
    if (host === '' || isWildcard(host) || port === 0) {
      throw new InvalidConfigurationError(
        'advertised.listeners',
        `has ${name}://${host}:${port}, but clients need a host and a port they can connect to`,
      );
    }
  }
  return { bind, advertised: new Map(advertised.map((address) => [address.name, address])) };
}

/** What clients are told for a listener that was bound at `port`. */
export function advertisedAddress(
  plan: ListenerPlan,
  listener: SecuredAddress,
  port: number,
): SecuredAddress {
  const fixed = plan.advertised.get(listener.name);
  if (fixed !== undefined) return { ...fixed, protocol: listener.protocol };
  // A wildcard is no address one could connect to. Kafka insists on advertised.listeners then; a development node is
  // reached on loopback more often than not.
  const host = isWildcard(listener.host) || listener.host === '' ? 'localhost' : listener.host;
  return { name: listener.name, host, port, protocol: listener.protocol };
}

function parseAddresses(property: string, texts: readonly string[]): ListenerAddress[] {
  const addresses = texts.map((text) => parseAddress(property, text));
  const names = new Set<string>();
  for (const { name } of addresses) {
    if (names.has(name)) throw new InvalidConfigurationError(property, `has "${name}" twice`);
    names.add(name);
  }
  return addresses;
}

function parseAddress(property: string, text: string): ListenerAddress {
  const match = /^([\w-]+):\/\/(?:\[([0-9a-fA-F:.%]+)\]|([^:/]*)):(\d+)$/.exec(text.trim());
  const port = Number(match?.[4]);
  if (match === null || port > 65535) {
    throw new InvalidConfigurationError(
      property,
      `has "${text}", but must be NAME://HOST:PORT, for example PLAINTEXT://127.0.0.1:9092`,
    );
  }
  return { name: upperCase(match[1]!), host: match[2] ?? match[3]!, port };
}

/** @throws InvalidConfigurationError, also from the function it returns */
function securityProtocolsByName(map: readonly string[]): (listenerName: string) => SecurityProtocol {
  const protocols = new Map<string, SecurityProtocol>();
  for (const entry of map) {
    const [name = '', protocol = ''] = entry.split(':', 2).map((part) => upperCase(part.trim()));
    if (!isSecurityProtocol(protocol)) {
      const known = Object.keys(securityProtocols).join(', ');
      throw new InvalidConfigurationError(
        'listener.security.protocol.map',
        `has "${entry}", but must be NAME:PROTOCOL with one of ${known}`,
      );
    }
    protocols.set(name, protocol);
  }
  return (listenerName) => {
    const protocol = protocols.get(listenerName);
    if (protocol !== undefined) return protocol;
    throw new InvalidConfigurationError(
      'listener.security.protocol.map',
      `has no protocol for listener "${listenerName}"`,
    );
  };
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function upperCase(text: string): string {
  return text.toUpperCase();
}
