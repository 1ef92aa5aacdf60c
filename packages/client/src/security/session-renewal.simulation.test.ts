import { Broker } from '@millrace/broker';
import { Simulation, type Logger } from '@millrace/host';
import { expect, test } from 'vitest';
import { Producer } from '../producer/producer.ts';

const MINUTE_MS = 60_000;

test('sessions are renewed on the same connection before they end (KIP-368)', async () => {
  const simulation = new Simulation({ seed: 'renewal' });
  await simulation.run(async () => {
    const authentications: unknown[] = [];
    const lines: string[] = [];
    const note: Logger['debug'] = (message, fields = {}) => {
      lines.push(message);
      if (message === 'Peer authenticated') authentications.push(fields['connection']);
    };
    const broker = await Broker.start(
      {
        listeners: 'SASL_PLAINTEXT://0.0.0.0:9092',
        'advertised.listeners': 'SASL_PLAINTEXT://broker:9092',
        'sasl.enabled.mechanisms': 'PLAIN',
        'listener.name.sasl_plaintext.plain.sasl.jaas.config': 'M required user_alice="secret";',
        'listener.name.sasl_plaintext.plain.connections.max.reauth.ms': String(MINUTE_MS),
        'log.dirs': '/data',
      },
      {
        host: simulation.host('broker'),
        logger: { debug: note, info: note, warn: note, error: note },
      },
    );
    const host = simulation.host('client');
    const producer = new Producer(
      { 'bootstrap.servers': 'broker:9092', 'security.protocol': 'SASL_PLAINTEXT' },
      { host, sasl: { mechanism: 'PLAIN', username: 'alice', password: 'secret' } },
    );
    for (let sent = 0; sent < 60; sent++) {
      await producer.send({ topic: 'orders', value: String(sent) });
      await new Promise<void>((resolve) => host.timers.schedule(MINUTE_MS / 6, resolve));
    }
    await producer.close();
    await broker.close();
    const perConnection = Map.groupBy(authentications, String);
    // Ten minutes of sessions that last one each, on the connection that sends.
    const most = Math.max(...[...perConnection.values()].map(({ length }) => length));
    expect(most).toBeGreaterThanOrEqual(10);
    expect(most).toBeLessThanOrEqual(13);
    expect(perConnection.size).toBeLessThanOrEqual(3);
    expect(lines).not.toContain('Connection closed: the peer sent an illegal request');
  });
});
