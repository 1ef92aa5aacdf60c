import shared from '../../vitest.shared.ts';

/** Files share their workers: nothing in this package is global, and loading it costs more than most tests. */
export default { ...shared, test: { ...shared.test, isolate: false } };
