import { memoryHost, type Host, type LogFields, type Logger } from '@millrace/host';
import { BrokerNode } from '../broker-node.ts';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { RawConnection } from './raw-connection.ts';

/** One line that the broker logged. */
export interface LogLine {
  readonly level: keyof Logger;
  readonly message: string;
  readonly fields: LogFields;
}

/** A logger that keeps what it is told. */
export function recordingLogger(): { readonly logger: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: keyof Logger) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message, fields });
    };
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

/** A broker on a free port with its data in memory, and connections that speak frames to it. */
export class TestBroker {
  readonly broker: BrokerNode;
  readonly host: Host;
  readonly lines: readonly LogLine[];
  readonly #connections: RawConnection[] = [];

  private constructor(broker: BrokerNode, host: Host, lines: readonly LogLine[]) {
    this.broker = broker;
    this.host = host;
    this.lines = lines;
  }

  static async start(properties: BrokerProperties = {}, host: Host = memoryHost()): Promise<TestBroker> {
    const { logger, lines } = recordingLogger();
    const defaults: BrokerProperties = {
      listeners: 'PLAINTEXT://127.0.0.1:0',
      'log.dirs': '/data',
      // Everything is slow on a busy machine.
      'slow.request.threshold.ms': -1,
    };
    const broker = await BrokerNode.start({ ...defaults, ...properties }, { host, logger });
    return new TestBroker(broker, host, lines);
  }

  get bootstrapServers(): string {
    return `127.0.0.1:${this.broker.address.port}`;
  }

  /** Lines that somebody should read. */
  get complaints(): readonly LogLine[] {
    return this.lines.filter(({ level }) => level === 'warn' || level === 'error');
  }

  /** `host:port` of a listener. */
  addressOf(listenerName: string): string {
    return `127.0.0.1:${this.broker.addressOf(listenerName)!.port}`;
  }

  /** To the first listener, or the named one. */
  async connect(listenerName?: string): Promise<RawConnection> {
    const { broker } = this;
    const address = listenerName === undefined ? broker.address : broker.addressOf(listenerName)!;
    const connection = await RawConnection.open(this.host, address);
    this.#connections.push(connection);
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    await this.broker.close();
  }
}
