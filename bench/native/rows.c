/** The softmax family by rows, in three passes: maximum; exponentials and their sum; output. */

#include "elementary.h"
#include "kernels.h"

/** Elements whose exponentials are summed in f32 before the sum goes on in f64. */
enum { BLOCK = 4096, step = LOCKSTEP * LANES };

INLINE float rowMaximum(const float *x, long n) {
  V m[LOCKSTEP];
  for (int k = 0; k < LOCKSTEP; k++) m[k] = splat(-INFINITY);
  long i = 0;
  for (; i + step <= n; i += step)
    for (int k = 0; k < LOCKSTEP; k++) m[k] = larger(m[k], _mm_loadu_ps(x + i + LANES * k));
  for (; i + LANES <= n; i += LANES) m[0] = larger(m[0], _mm_loadu_ps(x + i));
  if (i < n) m[0] = larger(m[0], loadPart(x + i, n - i, -INFINITY));
  return largestOf(larger(larger(m[0], m[1]), larger(m[2], m[3])));
}

/** Sum of e^(x - maximum); with `y`, the exponentials go there. */
INLINE double exponentials(const float *x, float *y, long n, float maximum) {
  enum { K = EXPONENTIAL_LOCKSTEP, step = K * LANES };
  V shift = splat(maximum), scale = splat(1.4426950408889634f);
  double sum = 0;
  long i = 0;
  while (i + step <= n) {
    long end = i + BLOCK < n ? i + BLOCK : n;
    V sums[LOCKSTEP] = {};
    for (; i + step <= end; i += step) {
      V e[LOCKSTEP];
      EACH e[k] = (_mm_loadu_ps(x + i + LANES * k) - shift) * scale;
      exp2NonPositive(e, K);
      EACH sums[k] += e[k];
      if (y) EACH _mm_storeu_ps(y + i + LANES * k, e[k]);
    }
    sum += sumOf((sums[0] + sums[1]) + (sums[2] + sums[3]));
  }
  V rest = _mm_setzero_ps();
  for (; i + LANES <= n; i += LANES) {
    V e[1] = {(_mm_loadu_ps(x + i) - shift) * scale};
    exp2NonPositive(e, 1);
    rest += e[0];
    if (y) _mm_storeu_ps(y + i, e[0]);
  }
  if (i < n) {
    V e[1] = {(loadPart(x + i, n - i, -INFINITY) - shift) * scale};
    exp2NonPositive(e, 1);
    rest += e[0];
    if (y) storePart(y + i, e[0], n - i);
  }
  return sum + sumOf(rest);
}

/** y = x factor + offset. */
INLINE void affine(const float *x, float *y, long n, V factor, V offset) {
  long i = 0;
  for (; i + step <= n; i += step)
    for (int k = 0; k < LOCKSTEP; k++) _mm_storeu_ps(y + i + LANES * k, mulAdd(_mm_loadu_ps(x + i + LANES * k), factor, offset));
  for (; i + LANES <= n; i += LANES) _mm_storeu_ps(y + i, mulAdd(_mm_loadu_ps(x + i), factor, offset));
  if (i < n) storePart(y + i, mulAdd(loadPart(x + i, n - i, 0), factor, offset), n - i);
}

/** y = x factor. */
INLINE void multiply(const float *x, float *y, long n, V factor) {
  long i = 0;
  for (; i + step <= n; i += step)
    for (int k = 0; k < LOCKSTEP; k++) _mm_storeu_ps(y + i + LANES * k, _mm_loadu_ps(x + i + LANES * k) * factor);
  for (; i + LANES <= n; i += LANES) _mm_storeu_ps(y + i, _mm_loadu_ps(x + i) * factor);
  if (i < n) storePart(y + i, loadPart(x + i, n - i, 0) * factor, n - i);
}

void softmax(const float *x, float *y, long rows, long classes) {
  for (long r = 0; r < rows; r++, x += classes, y += classes)
    multiply(y, y, classes, splat((float)(1 / exponentials(x, y, classes, rowMaximum(x, classes)))));
}

void logSoftmax(const float *x, float *y, long rows, long classes) {
  for (long r = 0; r < rows; r++, x += classes, y += classes) {
    float maximum = rowMaximum(x, classes);
    double sum = exponentials(x, 0, classes, maximum);
    affine(x, y, classes, splat(1), splat(-(maximum + logf((float)sum))));
  }
}

double crossEntropy(const float *x, const int *labels, float *g, long rows, long classes, float scale) {
  double total = 0;
  for (long r = 0; r < rows; r++, x += classes) {
    float maximum = rowMaximum(x, classes);
    double sum = g ? exponentials(x, g, classes, maximum) : exponentials(x, 0, classes, maximum);
    total += logf((float)sum) - (x[labels[r]] - maximum);
    if (g) {
      multiply(g, g, classes, splat((float)(scale / sum)));
      g[labels[r]] -= scale;
      g += classes;
    }
  }
  return total;
}
