import type {
  Association,
  AssociationBatchResult,
  AssociationChange,
  AssociationLifecycle,
  AssociationQuery,
  AssociationRequest,
  AssociationResult,
} from './registry-entities.ts';
import type { RegistryTransport } from './registry-transport.ts';
import type { PageOptions, RegistryCallOptions } from './subjects-api.ts';

/** Which associations a list holds. */
export interface AssociationListOptions extends PageOptions {
  readonly resourceType?: string;
  readonly associationType?: readonly string[];
  readonly lifecycle?: AssociationLifecycle;
}

/** How associations are written. */
export interface AssociationWriteOptions extends RegistryCallOptions {
  readonly context?: string;
  /** Check only. */
  readonly dryRun?: boolean;
}

/** `/associations` of the REST API: which subject belongs to which resource, such as the value of a topic. */
export class AssociationsApi {
  readonly #transport: RegistryTransport;

  constructor(transport: RegistryTransport) {
    this.#transport = transport;
  }

  ofSubject(subject: string, options: AssociationListOptions = {}): Promise<Association[]> {
    return this.#list(['subjects', subject], options);
  }

  /** Of a topic: its name within the cluster that the namespace names; `-` means any. */
  ofResource(namespace: string, name: string, options: AssociationListOptions = {}): Promise<Association[]> {
    return this.#list(['resources', namespace, name], options);
  }

  ofResourceId(resourceId: string, options: AssociationListOptions = {}): Promise<Association[]> {
    return this.#list(['resources', resourceId], options);
  }

  /** Refused with 40903 when one exists already and differs. */
  create(
    request: AssociationRequest,
    { signal, ...query }: AssociationWriteOptions = {},
  ): Promise<AssociationResult> {
    return this.#transport.json({ method: 'POST', path: ['associations'], query, body: request, signal });
  }

  createOrUpdate(
    resourceId: string,
    request: AssociationRequest,
    { signal, ...query }: AssociationWriteOptions = {},
  ): Promise<AssociationResult> {
    const path = ['associations', 'resources', resourceId];
    return this.#transport.json({ method: 'PUT', path, query, body: request, signal });
  }

  delete(
    resourceId: string,
    {
      signal,
      ...query
    }: RegistryCallOptions & {
      readonly resourceType?: string;
      readonly associationType?: readonly string[];
      /** Delete the subjects that the associations own too. */
      readonly cascadeLifecycle?: boolean;
      readonly dryRun?: boolean;
    } = {},
  ): Promise<void> {
    const path = ['associations', 'resources', resourceId];
    return this.#transport.json({ method: 'DELETE', path, query, signal });
  }

  batchGet(
    requests: readonly AssociationQuery[],
    { signal, ...query }: RegistryCallOptions & { readonly includeSchemas?: boolean } = {},
  ): Promise<AssociationBatchResult[]> {
    return this.#batch('associations:batchGet', { requests }, query, signal);
  }

  batchMutate(
    requests: readonly (Omit<AssociationRequest, 'associations'> & {
      readonly associations: readonly AssociationChange[];
    })[],
    { signal, ...query }: AssociationWriteOptions = {},
  ): Promise<AssociationBatchResult[]> {
    return this.#batch('associations:batchMutate', { requests }, query, signal);
  }

  #list(place: readonly string[], { signal, ...query }: AssociationListOptions): Promise<Association[]> {
    return this.#transport.json({ method: 'GET', path: ['associations', ...place], query, signal });
  }

  async #batch(
    path: string,
    body: unknown,
    query: Record<string, string | boolean | undefined>,
    signal: AbortSignal | undefined,
  ): Promise<AssociationBatchResult[]> {
    const answer = await this.#transport.json<{ results?: AssociationBatchResult[] }>({
      method: 'POST',
      path: [path],
      query,
      body,
      signal,
    });
    return answer.results ?? [];
  }
}
