import { KafkaError } from '@millrace/protocol';
import type { BrokerServices } from '../broker-services.ts';

/** ACLs mean nothing on a node that does not enforce them. @throws KafkaError SECURITY_DISABLED */
export function requireAuthorizer({ authorizer }: Pick<BrokerServices, 'authorizer'>): void {
  if (authorizer === undefined) throw new KafkaError('SECURITY_DISABLED', 'No Authorizer is configured.');
}
