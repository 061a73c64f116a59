/** 128-bit registers of four floats, several at a time in lockstep: `v` is an array of K registers, K a constant. */

#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <immintrin.h>

#define INLINE static inline __attribute__((always_inline))
#define EACH for (int k = 0; k < K; k++)

/** Four floats. */
typedef __m128 V;

enum {
  LANES = 4,
  /** Registers that advance in lockstep, to hide the latency of multiply and add. */
  LOCKSTEP = 4,
  /** The same around exponentials: with FMA, latencies are shorter, and four would not fit the 16 registers. */
#ifdef __FMA__
  EXPONENTIAL_LOCKSTEP = 2,
#else
  EXPONENTIAL_LOCKSTEP = 4,
#endif
};

INLINE V splat(float x) { return _mm_set1_ps(x); }
INLINE V larger(V a, V b) { return _mm_max_ps(a, b); }
INLINE V smaller(V a, V b) { return _mm_min_ps(a, b); }
INLINE V magnitude(V a) { return _mm_andnot_ps(splat(-0.0f), a); }
INLINE V negative(V a) { return _mm_or_ps(splat(-0.0f), a); }
INLINE V choose(V mask, V yes, V no) { return _mm_blendv_ps(no, yes, mask); }

/** a b + c: one rounding where the machine has FMA, else two. */
INLINE V mulAdd(V a, V b, V c) {
#ifdef __FMA__
  return _mm_fmadd_ps(a, b, c);
#else
  return a * b + c;
#endif
}

/** c - a b. */
INLINE V negMulAdd(V a, V b, V c) {
#ifdef __FMA__
  return _mm_fnmadd_ps(a, b, c);
#else
  return c - a * b;
#endif
}

/** 2^n from a number whose lowest bits are n + 127. */
INLINE V power(V biased) { return _mm_castsi128_ps(_mm_slli_epi32(_mm_castps_si128(biased), 23)); }

INLINE float sumOf(V a) {
  V pair = a + _mm_movehl_ps(a, a);
  return _mm_cvtss_f32(pair) + _mm_cvtss_f32(_mm_shuffle_ps(pair, pair, 1));
}

INLINE float largestOf(V a) {
  V pair = larger(a, _mm_movehl_ps(a, a));
  return _mm_cvtss_f32(larger(pair, _mm_shuffle_ps(pair, pair, 1)));
}

/** The first `left` floats (1 to 3), and `fill` in the other lanes; no detour through memory, which would stall the load. */
INLINE V loadPart(const float *p, long left, float fill) {
  V rest = splat(fill);
  if (left == 1) return _mm_move_ss(rest, _mm_load_ss(p));
  V pair = _mm_castpd_ps(_mm_load_sd((const double *)p));
  return _mm_movelh_ps(pair, left == 2 ? rest : _mm_move_ss(rest, _mm_load_ss(p + 2)));
}

/** Stores the first `left` floats (1 to 4). */
INLINE void storePart(float *p, V a, long left) {
  if (left >= 4) {
    _mm_storeu_ps(p, a);
    return;
  }
  if (left >= 2) _mm_storel_pi((__m64 *)p, a);
  if (left != 2) _mm_store_ss(p + left - 1, left == 1 ? a : _mm_movehl_ps(a, a));
}
