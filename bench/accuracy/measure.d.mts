import type { Instance } from "./elementary.mjs";

export interface Worst {
  ulp: number;
  at: number;
  fault: number | undefined;
}

interface Portion {
  name: string;
  instances: readonly Instance[];
}

export const BLOCK: number;
export function measureSingle(portion: Portion & { from: number; to: number; stride: number }): Worst[];
export function measureDouble(portion: Portion & { samples?: number; seed?: number; edges: boolean }): Worst[];
