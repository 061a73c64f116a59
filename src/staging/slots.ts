/** The slots of a stage, in each of which a tile has an array of its own: where they lie, and what is in them. */

/** The address of the first. */
export const FIRST = 65536;
/** A slot's bytes: three streams of a tile stay in a 512 KB level-2 cache. */
export const BYTES = 65536;
/** Bytes between two, which keep the same element of both off the same low address bits, where a store would stall a load. */
export const SKEW = 320;

/** These have a number for each row, or none. */
export const values = 0;
export const weights = 1;
export const upstream = 2;
export const valueFactors = 3;
export const gradientFactors = 4;
export const labels = 5;
export const hits = 6;
/** From here on, a slot holds rows, which may be long. */
export const WIDE = 7;
export const third = 7;
/** Where there is a mask, there is no third operand. */
export const mask = 7;
export const prediction = 8;
export const target = 9;
export const gradient = 10;
export const scratch = 11;
export const hessian = 12;

/** How many there are. */
export const COUNT = 13;
