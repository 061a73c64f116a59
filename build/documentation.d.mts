/** The types of `documentation.mjs`. */

export interface Documented {
  readonly name: string;
  readonly file: string;
  readonly kind: "loss" | "activation" | "penalty" | "function" | "type";
  readonly summary: string;
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

export function documentation(): Documented[];
