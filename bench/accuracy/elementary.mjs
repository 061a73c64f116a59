/** An instance of the elementary functions' binary and the memory they map. */

const PAGE = 65536;

/**
 * @param module a module or the bytes of compileElementary
 * @param precision "f32" or "f64"
 * @param capacity the most elements that are mapped at once
 * @returns the arrays in its memory, and `apply(name, n)`, which sets y[i] = name(x[i]) for i < n, or name(x[i], k[i])
 */
export function instantiate(module, precision, capacity) {
  const compiled = module instanceof WebAssembly.Module ? module : new WebAssembly.Module(module);
  const bytes = capacity * 8;
  const memory = new WebAssembly.Memory({ initial: 1 + Math.ceil((3 * bytes) / PAGE) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const array = precision === "f32" ? Float32Array : Float64Array;
  const [from, to, second] = [PAGE, PAGE + bytes, PAGE + 2 * bytes];
  return {
    x: new array(memory.buffer, from, capacity),
    y: new array(memory.buffer, to, capacity),
    k: new array(memory.buffer, second, capacity),
    apply: (name, n) => exports[name](from, to, n, second),
  };
}
