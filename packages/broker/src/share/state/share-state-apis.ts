import {
  DeleteShareGroupStateRequest,
  DeleteShareGroupStateResponse,
} from '@millrace/protocol/messages/delete-share-group-state';
import {
  InitializeShareGroupStateRequest,
  InitializeShareGroupStateResponse,
} from '@millrace/protocol/messages/initialize-share-group-state';
import {
  ReadShareGroupStateRequest,
  ReadShareGroupStateResponse,
} from '@millrace/protocol/messages/read-share-group-state';
import {
  ReadShareGroupStateSummaryRequest,
  ReadShareGroupStateSummaryResponse,
} from '@millrace/protocol/messages/read-share-group-state-summary';
import {
  WriteShareGroupStateRequest,
  WriteShareGroupStateResponse,
} from '@millrace/protocol/messages/write-share-group-state';
import { peerApi } from '@millrace/replication';

/** What brokers ask a share coordinator (KIP-932), by the name of the call. */
export const shareStateApis = {
  initialize: peerApi(InitializeShareGroupStateRequest, InitializeShareGroupStateResponse),
  read: peerApi(ReadShareGroupStateRequest, ReadShareGroupStateResponse),
  write: peerApi(WriteShareGroupStateRequest, WriteShareGroupStateResponse),
  delete: peerApi(DeleteShareGroupStateRequest, DeleteShareGroupStateResponse),
  summary: peerApi(ReadShareGroupStateSummaryRequest, ReadShareGroupStateSummaryResponse),
} as const;
