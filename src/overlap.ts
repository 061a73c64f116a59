/** Whether two arrays share memory. */

/** Whether two arrays have elements in the same memory. A plain array shares none. */
export function overlap(a: object, b: object): boolean {
  const x = a as Float64Array;
  const y = b as Float64Array;
  // The buffer is asked for last: it takes 40 ns.
  return x.byteOffset < y.byteOffset + y.byteLength && y.byteOffset < x.byteOffset + x.byteLength && x.buffer === y.buffer;
}
