/** Name of the mark of a clean stop. */
export const CLEAN_SHUTDOWN_FILE = '.kafka_cleanshutdown';

/** @param brokerEpoch -1 where none is known. */
export function formatCleanShutdownFile(brokerEpoch: number): string {
  return JSON.stringify({ version: 0, brokerEpoch });
}

/** The broker epoch of the clean stop. An unreadable file counts as a clean stop of an unknown epoch, as in Kafka. */
export function parseCleanShutdownFile(text: string): number {
  try {
    const content = JSON.parse(text) as { brokerEpoch?: unknown };
    return typeof content.brokerEpoch === 'number' ? content.brokerEpoch : -1;
  } catch {
    return -1;
  }
}
