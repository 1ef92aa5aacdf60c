import { createServer, connect as connectPlainly, type Socket } from 'node:net';
import { once } from 'node:events';
import { X509Certificate } from 'node:crypto';
import { CertificateAuthority } from '@millrace/test-certificates';
import { describe, expect, test } from 'vitest';
import type { ConnectOptions, Listener, TlsServerOptions } from '../network.ts';
import { Simulation } from '../simulation/simulation.ts';
import { RecordedConnection } from '../testing/recorded-connection.ts';
import { connectionOver } from './connection-over.ts';
import { nodeNetwork } from './node-network.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };
const authority = new CertificateAuthority();
const stranger = new CertificateAuthority('Somebody else');
const own = authority.issue({ subject: [['CN', 'broker']] });
const alice = authority.issue({ subject: [['CN', 'alice']] });
const trusting = { trustedCertificates: authority.certificate };
const credentials = { certificateChain: own.certificate, privateKey: own.key };

class TlsServer implements AsyncDisposable {
  readonly handshakeErrors: Error[] = [];
  readonly accepted: RecordedConnection[] = [];
  #onAccepted: (connection: RecordedConnection) => void = () => {};
  listener!: Listener;

  static async start(options: TlsServerOptions = credentials): Promise<TlsServer> {
    const server = new TlsServer();
    server.listener = await nodeNetwork.listen(
      LOOPBACK,
      (connection) => {
        const recorded = new RecordedConnection(connection, (chunk, from) => from.write([chunk]));
        server.accepted.push(recorded);
        server.#onAccepted(recorded);
      },
      { tls: options, onHandshakeError: (error) => server.handshakeErrors.push(error) },
    );
    return server;
  }

  next(): Promise<RecordedConnection> {
    return new Promise((resolve) => {
      this.#onAccepted = resolve;
    });
  }

  async connect(tls: ConnectOptions['tls'] = trusting): Promise<RecordedConnection> {
    return new RecordedConnection(await nodeNetwork.connect(this.listener.address, { tls }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.listener.close();
    for (const { connection } of this.accepted) connection.destroy();
  }
}

describe('TLS', () => {
  test('carries bytes both ways and says what was agreed on', async () => {
    await using server = await TlsServer.start();
    const client = await server.connect();
    client.write('over ', 'TLS');
    await client.receivedAtLeast(8);
    expect(client.content.toString()).toBe('over TLS');
    expect(client.connection.tls).toMatchObject({ protocol: 'TLSv1.3' });
    expect(client.connection.tls?.peerCertificate).toEqual(new X509Certificate(own.certificate).raw);
    expect(server.accepted[0]!.connection.tls?.peerCertificate).toBeUndefined();
    client.connection.end();
    expect(await client.closed).toBeUndefined();
  });

  test('moves many bytes with back pressure', async () => {
    await using server = await TlsServer.start();
    const client = await server.connect();
    const bytes = Buffer.alloc(3_000_000, 'x');
    expect(client.connection.write([bytes])).toBe(false);
    await client.drained();
    await client.receivedAtLeast(bytes.length);
    client.connection.destroy();
  });

  test.each([
    [
      'an authority it does not know',
      { trustedCertificates: stranger.certificate },
      /UNABLE_TO_VERIFY|SELF_SIGNED/,
    ],
    ['versions that have nothing in common', { ...trusting, maxVersion: 'TLSv1.2' }, /ERR_SSL|ECONNRESET/],
  ] as const)('a client refuses %s', async (_what, tls, code) => {
    await using server = await TlsServer.start({ ...credentials, minVersion: 'TLSv1.3' });
    await expect(server.connect(tls)).rejects.toMatchObject({ code: expect.stringMatching(code) as string });
  });

  test('a client refuses a certificate for another host, unless told not to look', async () => {
    const other = authority.issue({ subject: [['CN', 'x']], altNames: ['elsewhere.example'] });
    await using server = await TlsServer.start({
      certificateChain: other.certificate,
      privateKey: other.key,
    });
    await expect(server.connect()).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    const client = await server.connect({ ...trusting, verifiesHost: false });
    client.connection.destroy();
    // Connected to by one of its addresses, it is known by its name all the same.
    const named = await server.connect({ ...trusting, serverName: 'elsewhere.example' });
    named.connection.destroy();
  });

  test('a client refuses a certificate that has expired', async () => {
    const validTo = new Date('2020-01-02T00:00:00Z');
    const validFrom = new Date('2020-01-01T00:00:00Z');
    const old = authority.issue({ subject: [['CN', 'x']], validFrom, validTo });
    await using server = await TlsServer.start({ certificateChain: old.certificate, privateKey: old.key });
    await expect(server.connect()).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
  });

  test('a required certificate must be there and valid', async () => {
    await using server = await TlsServer.start({
      ...credentials,
      ...trusting,
      clientAuthentication: 'required',
    });
    const accepted = server.next();
    const client = await server.connect({
      ...trusting,
      certificateChain: alice.certificate,
      privateKey: alice.key,
    });
    const peer = (await accepted).connection.tls?.peerCertificate;
    expect(new X509Certificate(peer!).subject).toBe('CN=alice');
    client.connection.destroy();
    // In TLS 1.3 the server looks at the certificate after the client is done.
    const without = await server.connect();
    expect(await without.closed).toBeInstanceOf(Error);
    expect(server.handshakeErrors).toHaveLength(1);
    expect(server.accepted).toHaveLength(1);
  });

  test('a requested certificate may be missing', async () => {
    await using server = await TlsServer.start({
      ...credentials,
      ...trusting,
      clientAuthentication: 'requested',
    });
    const accepted = server.next();
    const without = await server.connect();
    expect((await accepted).connection.tls?.peerCertificate).toBeUndefined();
    without.connection.destroy();
  });

  test.each(['requested', 'required'] as const)(
    'a %s certificate that is wrong is refused, and the reason told',
    async (clientAuthentication) => {
      await using server = await TlsServer.start({ ...credentials, ...trusting, clientAuthentication });
      const mallory = stranger.issue({ subject: [['CN', 'alice']] });
      const wrong = await server.connect({
        ...trusting,
        certificateChain: mallory.certificate,
        privateKey: mallory.key,
      });
      await wrong.closed;
      expect(server.handshakeErrors.map(String)).toEqual([
        'Error: the certificate of the client is refused: UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      ]);
      expect(server.accepted).toHaveLength(0);
    },
  );

  test('new certificates are used from the next connection on, and bad ones leave the old in use', async () => {
    await using server = await TlsServer.start();
    const before = await server.connect();
    const renewed = authority.issue({ subject: [['CN', 'renewed']] });
    server.listener.updateTls({ certificateChain: renewed.certificate, privateKey: renewed.key });
    expect(() => server.listener.updateTls({ certificateChain: 'no PEM', privateKey: 'no PEM' })).toThrow();
    const after = await server.connect();
    expect(new X509Certificate(after.connection.tls!.peerCertificate!).subject).toBe('CN=renewed');
    before.write('still open');
    await before.receivedAtLeast(10);
    before.connection.destroy();
    after.connection.destroy();
  });

  test('a peer that does not speak it harms nobody', async () => {
    await using server = await TlsServer.start();
    const socket = connectPlainly(server.listener.address);
    socket.write('GET / HTTP/1.1\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect(server.handshakeErrors).toHaveLength(1);
    const client = await server.connect();
    client.connection.destroy();
  });

  test('gives up on a peer that never answers the handshake', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const connecting = nodeNetwork.connect({ host: '127.0.0.1', port }, { tls: trusting, timeoutMs: 50 });
    await expect(connecting).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  test('goes over a socket that somebody else has opened', async () => {
    await using server = await TlsServer.start();
    const { address } = server.listener;
    const connection = await connectionOver(connectPlainly(address), { address, tls: trusting });
    const client = new RecordedConnection(connection);
    client.write('through');
    await client.receivedAtLeast(7);
    client.connection.destroy();
  });

  test('is refused by simulations', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const { network } = simulation.host('node-1');
      await expect(network.connect(LOOPBACK, { tls: {} })).rejects.toThrow('no TLS');
      await expect(network.listen(LOOPBACK, () => {}, { tls: {} })).rejects.toThrow('no TLS');
      const listener = await network.listen(LOOPBACK, () => {});
      expect(() => listener.updateTls({})).toThrow('no TLS');
    });
  });
});
