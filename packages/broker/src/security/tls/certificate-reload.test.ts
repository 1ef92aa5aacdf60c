import { X509Certificate } from 'node:crypto';
import { memoryHost, type Host, type Logger } from '@millrace/host';
import { CertificateAuthority, type IssuedCertificate } from '@millrace/test-certificates';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { afterEach, expect, test } from 'vitest';
import { BrokerNode } from '../../broker-node.ts';
import { RawConnection } from '../../testing/raw-connection.ts';

const authority = new CertificateAuthority();
const KEYSTORE = '/etc/node.pem';

/** A broker with a TLS listener, and the moments at which it says something. */
interface Watched {
  readonly host: Host;
  readonly broker: BrokerNode;
  /** Resolves when the message is logged next. */
  logged(message: string): Promise<void>;
}

let running: BrokerNode | undefined;

afterEach(() => running?.close());

function issue(commonName: string): IssuedCertificate {
  return authority.issue({ subject: [['CN', commonName]] });
}

async function startWith(own: IssuedCertificate, intervalMs: number): Promise<Watched> {
  const host = memoryHost();
  await host.disk.makeDirectory('/etc');
  await host.disk.writeFile(KEYSTORE, own.key + own.certificate);
  const waiting = new Map<string, () => void>();
  const note: Logger['info'] = (message) => waiting.get(message)?.();
  const properties = {
    listeners: 'PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0',
    'log.dirs': '/data',
    'ssl.keystore.location': KEYSTORE,
    'ssl.reload.interval.ms': intervalMs,
  };
  running = await BrokerNode.start(properties, {
    host,
    logger: { debug: note, info: note, warn: note, error: note },
  });
  const logged = (message: string) => new Promise<void>((resolve) => void waiting.set(message, resolve));
  return { host, broker: running, logged };
}

/** The name in the certificate that a new connection is shown. */
async function shownName({ host, broker }: Watched): Promise<string> {
  const connection = await host.network.connect(broker.addressOf('SSL')!, {
    tls: { trustedCertificates: authority.certificate },
  });
  const { subject } = new X509Certificate(connection.tls!.peerCertificate!);
  connection.start({ onData() {}, onDrain() {}, onClose() {} });
  connection.destroy();
  return subject;
}

const USED = 'New keys and certificates are in use';
const REFUSED = 'New keys or certificates cannot be used, the old ones stay';

test('a file that was renewed is used for new connections, and a bad one leaves the old in use', async () => {
  const watched = await startWith(issue('old'), 5);
  expect(await shownName(watched)).toBe('CN=old');
  const renewed = issue('renewed');
  const used = watched.logged(USED);
  await watched.host.disk.writeFile(KEYSTORE, renewed.key + renewed.certificate);
  await used;
  expect(await shownName(watched)).toBe('CN=renewed');
  const refused = watched.logged(REFUSED);
  await watched.host.disk.writeFile(KEYSTORE, 'half a file');
  await refused;
  expect(await shownName(watched)).toBe('CN=renewed');
});

test('a dynamic change of the configuration is in force at once', async () => {
  const watched = await startWith(issue('old'), 0);
  const other = issue('other');
  await watched.host.disk.writeFile('/etc/other.pem', other.key + other.certificate);
  const used = watched.logged(USED);
  const configs = [
    { name: 'listener.name.ssl.ssl.keystore.location', configOperation: 0, value: '/etc/other.pem' },
  ];
  const connection = await RawConnection.open(watched.host, watched.broker.address);
  const { responses } = await connection.send({
    request: IncrementalAlterConfigsRequest,
    response: IncrementalAlterConfigsResponse,
    version: 1,
    message: { validateOnly: false, resources: [{ resourceType: 4, resourceName: '1', configs }] },
  });
  expect(responses).toMatchObject([{ errorCode: 0 }]);
  await used;
  expect(await shownName(watched)).toBe('CN=other');
  connection.destroy();
});
