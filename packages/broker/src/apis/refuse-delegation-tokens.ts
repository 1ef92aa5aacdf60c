import { KafkaError } from '@millrace/protocol';
import { ANONYMOUS } from '../security/listener-security.ts';
import type { RequestContext } from './handler.ts';

/**
 * Tokens need a secret that all nodes share (`delegation.token.secret.key`), and there is no such property here: the
 * answers are those of Apache Kafka without it.
 */
export function refuseDelegationTokens({ connection }: RequestContext): KafkaError {
  const isAnonymous =
    connection.securityProtocol === 'PLAINTEXT' ||
    (connection.securityProtocol === 'SSL' && connection.principal === ANONYMOUS);
  if (isAnonymous) {
    return new KafkaError(
      'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED',
      'Delegation tokens are for authenticated connections',
    );
  }
  return new KafkaError('DELEGATION_TOKEN_AUTH_DISABLED', 'Delegation tokens are not enabled');
}
