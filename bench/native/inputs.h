/** The inputs of bench/inputs.mjs: the same generator, the same arithmetic, the same bits. */

#pragma once
#include <stdint.h>
#include <string.h>

static uint32_t state;

/** The high 24 bits of a linear congruential generator (Numerical Recipes' constants), as a number in [0, 1). */
static double uniform(void) {
  state = state * 1664525u + 1013904223u;
  return (double)(state >> 8) / 16777216;
}

/** The sum of four uniform numbers, scaled: near a normal distribution, and exact in any language. */
static double normal(double sigma) {
  double sum = uniform();
  for (int i = 0; i < 3; i++) sum += uniform();
  return (sum - 2) * (sigma * 1.7320508075688772);
}

static double number(void) { return normal(1); }
static double logit(void) { return normal(3); }
static double either(void) { return uniform() < 0.5 ? 0 : 1; }

static void fill(float *x, long n, double draw(void)) {
  for (long i = 0; i < n; i++) x[i] = (float)draw();
}

static void fillLabels(int *labels, long n, long classes) {
  for (long i = 0; i < n; i++) labels[i] = (int)(uniform() * (double)classes);
}

/** FNV-1a over 32-bit words. */
static uint32_t hash(uint32_t h, const void *words, long n) {
  for (long i = 0; i < n; i++) {
    uint32_t word;
    memcpy(&word, (const char *)words + 4 * i, 4);
    h = (h ^ word) * 16777619u;
  }
  return h;
}
