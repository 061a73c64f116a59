/** What a page or a worker reports, or what went wrong instead. */
type Report = import("./suite").SuiteReport | { readonly error: string };

type Backend = import("../../src/index").Backend;

/** What is wrong with a report, a sentence each. `backends`: those that the browser's engine has, the automatic choice first. */
export function complaintsAbout(report: Report, backends: readonly Backend[], policy: { readonly allowsWasm: boolean }): string[];
