import type { Instance } from "./elementary.mjs";

export interface Worst {
  share: number;
  error: number;
  at: number;
  exponent: number;
  fault: string | undefined;
}

interface Portion {
  name: string;
  instances: readonly Instance[];
}

interface Sampled {
  samples?: number;
  seed?: number;
  edges?: boolean;
}

export const BLOCK: number;
export function measureSingle(portion: Portion & Sampled & { from?: number; to?: number; stride?: number }): Worst[];
export function measureDouble(portion: Portion & Sampled): Worst[];
