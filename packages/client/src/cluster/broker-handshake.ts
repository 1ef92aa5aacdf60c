import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import { ApiVersionsRequest } from '@millrace/protocol/messages/api-versions';
import { ConnectionError } from '../errors.ts';
import { apiVersionsApi, apiVersionsFallback, BrokerVersions } from './api-versions.ts';
import { formatAddress } from './bootstrap-addresses.ts';
import type { BrokerConnection } from './broker-connection.ts';

const SOFTWARE = { clientSoftwareName: 'millrace', clientSoftwareVersion: '0.1.0' };

/** Who the client believes to be at the other end (KIP-1242); nothing while it knows only a bootstrap address. */
export interface ExpectedBroker {
  readonly clusterId: string;
  readonly nodeId: number;
}

/** The broker says that this is another cluster or node than we think: start again from the bootstrap addresses. */
export class RebootstrapRequiredError extends ConnectionError {}

/** The first version that says whom the client expects. */
const FIRST_WITH_IDENTITY = 5;

/** What is known before the first exchange on a connection. */
export interface HandshakeKnowledge {
  readonly expected: ExpectedBroker | undefined;
  /** What the newest connection to any broker of the cluster has told; they are mostly alike. */
  readonly versions: BrokerVersions | undefined;
}

/**
 * The first exchange on every connection: which versions does this broker speak? A version that a broker does not know
 * costs another round trip, so a new one is asked with only where it says more, or the broker is known to know it.
 */
export async function negotiateVersions(
  connection: BrokerConnection,
  { expected, versions }: HandshakeKnowledge,
  timeoutMs: number,
): Promise<BrokerVersions> {
  const newest = expected === undefined ? FIRST_WITH_IDENTITY - 1 : ApiVersionsRequest.maxVersion;
  let version = Math.min(newest, versions?.range(ApiVersionsRequest.apiKey)?.maxVersion ?? newest);
  const message = { ...SOFTWARE, clusterId: expected?.clusterId ?? null, nodeId: expected?.nodeId ?? -1 };
  for (;;) {
    const identity = version >= FIRST_WITH_IDENTITY ? {} : { clusterId: null, nodeId: -1 };
    const response = await connection.request(
      apiVersionsApi,
      version,
      { ...message, ...identity },
      { timeoutMs },
    );
    if (response.errorCode === ErrorCode.NONE) return new BrokerVersions(response);
    const fallback = apiVersionsFallback(response);
    if (response.errorCode !== ErrorCode.UNSUPPORTED_VERSION || fallback >= version) {
      throw refusal(connection, response.errorCode);
    }
    version = fallback;
  }
}

function refusal(connection: BrokerConnection, errorCode: number): ConnectionError {
  const address = formatAddress(connection.address);
  if (errorCode === ErrorCode.REBOOTSTRAP_REQUIRED) {
    return new RebootstrapRequiredError(address, 'it is not the broker that used to be at this address');
  }
  return new ConnectionError(address, `it refused ApiVersions with ${kafkaErrorName(errorCode)}`);
}
