import type {
  BrokerRegistrationChangeRecord,
  RegisterBrokerRecord,
  RegisterControllerRecord,
} from '@millrace/protocol/messages/metadata-records';
import type {
  BrokerImage,
  ClusterImage,
  ControllerImage,
  FeatureRange,
  RegisteredEndpoint,
} from './cluster-image.ts';
import type { MetadataRecord } from './metadata-record.ts';

/** The records about nodes. */
export type NodeRecord = Extract<
  MetadataRecord,
  {
    type:
      | 'RegisterBroker'
      | 'UnregisterBroker'
      | 'BrokerRegistrationChange'
      | 'FenceBroker'
      | 'UnfenceBroker'
      | 'RegisterController'
      | 'UnregisterController';
  }
>;

type NodesImage = Pick<ClusterImage, 'brokers' | 'controllers'>;
type BrokerChange = Partial<Omit<BrokerImage, 'id' | 'epoch'>>;

/** The part of `ImageBuilder` that is about nodes. The base stays as it is; maps that change are copied once. */
export class NodeBuilder {
  readonly #base: NodesImage;
  #brokers: Map<number, BrokerImage> | undefined;
  #controllers: Map<number, ControllerImage> | undefined;

  constructor(base: NodesImage) {
    this.#base = base;
  }

  get hasChangedBrokers(): boolean {
    return this.#brokers !== undefined;
  }

  get hasChangedControllers(): boolean {
    return this.#controllers !== undefined;
  }

  build(): NodesImage {
    return {
      brokers: this.#brokers ?? this.#base.brokers,
      controllers: this.#controllers ?? this.#base.controllers,
    };
  }

  /** @returns why the record cannot be applied, `undefined` when it was */
  apply(record: NodeRecord): string | undefined {
    switch (record.type) {
      case 'RegisterBroker':
        this.#ownBrokers().set(record.data.brokerId, brokerImage(record.data));
        return undefined;
      case 'UnregisterBroker':
        return this.#unregisterBroker(record.data.brokerId, record.data.brokerEpoch);
      case 'BrokerRegistrationChange':
        return this.#changeBroker(
          record.data.brokerId,
          record.data.brokerEpoch,
          registrationChange(record.data),
        );
      case 'FenceBroker':
        return this.#changeBroker(record.data.id, record.data.epoch, { isFenced: true });
      case 'UnfenceBroker':
        return this.#changeBroker(record.data.id, record.data.epoch, { isFenced: false });
      case 'RegisterController':
        this.#ownControllers().set(record.data.controllerId, controllerImage(record.data));
        return undefined;
      case 'UnregisterController':
        return this.#ownControllers().delete(record.data.controllerId)
          ? undefined
          : `controller ${record.data.controllerId} is not registered`;
    }
  }

  #unregisterBroker(brokerId: number, brokerEpoch: number): string | undefined {
    if (this.#registered(brokerId, brokerEpoch) === undefined) return notRegistered(brokerId, brokerEpoch);
    this.#ownBrokers().delete(brokerId);
    return undefined;
  }

  #changeBroker(brokerId: number, brokerEpoch: number, change: BrokerChange): string | undefined {
    const old = this.#registered(brokerId, brokerEpoch);
    if (old === undefined) return notRegistered(brokerId, brokerEpoch);
    this.#ownBrokers().set(brokerId, { ...old, ...change });
    return undefined;
  }

  #registered(brokerId: number, brokerEpoch: number): BrokerImage | undefined {
    const broker = (this.#brokers ?? this.#base.brokers).get(brokerId);
    return broker?.epoch === brokerEpoch ? broker : undefined;
  }

  #ownBrokers(): Map<number, BrokerImage> {
    return (this.#brokers ??= new Map(this.#base.brokers));
  }

  #ownControllers(): Map<number, ControllerImage> {
    return (this.#controllers ??= new Map(this.#base.controllers));
  }
}

function notRegistered(brokerId: number, brokerEpoch: number): string {
  return `broker ${brokerId} with epoch ${brokerEpoch} is not registered`;
}

function registrationChange(data: BrokerRegistrationChangeRecord): BrokerChange {
  return {
    ...(data.fenced === 0 ? {} : { isFenced: data.fenced > 0 }),
    ...(data.inControlledShutdown === 0 ? {} : { inControlledShutdown: data.inControlledShutdown > 0 }),
    ...(data.logDirs.length === 0 ? {} : { directoryIds: data.logDirs }),
    ...(data.cordonedLogDirs === null ? {} : { cordonedDirectoryIds: data.cordonedLogDirs }),
  };
}

function brokerImage(data: RegisterBrokerRecord): BrokerImage {
  return {
    id: data.brokerId,
    epoch: data.brokerEpoch,
    incarnationId: data.incarnationId,
    isFenced: data.fenced,
    inControlledShutdown: data.inControlledShutdown,
    rack: data.rack,
    features: featureRanges(data.features),
    directoryIds: data.logDirs,
    cordonedDirectoryIds: data.cordonedLogDirs ?? [],
    endpoints: endpointsByName(data.endPoints),
  };
}

function controllerImage(data: RegisterControllerRecord): ControllerImage {
  return {
    id: data.controllerId,
    incarnationId: data.incarnationId,
    features: featureRanges(data.features),
    endpoints: endpointsByName(data.endPoints),
  };
}

function featureRanges(features: RegisterBrokerRecord['features']): FeatureRange[] {
  return features.map(({ name, minSupportedVersion, maxSupportedVersion }) => ({
    name,
    minVersion: minSupportedVersion,
    maxVersion: maxSupportedVersion,
  }));
}

function endpointsByName(endpoints: RegisterBrokerRecord['endPoints']): Map<string, RegisteredEndpoint> {
  return new Map(
    endpoints.map(({ name, host, port, securityProtocol }) => [name, { host, port, securityProtocol }]),
  );
}
