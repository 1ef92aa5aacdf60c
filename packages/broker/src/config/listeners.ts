import { InvalidConfigurationError } from '../errors.ts';
import {
  isSecurityProtocol,
  securityProtocols,
  type SecurityProtocol,
} from '../security/security-protocol.ts';
import type { BrokerPropertyValues } from './broker-properties.ts';
import { serverProperties } from './server-properties.ts';

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

/** What a node binds, and the fixed part of what it tells others. */
export interface ListenerPlan {
  /** Those for clients and other brokers; none on a node that is a controller only. */
  readonly brokers: readonly SecuredAddress[];
  /** Those for controllers; none on a node that is a broker only, or a cluster of its own. */
  readonly controllers: readonly SecuredAddress[];
  /** By listener name; names without an entry advertise what was bound. */
  readonly advertised: ReadonlyMap<string, ListenerAddress>;
  /** The protocol of any listener, also of those that only other nodes have. @throws InvalidConfigurationError */
  readonly protocolOf: (listenerName: string) => SecurityProtocol;
}

/** Checks and combines the listener properties. @throws InvalidConfigurationError */
export function planListeners(config: BrokerPropertyValues): ListenerPlan {
  const all = parseAddresses('listeners', config.listeners);
  const controllerNames = new Set(config['controller.listener.names'].map(upperCase));
  const protocolOf = protocolsByName(config, all, controllerNames);
  const secured = all.map((address) => ({ ...address, protocol: protocolOf(address.name) }));
  const brokers = secured.filter(({ name }) => !controllerNames.has(name));
  const controllers = secured.filter(({ name }) => controllerNames.has(name));
  checkRoles(config, brokers, controllers);
  const advertised = parseAddresses('advertised.listeners', config['advertised.listeners']);
  for (const address of advertised) checkAdvertised(address, secured);
  return {
    brokers,
    controllers,
    protocolOf,
    advertised: new Map(advertised.map((address) => [address.name, address])),
  };
}

/** Every role has its listeners, and no other ones. @throws InvalidConfigurationError */
function checkRoles(
  config: BrokerPropertyValues,
  brokers: readonly ListenerAddress[],
  controllers: readonly ListenerAddress[],
): void {
  const roles = config['process.roles'];
  if (roles.length === 0) refuse('process.roles', 'is empty, but must name "broker", "controller" or both');
  const isBroker = roles.includes('broker');
  if (isBroker && brokers.length === 0) refuse('listeners', 'names no listener for clients');
  if (!isBroker && brokers.length > 0) {
    refuse(
      'listeners',
      `has "${brokers[0]!.name}", but a node that is a controller only has those of "controller.listener.names"`,
    );
  }
  if (!isBroker && controllers.length === 0) {
    refuse(
      'controller.listener.names',
      'must name at least one of "listeners" on a node that is a controller',
    );
  }
  if (!roles.includes('controller') && controllers.length > 0) {
    refuse(
      'controller.listener.names',
      `has "${controllers[0]!.name}", which "listeners" must not have on a node that is a broker only`,
    );
  }
}

/** @throws InvalidConfigurationError */
function refuse(property: string, problem: string): never {
  throw new InvalidConfigurationError(property, problem);
}

function checkAdvertised({ name, host, port }: ListenerAddress, listeners: readonly ListenerAddress[]): void {
  if (!listeners.some((listener) => listener.name === name)) {
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
function protocolsByName(
  config: BrokerPropertyValues,
  listeners: readonly ListenerAddress[],
  controllerNames: ReadonlySet<string>,
): (listenerName: string) => SecurityProtocol {
  const map = config['listener.security.protocol.map'];
  const protocols = parseProtocolMap(map);
  // As in Kafka: nobody has to name a protocol for controllers where nothing is protected.
  const isPlain = listeners.every(({ name }) => (protocols.get(name) ?? 'PLAINTEXT') === 'PLAINTEXT');
  const isDefault = map.join() === String(serverProperties['listener.security.protocol.map'].default);
  return (listenerName) => {
    const protocol = protocols.get(listenerName);
    if (protocol !== undefined) return protocol;
    if (isPlain && isDefault && controllerNames.has(listenerName)) return 'PLAINTEXT';
    throw new InvalidConfigurationError(
      'listener.security.protocol.map',
      `has no protocol for listener "${listenerName}"`,
    );
  };
}

function parseProtocolMap(map: readonly string[]): ReadonlyMap<string, SecurityProtocol> {
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
  return protocols;
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function upperCase(text: string): string {
  return text.toUpperCase();
}
