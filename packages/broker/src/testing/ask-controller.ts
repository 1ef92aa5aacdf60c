import type { MessageCodec } from '@millrace/protocol';
import type { BrokerRegistrationRequest } from '@millrace/protocol/messages/broker-registration';
import type { PeerResponseCodec } from '@millrace/replication';
import { ApiRegistry } from '../apis/api-registry.ts';
import { controllerApis } from '../apis/controller-apis.ts';
import { LocalController } from '../cluster/local-controller.ts';
import { ownFeatures } from '../metadata/registration-fields.ts';
import type { TestBroker } from './test-broker.ts';

const neverClosed = new AbortController().signal;

/** Asks the controller of a node as another node would, without a connection in between. */
export function askController<
  Request extends RequestInput,
  RequestInput extends object,
  Response extends object,
>(
  { broker }: TestBroker,
  codecs: {
    readonly request: MessageCodec<Request, RequestInput>;
    readonly response: PeerResponseCodec<Response>;
  },
  message: Partial<Request>,
  version = codecs.request.maxVersion,
): Promise<Response> {
  const { request, response } = codecs;
  const controller = new LocalController(new ApiRegistry(controllerApis), () => broker, neverClosed);
  const api = { name: request.name, apiKey: request.apiKey, version, request, response };
  return controller.call(api, request.create(message));
}

const uuid = (letter: string) => Buffer.alloc(16, letter).toString('base64url');

/** What a broker with this id would say of itself. */
export function registrationOf(server: TestBroker, brokerId: number): Partial<BrokerRegistrationRequest> {
  return {
    brokerId,
    clusterId: server.broker.clusterId,
    incarnationId: uuid(`i${brokerId}`),
    listeners: [{ name: 'PLAINTEXT', host: `h${brokerId}`, port: 9, securityProtocol: 0 }],
    features: ownFeatures(),
    rack: 'r',
    logDirs: [uuid(`d${brokerId}`)],
  };
}
