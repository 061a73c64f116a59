/** Exponential and logarithm of f32 accuracy, with Estrin's scheme. */

#pragma once
#include "lanes.h"

/** Added to a number it rounds to an integer n, and leaves n + 127 in the lowest bits. */
#define ROUND 12583039.0f

/**
 * e^x for x <= 0, to 1 ULP; below e^-88 it is 0. Reduction by ln 2 in two parts after Cody and Waite; the coefficients
 * are those of bench/accuracy/coefficients.mjs.
 */
INLINE void expNonPositive(V *x, const int K) {
  V n[LOCKSTEP], r[LOCKSTEP], s[LOCKSTEP], p[LOCKSTEP];
  EACH x[k] = larger(x[k], splat(-88.02969360351562f));
  EACH p[k] = mulAdd(x[k], splat(1.4426950216293335f), splat(ROUND));
  EACH n[k] = p[k] - splat(ROUND);
  EACH r[k] = negMulAdd(n[k], splat(0.693145751953125f), x[k]);
  EACH r[k] = negMulAdd(n[k], splat(0.000001428606765330187f), r[k]);
  EACH s[k] = r[k] * r[k];
  EACH n[k] = mulAdd(splat(0.00136191479396075f), r[k], splat(0.008368538692593575f));
  EACH x[k] = mulAdd(splat(0.041671864688396454f), r[k], splat(0.1666652262210846f));
  EACH x[k] = mulAdd(mulAdd(n[k], s[k], x[k]), r[k], splat(0.4999997913837433f));
  EACH x[k] = mulAdd(x[k], s[k], r[k]);
  EACH p[k] = power(p[k]);
  EACH x[k] = mulAdd(x[k], p[k], p[k]);
}

/** 2^x for x <= 0, to 2 ULP; below 2^-126 it is 0. The polynomial interpolates at Chebyshev's nodes. */
INLINE void exp2NonPositive(V *x, const int K) {
  V f[LOCKSTEP], s[LOCKSTEP], p[LOCKSTEP], a[LOCKSTEP];
  EACH x[k] = larger(x[k], splat(-127.0f));
  EACH p[k] = x[k] + splat(ROUND);
  EACH f[k] = x[k] - (p[k] - splat(ROUND));
  EACH s[k] = f[k] * f[k];
  EACH a[k] = mulAdd(splat(0.0013390863364764831f), f[k], splat(0.00967603191832597f));
  EACH x[k] = mulAdd(splat(0.05550357114219032f), f[k], splat(0.2402210748530827f));
  EACH f[k] = mulAdd(splat(0.6931471880262285f), f[k], splat(1.0f));
  EACH x[k] = mulAdd(mulAdd(a[k], s[k], x[k]), s[k], f[k]);
  EACH x[k] = x[k] * power(p[k]);
}

/** log(1 + y) for 0 <= y <= 1, to 2 ULP; a series in y / (2 + y), with the coefficients of bench/accuracy/coefficients.mjs. */
INLINE void log1pUnit(V *y, const int K) {
  V s[LOCKSTEP], z[LOCKSTEP], h[LOCKSTEP], a[LOCKSTEP];
  EACH s[k] = y[k] / (y[k] + splat(2.0f));
  EACH z[k] = s[k] * s[k];
  EACH h[k] = splat(0.5f) * y[k] * y[k];
  EACH a[k] = mulAdd(splat(0.2800678312778473f), z[k], splat(0.2800302505493164f));
  EACH a[k] = mulAdd(a[k], z[k], splat(0.40021437406539917f));
  EACH a[k] = mulAdd(a[k], z[k], splat(0.666664183139801f));
  EACH y[k] = y[k] - negMulAdd(s[k], mulAdd(a[k], z[k], h[k]), h[k]);
}
