import type { Random } from '../host.ts';
import type { Connection, ConnectOptions, Listener, SocketAddress } from '../network.ts';
import { systemError } from '../system-error.ts';
import { ByteStream } from './byte-stream.ts';
import { ConnectAttempt } from './connect-attempt.ts';
import type { Incarnation } from './incarnation.ts';
import { type LinkOptions, NetworkLink } from './network-link.ts';
import { bindScope, numericAddress, overlaps, targetHost } from './simulated-address.ts';
import { SimulatedConnection } from './simulated-connection.ts';
import { SimulatedListener } from './simulated-listener.ts';
import { SimulatedNames } from './simulated-names.ts';
import type { Simulation } from './simulation.ts';

const FIRST_EPHEMERAL_PORT = 32_768;

/** Two hosts by name, and in which direction. */
export interface Between {
  readonly from: string;
  readonly to: string;
  /** Only what goes from `from` to `to`. Default: both ways. */
  readonly oneWay?: boolean;
}

/**
 * The network between the hosts of a simulation, and the switchboard for what goes wrong on it. Hosts reach each other
 * by name (`connect({ host: 'node-2', port: 9092 })`) and themselves by `127.0.0.1`, too.
 */
export class SimulatedInternet {
  /** What names there are besides those of the hosts; they may change at any time. */
  readonly names = new SimulatedNames();
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #links = new Map<string, NetworkLink>();
  readonly #connections = new Set<SimulatedConnection>();
  #listeners: SimulatedListener[] = [];
  #defaults: LinkOptions = {};
  #nextPort = FIRST_EPHEMERAL_PORT;

  constructor(simulation: Simulation, random: Random) {
    this.#simulation = simulation;
    this.#random = random;
  }

  /** Delays, rates and losses of every link between two hosts that has none of its own. */
  configure(defaults: LinkOptions): void {
    this.#defaults = { ...this.#defaults, ...defaults };
    for (const link of this.#links.values()) link.setDefaults(this.#defaults);
  }

  configureLink(between: Between, options: LinkOptions): void {
    for (const link of this.#linksBetween(between)) link.configure(options);
  }

  /** Nothing gets through any more; connections do not notice until they time out. */
  partition(between: Between): void {
    for (const link of this.#linksBetween(between)) link.cut();
  }

  heal(between: Between): void {
    for (const link of this.#linksBetween(between)) link.heal();
  }

  healAll(): void {
    for (const link of this.#links.values()) link.heal();
  }

  /** Breaks every open connection between the two hosts (which may be one and the same). */
  resetConnections(left: string, right: string): void {
    for (const connection of this.#connections) {
      const own = connection.owner.hostName;
      const peer = targetHost(own, connection.remote.host);
      const isBetween = (own === left && peer === right) || (own === right && peer === left);
      if (isBetween) connection.receiveReset('ECONNRESET');
    }
  }

  /** Connection ends that are open at the moment; a connection between two living hosts has two. */
  get openEnds(): number {
    return this.#connections.size;
  }

  listen(
    owner: Incarnation,
    address: SocketAddress,
    onConnection: (connection: Connection) => void,
  ): Listener {
    const scope = bindScope(owner.hostName, address.host);
    const place = { syscall: 'listen', address: address.host, port: address.port };
    if (scope === undefined) throw systemError('EADDRNOTAVAIL', place);
    this.#listeners = this.#listeners.filter((listener) => listener.isOpen);
    const isTaken = (port: number): boolean =>
      this.#listeners.some(
        (other) => other.owner === owner && other.address.port === port && overlaps(other.scope, scope),
      );
    if (address.port !== 0 && isTaken(address.port)) throw systemError('EADDRINUSE', place);
    const port = address.port === 0 ? this.#freePort(isTaken) : address.port;
    const bound = { host: numericAddress(owner.hostName, address.host), port };
    const listener = new SimulatedListener({ owner, address: bound, scope, onConnection });
    this.#listeners.push(listener);
    return listener;
  }

  connect(owner: Incarnation, address: SocketAddress, options: ConnectOptions): Promise<Connection> {
    const target = targetHost(owner.hostName, address.host);
    const isLocal = target === owner.hostName;
    const attempt = new ConnectAttempt({
      simulation: this.#simulation,
      owner,
      target,
      address,
      options,
      link: this.#link(owner.hostName, target),
      backLink: this.#link(target, owner.hostName),
      findListener: () => this.#listenerAt(target, address, isLocal),
      establish: (listener) => this.#establish(owner, listener, address),
    });
    return attempt.run();
  }

  /** What waits for a machine without power goes on: to meet a reset, since nobody there remembers it. */
  hostStarted(name: string): void {
    for (const [key, link] of this.#links) if (key.endsWith(`>${name}`) && !link.isCut) link.wake();
  }

  processKilled(owner: Incarnation): void {
    for (const connection of this.#endsOf(owner)) connection.ownerKilled();
  }

  powerLost(owner: Incarnation): void {
    for (const connection of this.#endsOf(owner)) connection.ownerVanished();
  }

  #endsOf(owner: Incarnation): SimulatedConnection[] {
    const ends = [...this.#connections].filter((connection) => connection.owner === owner);
    for (const end of ends) this.#connections.delete(end);
    return ends;
  }

  #listenerAt(target: string, address: SocketAddress, isLocal: boolean): SimulatedListener | undefined {
    const asked = address.host === target ? 'external' : 'loopback';
    return this.#listeners.find(
      (listener) =>
        listener.isOpen &&
        listener.owner.hostName === target &&
        listener.address.port === address.port &&
        overlaps(listener.scope, isLocal ? asked : 'external'),
    );
  }

  #establish(owner: Incarnation, listener: SimulatedListener, address: SocketAddress): SimulatedConnection {
    const isLocal = owner.hostName === listener.owner.hostName;
    const port = this.#freePort(() => false);
    const clientAddress = { host: isLocal ? '127.0.0.1' : owner.hostName, port };
    const serverAddress = { host: numericAddress(address.host, address.host), port: address.port };
    const client = this.#end(owner, clientAddress, serverAddress);
    const server = this.#end(listener.owner, serverAddress, clientAddress);
    const out = this.#stream(client, server);
    const back = this.#stream(server, client);
    client.attach(out, back);
    server.attach(back, out);
    this.#accept(listener, server, client);
    return client;
  }

  #accept(listener: SimulatedListener, server: SimulatedConnection, client: SimulatedConnection): void {
    const now = this.#simulation.nowUs;
    const link = this.#link(client.owner.hostName, server.owner.hostName);
    this.#simulation.schedule({
      kind: 'network',
      label: `accept ${client.local.host}:${client.local.port}`,
      delayUs: link.arrivalUs(now, 0) - now,
      owner: listener.owner,
      run: () => {
        if (listener.isOpen) listener.accept(server);
        else server.destroy();
      },
    });
  }

  #end(owner: Incarnation, local: SocketAddress, remote: SocketAddress): SimulatedConnection {
    const connection = new SimulatedConnection({
      simulation: this.#simulation,
      owner,
      local,
      remote,
      onClosed: (closed) => {
        this.#connections.delete(closed);
      },
    });
    this.#connections.add(connection);
    return connection;
  }

  #stream(sender: SimulatedConnection, receiver: SimulatedConnection): ByteStream {
    const [from, to] = [sender.owner.hostName, receiver.owner.hostName];
    const { local, remote } = sender;
    const label = `${local.host}:${local.port} ${remote.host}:${remote.port}`;
    const parts = {
      simulation: this.#simulation,
      random: this.#random.fork(label),
      link: this.#link(from, to),
      backLink: this.#link(to, from),
      label,
    };
    return new ByteStream(parts, sender, receiver);
  }

  #link(from: string, to: string): NetworkLink {
    const key = `${from}>${to}`;
    const existing = this.#links.get(key);
    if (existing !== undefined) return existing;
    const created = new NetworkLink(this.#random.fork(key), from === to, this.#defaults);
    this.#links.set(key, created);
    return created;
  }

  #linksBetween({ from, to, oneWay }: Between): NetworkLink[] {
    return oneWay === true ? [this.#link(from, to)] : [this.#link(from, to), this.#link(to, from)];
  }

  #freePort(isTaken: (port: number) => boolean): number {
    for (;;) {
      const port = this.#nextPort++;
      if (this.#nextPort > 65_535) this.#nextPort = FIRST_EPHEMERAL_PORT;
      if (!isTaken(port)) return port;
    }
  }
}
