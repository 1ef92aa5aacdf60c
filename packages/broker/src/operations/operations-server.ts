import type { SocketAddress } from '@millrace/host';
import { fastify, type FastifyInstance } from 'fastify';
import { clientMetricsText } from '../client-metrics/client-metrics-exposition.ts';
import type { ClientMetricsStore } from '../client-metrics/client-metrics-store.ts';
import { invariant, ListenError } from '../errors.ts';
import { Exposition } from '../metrics/exposition.ts';
import type { MetricSources } from '../metrics/metric-snapshot.ts';
import { readiness, type HealthSources } from './health.ts';

/** A scrape is some hundred bytes of headers. */
const MAX_BODY_BYTES = 1024;

/** What the endpoint reads from, once there is something. */
export interface OperationsSources {
  readonly metrics: MetricSources;
  readonly health: HealthSources;
  /** What clients have pushed. */
  readonly clientMetrics: Pick<ClientMetricsStore, 'entries'>;
}

/**
 * `/metrics` for Prometheus, `/health/live` and `/health/ready` for whoever runs the process. It answers from the first
 * moment on, so that a node that recovers its logs for long is known to be alive.
 */
export class OperationsServer {
  /** Where it is bound, with the real port. */
  readonly address: SocketAddress;
  readonly #app: FastifyInstance;

  private constructor(app: FastifyInstance, address: SocketAddress) {
    this.#app = app;
    this.address = address;
  }

  /** @param sources asked for each request; `undefined` while the broker starts @throws ListenError */
  static async open(
    { host, port }: SocketAddress,
    sources: () => OperationsSources | undefined,
  ): Promise<OperationsServer> {
    const app = createApp(sources);
    try {
      await app.listen({ host, port });
    } catch (cause) {
      await app.close();
      throw new ListenError(`${host}:${port}`, cause, 'metrics.listener');
    }
    const bound = app.addresses()[0];
    invariant(typeof bound === 'object', 'an HTTP server that listens nowhere');
    return new OperationsServer(app, { host: bound.address, port: bound.port });
  }

  close(): Promise<void> {
    return this.#app.close();
  }
}

function createApp(sources: () => OperationsSources | undefined): FastifyInstance {
  const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  const exposition = new Exposition();
  app.get<{ Querystring: { names?: string } }>('/metrics', async (request, reply) => {
    const naming = request.query.names === 'confluent' ? 'confluent' : 'standard';
    const now = sources();
    const text = await exposition.text(naming, now?.metrics);
    const pushed = now === undefined ? '' : clientMetricsText(now.clientMetrics.entries());
    return reply.header('content-type', exposition.contentType).send(`${text}${pushed}`);
  });
  app.get('/health/live', (_request, reply) => reply.send({ status: 'up' }));
  app.get('/health/ready', (_request, reply) => {
    const { isReady, checks } = readiness(sources()?.health);
    const body = Object.entries(checks).map(([name, { isOk, reason }]) => [
      name,
      isOk ? { status: 'up' } : { status: 'down', reason },
    ]);
    return reply
      .code(isReady ? 200 : 503)
      .send({ status: isReady ? 'ready' : 'not ready', checks: Object.fromEntries(body) });
  });
  return app;
}
