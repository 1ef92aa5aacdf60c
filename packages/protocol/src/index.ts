export { MillraceError, type ErrorEntry } from './errors/millrace-error.ts';
