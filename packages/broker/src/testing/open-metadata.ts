import { silentLogger, type Host } from '@millrace/host';
import type { LogManager } from '@millrace/log';
import { planCluster } from '../config/cluster-plan.ts';
import { planListeners } from '../config/listeners.ts';
import { parseBrokerProperties } from '../config/parse-broker-properties.ts';
import { BrokerLoggers } from '../logging/broker-loggers.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { ClusterMetadata } from '../metadata/cluster-metadata.ts';
import { prepareDataDirectories } from '../storage/data-directories.ts';
import { DirectoryFailures } from '../storage/directory-failures.ts';
import { openLogs } from '../storage/open-logs.ts';

/** The metadata of a node alone, in `/data`, without the node around it: opened, not started. */
export async function openMetadata(
  host: Host,
  publish: (image: ClusterImage) => void = () => {},
): Promise<{ readonly metadata: ClusterMetadata; readonly logs: LogManager }> {
  const nodeId = 1;
  const { config } = parseBrokerProperties({ 'log.dirs': '/data' }, silentLogger);
  const directories = await prepareDataDirectories(host, config.values, nodeId);
  const logs = await openLogs({
    host,
    loggers: new BrokerLoggers(silentLogger, 'TRACE'),
    config,
    nodeId,
    directories,
    failures: new DirectoryFailures(directories, true),
    assignments: () => undefined,
    brokerEpoch: () => -1,
  });
  const metadata = await ClusterMetadata.open({
    host,
    nodeId,
    clusterId: directories.clusterId,
    logs,
    config,
    plan: planCluster(config.values, nodeId, planListeners(config.values)),
    endpoints: () => [],
    security: {},
    brokerSecurity: {},
    logger: silentLogger,
    quorumLogger: silentLogger,
    controllerLogger: silentLogger,
    publish: async (image) => publish(image),
    onFault: () => {},
    onLeaderChange: () => {},
  });
  return { metadata, logs };
}
