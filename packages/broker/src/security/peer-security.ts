import { parseJaasConfig } from '@millrace/config';
import type { Disk } from '@millrace/host';
import type { PeerLogin, PeerSecurity } from '@millrace/replication';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import type { ClusterPlan } from '../config/cluster-plan.ts';
import { listenerProperties } from '../config/listener-property.ts';
import { InvalidConfigurationError } from '../errors.ts';
import { securityProtocols, type SecurityProtocol } from './security-protocol.ts';
import { loadClientTls } from './tls/load-tls.ts';

/** A listener of other nodes, as this one is to connect to it. */
export interface PeerListener {
  readonly name: string;
  readonly protocol: SecurityProtocol;
  /** The property that says by which mechanism to log in. */
  readonly mechanismProperty: 'sasl.mechanism.inter.broker.protocol' | 'sasl.mechanism.controller.protocol';
}

/** How to connect to the listeners of other nodes. */
export interface PeersSecurity {
  readonly controllers: PeerSecurity;
  readonly brokers: PeerSecurity;
}

const mechanisms: readonly PeerLogin['mechanism'][] = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'];

/** A node alone speaks to nobody. @throws InvalidConfigurationError, InvalidPropertyError */
export async function loadPeersSecurity(
  disk: Disk,
  config: BrokerPropertyValues,
  { isAlone, controllerListener, interBrokerListener }: ClusterPlan,
  protocolOf: (listenerName: string) => SecurityProtocol,
): Promise<PeersSecurity> {
  const load = async (name: string | undefined, mechanismProperty: PeerListener['mechanismProperty']) =>
    isAlone || name === undefined
      ? {}
      : loadPeerSecurity(disk, config, { name, protocol: protocolOf(name), mechanismProperty });
  return {
    controllers: await load(controllerListener, 'sasl.mechanism.controller.protocol'),
    brokers: await load(interBrokerListener, 'sasl.mechanism.inter.broker.protocol'),
  };
}

/**
 * How this node speaks to a listener of other nodes: by the certificates and the login that its own listener of that
 * name has.
 * @throws InvalidConfigurationError, InvalidPropertyError
 */
export async function loadPeerSecurity(
  disk: Disk,
  config: BrokerPropertyValues,
  { name, protocol, mechanismProperty }: PeerListener,
): Promise<PeerSecurity> {
  const { usesTls, usesSasl } = securityProtocols[protocol];
  const tls = usesTls ? await loadClientTls(disk, name, listenerProperties(config, name)) : undefined;
  const login = usesSasl ? loginOf(config, name, mechanismProperty) : undefined;
  return { ...(tls === undefined ? {} : { tls }), ...(login === undefined ? {} : { login }) };
}

function loginOf(
  config: BrokerPropertyValues,
  listenerName: string,
  mechanismProperty: PeerListener['mechanismProperty'],
): PeerLogin {
  const wanted = config[mechanismProperty];
  const mechanism = mechanisms.find((known) => known === wanted);
  if (mechanism === undefined) {
    throw new InvalidConfigurationError(
      mechanismProperty,
      `is "${wanted}", but nodes log in to each other by one of ${mechanisms.join(', ')}`,
    );
  }
  const property = `listener.name.${listenerName.toLowerCase()}.${mechanism.toLowerCase()}.sasl.jaas.config`;
  const jaas = listenerProperties(config, listenerName, mechanism)['sasl.jaas.config'];
  const options = jaas === '' ? new Map<string, string>() : parseJaasConfig(jaas, property).options;
  const [username, password] = [options.get('username'), options.get('password')];
  if (username === undefined || password === undefined) {
    throw new InvalidConfigurationError(
      property,
      'must have username="..." and password="...", by which this node logs in to others',
    );
  }
  return { mechanism, username, password };
}
