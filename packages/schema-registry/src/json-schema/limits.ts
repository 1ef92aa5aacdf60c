/** Characters of a schema text: far above any schema written for records, small enough to parse in a second. */
export const MAX_SCHEMA_CHARACTERS = 10 * 1024 * 1024;

/** Objects and arrays inside each other in a schema text; what follows recurses over the tree, and the stack is finite. */
export const MAX_NESTING_LEVELS = 512;

/** Pairs of sub-schemas that one compatibility check compares before it gives up with `COMPARISON_LIMIT`. */
export const MAX_COMPARISONS = 500_000;

/** Differences kept for one pair of sub-schemas; one is enough to refuse, a screen of them is enough to repair. */
export const MAX_DIFFERENCES = 100;

/** How long a regular expression that no linear engine understands may take for one string. */
export const MAX_PATTERN_MS = 50;

/** The same where the machine is too busy to let the process run for half of that time; 50 ms doubled five times. */
export const MAX_STARVED_PATTERN_MS = 1_600;

/** Sub-schemas inside each other that one check follows: the chain of references may be longer than the stack. */
export const MAX_COMPARISON_DEPTH = 1_000;

/** Compiled regular expressions kept by pattern. */
export const MAX_PATTERNS = 2_000;
