/** What keeps the command line from an answer, by whose it is to mend: the data's, the command's, or the output's. */

/** The data are not what the command takes them for. */
export class DataError extends Error {}

/** The command asks for what does not exist or does not fit together. */
export class UsageError extends Error {}

/** What was found cannot be told: the output does not take it. */
export class OutputError extends Error {}

/** An error in reading a file, in a sentence if it is the operating system's. */
export function unread(file: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined || error instanceof DataError ? error : new DataError(`${file} cannot be read: ${message}`);
}

/** The exit status for an error, or undefined if it is nobody's but this program's. */
export function exitStatus(error: unknown): number | undefined {
  if (error instanceof DataError || error instanceof OutputError) return 1;
  return error instanceof UsageError ? 2 : undefined;
}

/** Where in the data something is; rows count from 1, without the header. */
export function place(file: string, row: number, column: string): string {
  return `${file}, row ${row}, column ${column}`;
}
