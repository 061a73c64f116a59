/** The sizes by which every kernel groups its work and its sums. */

/** Bytes of memory that a register spans. */
export const REGISTER: usize = 16;

/** Elements added in the lanes' own precision before the sum goes on in f64: few enough that f32 stays within 1e-6 of any data. */
export const RUN: i32 = 256;

/** Elements whose lanes are added up together: a caller that splits its data at multiples of it changes no bit of a sum. */
export const BLOCK: i32 = 2048;

/** Classes up to which rows side by side go through columns. For as many, groups of rows have room in the scratch, a third of a slot. */
export const GROUP_CLASSES: i32 = 64;

/** Classes that are brought side by side at a time, and the bytes that they take. */
export const CHUNK_CLASSES: i32 = 256;
