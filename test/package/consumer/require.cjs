/** A consumer that requires the library. */

const library = require("simd-loss");
const { check } = require("./known.mjs");

console.log(JSON.stringify(check(library)));
