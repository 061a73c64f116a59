/** The module that `documentation.mjs` makes. */
declare module "virtual:documentation" {
  export interface Documentation {
    readonly summary: string;
    readonly formula: string;
    readonly use: string;
    readonly groups: readonly string[];
    readonly also: string;
  }
  const documentation: Readonly<Record<string, Documentation>>;
  export default documentation;
}
