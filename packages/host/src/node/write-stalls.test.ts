import { expect, test } from 'vitest';
import { WriteStalls } from './write-stalls.ts';

const KIBIBYTE = 1024;

/** Writes as often as allowed for a while, each taking so long. @returns the part of the time it was held up */
function lostShare(stalls: WriteStalls, { writeMs, overMs }: { writeMs: number; overMs: number }): number {
  let lostMs = 0;
  for (let nowMs = 0; nowMs < overMs; nowMs += 0.1) {
    if (!stalls.isPrompt(KIBIBYTE, nowMs)) continue;
    stalls.onWritten(nowMs, nowMs + writeMs);
    lostMs += writeMs;
    nowMs += writeMs;
  }
  return lostMs / overMs;
}

test('small writes are made at once for as long as they are fast, large ones never', () => {
  const stalls = new WriteStalls();
  for (let nowMs = 0; nowMs < 1000; nowMs++) {
    expect(stalls.isPrompt(128 * KIBIBYTE, nowMs)).toBe(true);
    stalls.onWritten(nowMs, nowMs + 0.2);
  }
  expect(stalls.isPrompt(128 * KIBIBYTE + 1, 1000)).toBe(false);
});

test('a write that is held up for a moment is forgiven, several in a row are not', () => {
  const stalls = new WriteStalls();
  stalls.onWritten(0, 5);
  expect(stalls.isPrompt(KIBIBYTE, 5)).toBe(true);
  stalls.onWritten(5, 10);
  stalls.onWritten(10, 15);
  expect(stalls.isPrompt(KIBIBYTE, 15)).toBe(false);
  expect(stalls.isPrompt(KIBIBYTE, 15 + 100)).toBe(true);
});

test('after a long stall nothing is written at once for twenty times as long', () => {
  const stalls = new WriteStalls();
  stalls.onWritten(0, 211);
  expect(stalls.isPrompt(KIBIBYTE, 211 + 4000)).toBe(false);
  expect(stalls.isPrompt(KIBIBYTE, 211 + 4020)).toBe(true);
});

test('a disk that is slow for good takes a twentieth of the time and no more', () => {
  for (const writeMs of [2, 20, 200]) {
    expect(lostShare(new WriteStalls(), { writeMs, overMs: 600_000 })).toBeLessThan(0.06);
  }
});

test('nothing is written at once while a sync is on its way', () => {
  const stalls = new WriteStalls();
  stalls.onSyncBegin();
  stalls.onSyncBegin();
  stalls.onSyncEnd();
  expect(stalls.isPrompt(KIBIBYTE, 0)).toBe(false);
  stalls.onSyncEnd();
  expect(stalls.isPrompt(KIBIBYTE, 0)).toBe(true);
});
