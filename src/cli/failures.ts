/** What keeps the command line from an answer, by whose it is to mend: the data's, or the command's. */

/** The data are not what the command takes them for. */
export class DataError extends Error {}

/** The command asks for what does not exist or does not fit together. */
export class UsageError extends Error {}

/** The exit status for an error, or undefined if it is nobody's but this program's. */
export function exitStatus(error: unknown): number | undefined {
  if (error instanceof DataError) return 1;
  return error instanceof UsageError ? 2 : undefined;
}

/** Where in the data something is; rows count from 1, without the header. */
export function place(file: string, row: number, column: string): string {
  return `${file}, row ${row}, column ${column}`;
}
