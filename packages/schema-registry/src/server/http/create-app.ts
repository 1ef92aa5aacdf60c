import type { Logger } from '@millrace/host';
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { IncomingMessage } from 'node:http';
import { isJsonObject, type JsonObject } from '../../registry/json-value.ts';
import { RestError } from '../../registry/rest-error.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { anonymousMediaTypes, chooseMediaType, mediaTypes } from './media-types.ts';
import { rewriteAlias, rewriteContext } from './rewrite-path.ts';

export interface AppOptions {
  readonly endpoints: readonly Endpoint[];
  readonly maxBodyBytes: number;
  readonly logger: Logger;
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** What the alias of a subject stands for. */
  readonly aliasOf: (subject: string) => string | undefined;
  readonly authenticate?: ((user: string, password: string) => boolean | Promise<boolean>) | undefined;
  readonly realm: string;
  readonly answer: (endpoint: Endpoint, request: AppRequest) => Promise<AppAnswer>;
}

/** What an answer is made from. */
export interface AppRequest {
  readonly method: string;
  /** As the client sent it. */
  readonly originalUrl: string;
  /** With context and alias resolved. */
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: JsonObject | undefined;
  readonly headers: IncomingMessage['headers'];
}

export interface AppAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Sent as it is, with this media type. */
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Subjects in paths may be as long as a topic's name, and percent-encoded. */
const MAX_PARAM_CHARACTERS = 16_384;

/** Requests whose address made no sense, until they are answered. */
const failedRewrites = new WeakMap<IncomingMessage, RestError>();

/** The HTTP side: addresses, media types, limits and error answers. Knows nothing about schemas. */
export function createApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: options.maxBodyBytes,
    routerOptions: { maxParamLength: MAX_PARAM_CHARACTERS, ignoreTrailingSlash: true },
    rewriteUrl: (request) => rewrite(request, options),
    forceCloseConnections: 'idle',
    ...(options.tls === undefined ? {} : { https: options.tls }),
  }) as FastifyInstance;
  readBodies(app);
  app.addHook('onRequest', async (request, reply) => {
    await checkRequest(request, reply, options);
  });
  app.setErrorHandler((error: FastifyError, request, reply) =>
    sendError(options.logger, error, request, reply),
  );
  app.setNotFoundHandler((request, reply) => sendNotFound(options.endpoints, request, reply));
  for (const endpoint of options.endpoints) {
    app.route({
      method: endpoint.method,
      url: routePattern(endpoint.path),
      handler: (request, reply) => handle(options, endpoint, request, reply),
    });
  }
  return app;
}

/** `{name}` is `:name` for the router, where a colon by itself is written twice. */
function routePattern(path: string): string {
  return path.replaceAll(':', '::').replaceAll(/\{(\w+)\}/g, ':$1');
}

function rewrite(request: IncomingMessage, { aliasOf }: AppOptions): string {
  const url = request.url ?? '/';
  try {
    decodeURIComponent(url.split('?')[0]!);
    return rewriteAlias(rewriteContext(request.method ?? 'GET', url), aliasOf);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    failedRewrites.set(request, new RestError('BAD_REQUEST', message, { cause: error }));
    // The router has an answer of its own for what it cannot decode; this way the hook answers.
    return '/';
  }
}

function readBodies(app: FastifyInstance): void {
  const accepted = [...mediaTypes, ...anonymousMediaTypes];
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(accepted, { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
}

async function checkRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { authenticate, realm }: AppOptions,
): Promise<void> {
  const failure = failedRewrites.get(request.raw);
  if (failure !== undefined) throw failure;
  if (authenticate === undefined) return;
  const credentials = readCredentials(request.headers.authorization);
  if (credentials !== undefined && (await authenticate(credentials.user, credentials.password))) return;
  void reply.header('www-authenticate', `Basic realm="${realm}"`);
  throw new RestError('UNAUTHORIZED', 'Unauthorized');
}

function readCredentials(header: string | undefined): { user: string; password: string } | undefined {
  const match = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '');
  if (match === null) return undefined;
  const text = Buffer.from(match[1]!, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

async function handle(
  options: AppOptions,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const mediaType = chooseMediaType(request.headers.accept);
  const isPage = request.headers.accept?.includes('text/html') === true;
  if (mediaType === undefined && !isPage) throw new RestError('NOT_ACCEPTABLE', 'HTTP 406 Not Acceptable');
  const answer = await options.answer(endpoint, {
    method: request.method,
    originalUrl: request.originalUrl,
    url: request.url,
    params: request.params as Record<string, string>,
    body: parseBody(request.body),
    headers: request.headers,
  });
  for (const [name, value] of Object.entries(answer.headers ?? {})) void reply.header(name, value);
  if (answer.body === undefined) return reply.code(answer.status).send();
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  return reply
    .code(answer.status)
    .header('content-type', answer.mediaType ?? mediaType ?? mediaTypes[2])
    .send(text);
}

function parseBody(body: unknown): JsonObject | undefined {
  if (typeof body !== 'string' || body.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    const details = error instanceof Error ? error.message : '';
    throw new RestError('BAD_REQUEST', `The body is not JSON: ${details}`, { cause: error });
  }
  if (isJsonObject(value)) return value;
  throw new RestError('BAD_REQUEST', 'The body is not a JSON object');
}

function sendError(
  logger: Logger,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const refused = asRestError(error);
  if (refused.httpStatus >= 500) {
    logger.error('request failed', { method: request.method, url: request.url, error });
  }
  return reply
    .code(refused.httpStatus)
    .header('content-type', chooseMediaType(request.headers.accept) ?? mediaTypes[0])
    .send(JSON.stringify({ error_code: refused.errorCode, message: refused.message }));
}

function asRestError(error: FastifyError): RestError {
  if (error instanceof RestError) return error;
  const options = { cause: error };
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new RestError('TOO_LARGE', 'HTTP 413 Request Entity Too Large', options);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new RestError('UNSUPPORTED_MEDIA_TYPE', 'HTTP 415 Unsupported Media Type', options);
    default: {
      const isRequest = error.statusCode !== undefined && error.statusCode < 500;
      return new RestError(isRequest ? 'BAD_REQUEST' : 'INTERNAL', error.message, options);
    }
  }
}

function sendNotFound(
  endpoints: readonly Endpoint[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const path = request.url.split('?')[0] ?? '';
  const isKnown = endpoints.some((endpoint) => pathPattern(endpoint.path).test(path));
  const name = isKnown ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND';
  const message = isKnown ? 'HTTP 405 Method Not Allowed' : 'HTTP 404 Not Found';
  const { httpStatus, errorCode } = new RestError(name, message);
  return reply
    .code(httpStatus)
    .header('content-type', mediaTypes[0])
    .send(JSON.stringify({ error_code: errorCode, message }));
}

function pathPattern(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`);
}
