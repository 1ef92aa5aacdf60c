import type { Host } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import {
  SaslAuthenticateRequest,
  SaslAuthenticateResponse,
} from '@millrace/protocol/messages/sasl-authenticate';
import { SaslHandshakeRequest, SaslHandshakeResponse } from '@millrace/protocol/messages/sasl-handshake';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { withAuthorizer } from './acls.ts';
import type { RawConnection } from './raw-connection.ts';
import { TestBroker } from './test-broker.ts';

/** Users `admin`, who may do everything, and `alice` and `bob`; the password is the name. */
const users = ['admin', 'alice', 'bob'].map((name) => `user_${name}="${name}"`).join(' ');

/** A broker with ACLs in force and one SASL listener. */
export function startSecuredBroker(properties: BrokerProperties = {}, host?: Host): Promise<TestBroker> {
  return TestBroker.start(
    {
      listeners: 'SASL_PLAINTEXT://127.0.0.1:0',
      'sasl.enabled.mechanisms': 'PLAIN',
      'listener.name.sasl_plaintext.plain.sasl.jaas.config': `PlainLoginModule required ${users};`,
      'connection.failed.authentication.delay.ms': 0,
      ...withAuthorizer,
      ...properties,
    },
    ...(host === undefined ? [] : [host]),
  );
}

export async function handshake(connection: RawConnection, mechanism = 'PLAIN', version = 1) {
  const api = { request: SaslHandshakeRequest, response: SaslHandshakeResponse };
  return connection.send({ ...api, version, message: { mechanism } });
}

export async function authenticate(connection: RawConnection, token: string | Uint8Array, version = 2) {
  const api = { request: SaslAuthenticateRequest, response: SaslAuthenticateResponse };
  return connection.send({ ...api, version, message: { authBytes: Buffer.from(token) } });
}

/** A connection of that user. */
export async function connectAs(server: TestBroker, user: string): Promise<RawConnection> {
  const connection = await server.connect();
  await handshake(connection);
  const { errorCode } = await authenticate(connection, `\0${user}\0${user}`);
  if (errorCode !== ErrorCode.NONE) throw new Error(`${user} was refused`);
  return connection;
}
