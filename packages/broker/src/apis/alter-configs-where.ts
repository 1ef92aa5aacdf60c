import type { PeerApi } from '@millrace/replication';
import { alterConfigs, type ConfigAlteration } from '../controller/alter-configs.ts';
import { alterResult, type AlterConfigsResult } from './alter-configs-answer.ts';
import type { ConfigResource } from './config-access.ts';
import type { RequestContext } from './handler.ts';

/**
 * Alters what the controller keeps: here where this node is the active one, and otherwise there, in the name of the
 * client. A request of which this node does a part, or refuses one, cannot be passed on as it is.
 * @throws KafkaError when the active controller does not answer; NOT_CONTROLLER where another one was to be asked
 */
export async function alterAtController<Resource extends ConfigResource>(
  context: RequestContext,
  resources: readonly Resource[],
  request: {
    readonly validateOnly: boolean;
    readonly toAlteration: (resource: Resource) => ConfigAlteration;
    readonly api: PeerApi<
      { readonly resources: Resource[]; readonly validateOnly: boolean },
      { readonly responses: readonly AlterConfigsResult[]; readonly throttleTimeMs: number }
    >;
  },
): Promise<readonly AlterConfigsResult[]> {
  const { broker } = context;
  const { validateOnly, toAlteration, api } = request;
  if (resources.length === 0) return [];
  const isForBroker = context.apis === broker.apis;
  if (broker.controller.isActive || !isForBroker) {
    const alterations = resources.map(toAlteration);
    const isCheckedByBroker = isForBroker || context.isForwarded === true;
    const altered = await broker.controller.run((state) =>
      alterConfigs(state, alterations, { validateOnly, isCheckedByBroker }),
    );
    return altered.map(alterResult);
  }
  const answer = await broker.cluster.forwarder.send(
    api,
    { resources: [...resources], validateOnly },
    context,
  );
  context.throttleMs = Math.max(context.throttleMs, answer.throttleTimeMs);
  return answer.responses;
}
