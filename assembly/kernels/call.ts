/** The call record: where in memory a kernel finds its arguments. One address stands for them all, in every kernel's signature. */

import { RUN } from "./blocks";

/** Addresses of the arrays: predictions or logits, targets, a third operand. */
export const X: usize = 0;
export const TARGET: usize = 4;
export const THIRD: usize = 8;
/** Addresses of what is written: values, gradient, Hessian diagonal. 0 for what is not wanted. */
export const VALUES: usize = 12;
export const GRADIENT: usize = 16;
export const HESSIAN: usize = 20;
/** Whether a pointwise kernel sums its values. */
export const SUMMED: usize = 24;
/** The most labels that a position lists, and the bytes from one label of a list to the next. */
export const ENTRIES: usize = 24;
export const LIST_STRIDE: usize = 20;
/** Elements of a pointwise sweep; groups of one over classes. */
export const COUNT: usize = 28;
export const POSITIONS: usize = 32;
export const CLASSES: usize = 36;
/** Bytes from group to group, from position to position, from class to class: of logits and gradient, then of the target. */
export const GROUP_STRIDE: usize = 40;
export const STRIDE: usize = 44;
export const CLASS_STRIDE: usize = 48;
export const TARGET_GROUP_STRIDE: usize = 52;
export const TARGET_STRIDE: usize = 56;
export const TARGET_CLASS_STRIDE: usize = 60;
/** Addresses of numbers by row, each with the bytes from row to row: 0 where one number serves all rows. */
export const LABELS: usize = 64;
export const HITS: usize = 68;
export const HIT_STRIDE: usize = 72;
export const VALUE_FACTORS: usize = 76;
export const VALUE_FACTOR_STRIDE: usize = 80;
export const GRADIENT_FACTORS: usize = 84;
export const GRADIENT_FACTOR_STRIDE: usize = 88;
/** Address of room for registers by class. */
export const SCRATCH: usize = 92;
/** Numbers in f64: the gradient's factor, the formula's parameters, the sum so far. */
export const SCALE: usize = 96;
export const A: usize = 104;
export const B: usize = 112;
export const SUM: usize = 120;

/** Room for pairs of registers through which a pointwise sweep passes what is no whole pair: three operands, three results. */
export const BOUNCE: usize = 128;
/** D and K of the row sweep, in f64, over the bounce's room, which it does not use. */
export const SUM_D: usize = 192;
export const SUM_K: usize = 200;

/** Room for what a loop over a run leaves to the next one: two numbers an element, one in each half. */
export const INTERIM: usize = 320;
export const INTERIM_HALF: usize = (RUN as usize) * 8;

/** Bytes of a record. */
export const CALL_BYTES: usize = INTERIM + 2 * INTERIM_HALF;
