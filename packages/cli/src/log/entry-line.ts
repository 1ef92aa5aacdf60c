import { basename } from 'node:path';
import type { DumpEntry } from '@millrace/log/tools';

/** Shown where it says something; most entries are at their defaults. */
const quiet: Readonly<Record<string, unknown>> = {
  producerId: -1,
  producerEpoch: -1,
  baseSequence: -1,
  lastSequence: -1,
  firstSequence: -1,
  coordinatorEpoch: -1,
  currentTransactionFirstOffset: -1,
  isTransactional: false,
  isControl: false,
  deleteHorizonMs: null,
  compression: 'none',
  timestampType: 'CreateTime',
  magic: 2,
};

/** One line of a dump for people: where, what, and every field that is not at its default. */
export function entryLine({ file, position, type, ...fields }: DumpEntry): string {
  const shown = Object.entries(fields)
    .filter(([name, value]) => !(name in quiet && quiet[name] === value))
    .filter(([name, value]) => !(name === 'headers' && Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const label = type === 'damage' ? 'DAMAGE' : type;
  return `${basename(file)} @${position} ${label} ${shown.join(' ')}\n`;
}
