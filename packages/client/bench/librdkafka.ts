import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** Git ignores it; `npm run bench:librdkafka` fills it. */
const folder = resolve(import.meta.dirname, '../../../.millrace/librdkafka');
mkdirSync(folder, { recursive: true });
/** As it is written into what is built: where worktrees share the folder they should not be named. */
export const librdkafkaFolder = realpathSync(folder);

const PACKAGE = '@confluentinc/kafka-javascript';
const require = createRequire(join(librdkafkaFolder, 'package.json'));

/** Why librdkafka's binding cannot be used here, or `undefined` where it can. */
export function unavailable(): string | undefined {
  const binary = join(
    librdkafkaFolder,
    'node_modules',
    PACKAGE,
    'build/Release/confluent-kafka-javascript.node',
  );
  if (!existsSync(binary)) return 'librdkafka is not built; build it with "npm run bench:librdkafka"';
  try {
    require(binary);
    return undefined;
  } catch (error) {
    return `librdkafka was built for another Node.js: ${(error as Error).message}`;
  }
}

/** What `produce` throws while librdkafka's queue is full. */
export const QUEUE_FULL = -184;

/** Its callback interface, as far as it is used. */
export interface Librdkafka {
  readonly Producer: new (settings: Readonly<Record<string, unknown>>) => RdProducer;
  readonly KafkaConsumer: new (
    settings: Readonly<Record<string, unknown>>,
    topicSettings: Readonly<Record<string, unknown>>,
  ) => RdConsumer;
}

type Settle = (error: Error | null | undefined) => void;

export interface RdProducer {
  connect(options: object, settle: Settle): void;
  disconnect(settle: Settle): void;
  setPollInBackground(isOn: boolean): void;
  on(event: 'delivery-report', listener: (error: Error | null) => void): void;
  /** @throws an error with the code `QUEUE_FULL`, among others */
  produce(topic: string, partition: number | null, value: Buffer, key: Buffer | null): void;
}

export interface RdConsumer {
  connect(options: object, settle: Settle): void;
  disconnect(settle: Settle): void;
  subscribe(topics: readonly string[]): void;
  setDefaultConsumeTimeout(timeoutMs: number): void;
  consume(count: number, settle: (error: Error | null, messages: readonly unknown[]) => void): void;
}

export function librdkafka(): Librdkafka {
  return require(PACKAGE) as Librdkafka;
}

/** A call that ends with a callback, as a promise. */
export function done(call: (settle: Settle) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    call((error) => (error === null || error === undefined ? resolve() : reject(error)));
  });
}
