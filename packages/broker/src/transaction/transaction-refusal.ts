import { describeError } from './describe-transactions.ts';
import { producerError } from './producer-reply.ts';
import type { TransactionCall, TransactionReply } from './transaction-calls.ts';
import { noPartitions } from './transaction-metadata.ts';

/** The reply that carries `errorCode` for a call that was not, or could not be, carried out. */
export function refuseTransactionCall(call: TransactionCall, errorCode: number): TransactionReply {
  switch (call.api) {
    case 'init':
    case 'end':
      return producerError(errorCode);
    case 'verify':
      return { errorCode, missing: noPartitions };
    case 'describe':
      return describeError(call.transactionalId, errorCode);
    case 'list':
      return { errorCode, transactions: [] };
    case 'add':
    case 'markersWritten':
      break;
  }
  return { errorCode };
}
