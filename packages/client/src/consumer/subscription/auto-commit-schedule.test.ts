import { describe, expect, it } from 'vitest';
import { AutoCommitSchedule } from './auto-commit-schedule.ts';

describe('the schedule of automatic commits', () => {
  it('is due once per interval', () => {
    const schedule = new AutoCommitSchedule(5000, 100, 0);
    expect(schedule.isDue(4999)).toBe(false);
    expect(schedule.isDue(5000)).toBe(true);
    schedule.started(6000);
    schedule.succeeded();
    expect(schedule.isDue(10_999)).toBe(false);
    expect(schedule.isDue(11_000)).toBe(true);
  });

  it('never has two commits under way', () => {
    const schedule = new AutoCommitSchedule(5000, 100, 0);
    schedule.started(5000);
    expect(schedule.isDue(60_000)).toBe(false);
    schedule.succeeded();
    expect(schedule.isDue(60_000)).toBe(true);
  });

  it('is due sooner after a failure that may pass, and only then', () => {
    const schedule = new AutoCommitSchedule(5000, 100, 0);
    schedule.started(5000);
    schedule.failed(5010, true);
    expect(schedule.isDue(5109)).toBe(false);
    expect(schedule.isDue(5110)).toBe(true);
    schedule.started(5110);
    schedule.failed(5120, false);
    expect(schedule.isDue(10_109)).toBe(false);
    expect(schedule.isDue(10_110)).toBe(true);
  });
});
