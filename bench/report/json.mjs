/** The results for programs. */

/** JSON has no NaN and no infinity, which an error can be: they are written as strings. */
const finite = (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);

export const jsonReport = (report) => `${JSON.stringify(report, finite, 1)}\n`;
