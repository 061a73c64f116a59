/** A new process that imports a module and calls it once, in f32: prints the wall-clock ms of both. */

const numbers = new Float32Array(64);
const start = performance.now();
const { mse } = await import(process.argv[2]);
const imported = performance.now();
mse(numbers, numbers);
console.log(JSON.stringify({ import: imported - start, call: performance.now() - imported }));
