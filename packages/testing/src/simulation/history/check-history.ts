import type { History } from './history.ts';
import { abortedRead } from './rules/aborted-read.ts';
import { contiguity } from './rules/contiguity.ts';
import { copies, type CopiesOptions } from './rules/copies.ts';
import { divergence } from './rules/divergence.ts';
import { duplicate } from './rules/duplicate.ts';
import { fracturedTransaction } from './rules/fractured-transaction.ts';
import { groupDelivery, type GroupDeliveryOptions } from './rules/group-delivery.ts';
import { list } from './rules/list.ts';
import { lostAndUnseen } from './rules/lost-and-unseen.ts';
import { order } from './rules/order.ts';
import { phantom } from './rules/phantom.ts';
import { total, type TotalOptions } from './rules/total.ts';
import type { Violation } from './violation.ts';

export interface CheckOptions extends GroupDeliveryOptions {
  /** A topic in which amounts are moved. */
  readonly totals?: TotalOptions;
  /** A topic that is copied into another in transactions. */
  readonly copied?: CopiesOptions;
}

const always: readonly ((history: History) => Violation[])[] = [
  lostAndUnseen,
  duplicate,
  abortedRead,
  phantom,
  order,
  divergence,
  contiguity,
  fracturedTransaction,
  list,
];

/** Every promise that the history shows to be broken. A history without one says nothing of what nobody looked at. */
export function checkHistory(history: History, options: CheckOptions = {}): Violation[] {
  const { totals, copied } = options;
  return [
    ...always.flatMap((rule) => rule(history)),
    ...groupDelivery(history, options),
    ...(totals === undefined ? [] : total(history, totals)),
    ...(copied === undefined ? [] : copies(history, copied)),
  ];
}
