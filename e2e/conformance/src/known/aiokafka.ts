import type { KnownFailure } from '../report/outcome.ts';

/** Failed on a busy machine, and need not. */
function sometimes(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.map((test) => ({ test, on: 'both', reason, sometimes: true }));
}

export const aiokafkaFailures: readonly KnownFailure[] = [
  ...sometimes(
    'measures how long things take, or waits for tenths of seconds; a busy machine is slower',
    'tests/test_coordinator.py::TestKafkaCoordinatorIntegration::test_coordinator__heartbeat_routine',
    'tests/test_coordinator.py::TestKafkaCoordinatorIntegration::test_coordinator__maybe_do_autocommit',
  ),
];
