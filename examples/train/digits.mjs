/** The handwritten digits as arrays, in a seeded order, a fifth of them held out. */

import { uniformInt } from "pure-rand/distribution/uniformInt";

/** Pixels of an image. */
export const PIXELS = 64;
/** The brightest value of a pixel in the file. */
const WHITE = 16;

/**
 * Splits the digits as the file has them, flat `pixels` from 0 to 16, a row to an image, and `labels`: `{ train, test }`,
 * each of flat `pixels` from 0 to 1 and `labels`.
 */
export function splitDigits({ pixels, labels }, generator) {
  const order = shuffled(labels.length, generator);
  const held = Math.floor(order.length / 5);
  const take = (rows) => {
    const taken = takeRows({ pixels, labels }, rows);
    return { ...taken, pixels: taken.pixels.map((pixel) => pixel / WHITE) };
  };
  return { train: take(order.slice(held)), test: take(order.slice(0, held)) };
}

/** The images of some rows and their labels. */
export function takeRows({ pixels, labels }, rows) {
  const taken = new Float32Array(rows.length * PIXELS);
  rows.forEach((row, i) => {
    taken.set(pixels.subarray(row * PIXELS, (row + 1) * PIXELS), i * PIXELS);
  });
  return { pixels: taken, labels: Int32Array.from(rows, (row) => labels[row]) };
}

/** The whole numbers below `count`, in a random order. */
export function shuffled(count, generator) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
