/** Losses element by element, and the sigmoid: one sweep for all, its formula inlined. */

#include "elementary.h"
#include "kernels.h"

/** Elements whose values are summed in f32 before the sum goes on in f64. */
enum { BLOCK = 4096 };

/** Turns predictions `p` and targets `t` into values in `p` and, if `graded`, slopes in `t`. */
typedef void Formula(V *p, V *t, const int K, int graded);

INLINE void squaredError(V *p, V *t, const int K, int graded) {
  EACH {
    V d = p[k] - t[k];
    p[k] = d * d;
    if (graded) t[k] = d + d;
  }
}

INLINE void absoluteError(V *p, V *t, const int K, int graded) {
  EACH {
    V d = p[k] - t[k];
    V sign = _mm_and_ps(d, splat(-0.0f));
    p[k] = magnitude(d);
    if (graded) t[k] = _mm_and_ps(_mm_or_ps(sign, splat(1.0f)), _mm_cmpneq_ps(d, _mm_setzero_ps()));
  }
}

/** With delta = 1: the slope is the error held within -1 and 1. */
INLINE void huberError(V *p, V *t, const int K, int graded) {
  EACH {
    V d = p[k] - t[k];
    V a = magnitude(d);
    V c = smaller(a, splat(1.0f));
    p[k] = c * negMulAdd(splat(0.5f), c, a);
    if (graded) t[k] = larger(smaller(d, splat(1.0f)), splat(-1.0f));
  }
}

/** e = e^-|x|; the slope is arranged so that nothing cancels where t is 0 or 1. */
INLINE void logitError(V *p, V *t, const int K, int graded) {
  V e[LOCKSTEP], l[LOCKSTEP], one = splat(1.0f);
  EACH e[k] = negative(p[k]);
  expNonPositive(e, K);
  EACH l[k] = e[k];
  log1pUnit(l, K);
  EACH {
    V x = p[k];
    p[k] = negMulAdd(x, t[k], larger(x, _mm_setzero_ps())) + l[k];
    if (graded) {
      V hit = (one - t[k]) * choose(x, e[k], one);
      t[k] = negMulAdd(t[k], choose(x, one, e[k]), hit) / (one + e[k]);
    }
  }
}

INLINE void sigmoidOf(V *p, V *t, const int K, int graded) {
  V e[LOCKSTEP], one = splat(1.0f);
  EACH e[k] = negative(p[k]);
  expNonPositive(e, K);
  EACH p[k] = choose(p[k], e[k], one) / (one + e[k]);
}

INLINE double sweep(Formula formula, const int K, const float *p, const float *t, float *g, long n, float scale, int graded) {
  const long step = K * LANES;
  double sum = 0;
  long i = 0;
  while (i + step <= n) {
    long end = i + BLOCK < n ? i + BLOCK : n;
    V sums[LOCKSTEP] = {};
    for (; i + step <= end; i += step) {
      V a[LOCKSTEP], b[LOCKSTEP];
      EACH a[k] = _mm_loadu_ps(p + i + LANES * k);
      EACH b[k] = _mm_loadu_ps(t + i + LANES * k);
      formula(a, b, K, graded);
      EACH sums[k] += a[k];
      if (graded) EACH _mm_storeu_ps(g + i + LANES * k, b[k] * splat(scale));
    }
    sum += sumOf((sums[0] + sums[1]) + (sums[2] + sums[3]));
  }
  for (; i < n; i += LANES) {
    long left = n - i < LANES ? n - i : LANES;
    V a[1] = {left < LANES ? loadPart(p + i, left, 0) : _mm_loadu_ps(p + i)};
    V b[1] = {left < LANES ? loadPart(t + i, left, 0) : _mm_loadu_ps(t + i)};
    formula(a, b, 1, graded);
    for (long j = 0; j < left; j++) sum += a[0][j];
    if (graded) storePart(g + i, b[0] * splat(scale), left);
  }
  return sum;
}

#define POINTWISE(NAME, FORMULA, K)                                                                  \
  double NAME(const float *p, const float *t, float *g, long n, float scale) {                       \
    return g ? sweep(FORMULA, K, p, t, g, n, scale, 1) : sweep(FORMULA, K, p, t, g, n, scale, 0);    \
  }

POINTWISE(mse, squaredError, LOCKSTEP)
POINTWISE(mae, absoluteError, LOCKSTEP)
POINTWISE(huber, huberError, LOCKSTEP)
POINTWISE(binaryCrossEntropyWithLogits, logitError, EXPONENTIAL_LOCKSTEP)

void sigmoid(const float *x, float *y, long n) {
  enum { K = EXPONENTIAL_LOCKSTEP, step = K * LANES };
  long i = 0;
  for (; i + step <= n; i += step) {
    V a[LOCKSTEP];
    EACH a[k] = _mm_loadu_ps(x + i + LANES * k);
    sigmoidOf(a, a, K, 0);
    EACH _mm_storeu_ps(y + i + LANES * k, a[k]);
  }
  for (; i < n; i += LANES) {
    long left = n - i < LANES ? n - i : LANES;
    V a[1] = {left < LANES ? loadPart(x + i, left, 0) : _mm_loadu_ps(x + i)};
    sigmoidOf(a, a, 1, 0);
    storePart(y + i, a[0], left);
  }
}
