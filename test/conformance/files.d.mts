/** The names of the case files of a directory. */
export function caseFiles(directory: string): string[];
