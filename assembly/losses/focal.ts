/**
 * The focal loss of a logit x, w u^a times the binary cross-entropy.
 *
 * u is what the probability lacks of certainty, and w = 1 - b + t (2 b - 1), or 1 for a b below 0.
 */

import { exp, log1p } from "../elementary/called";
import { focusing } from "../elementary/focusing";
import { sweep } from "../kernels/pointwise";
import { CompactBinary } from "../kernels/pointwiseFormulas";
import { Lanes, Machine } from "../machine";

/** Two; the least u that is divided by, in f32 and in f64. */
const NUMBERS: StaticArray<Real> = [2, 1.1754943508222875e-38, 2.2250738585072014e-308];

/** sigmoid(x), of e^-|x|. */
function yes(m: Machine, e: Lanes, x: Lanes): Lanes {
  return m.div(m.select(m.less(x, m.zero()), e, m.one()), m.add(m.one(), e));
}

/** sigmoid(-x), of e^-|x|. */
function no(m: Machine, e: Lanes, x: Lanes): Lanes {
  return m.div(m.select(m.less(x, m.zero()), m.one(), e), m.add(m.one(), e));
}

function uncertainty(m: Machine, p: Lanes, q: Lanes, t: Lanes): Lanes {
  return m.mulAdd(q, t, m.mul(p, m.sub(m.one(), t)));
}

/** The derivative of the logarithm of `u`. */
function relativeChange(m: Machine, p: Lanes, q: Lanes, t: Lanes, u: Lanes): Lanes {
  const change = m.mul(m.mul(p, q), m.negMulAdd(m.constant(NUMBERS, 0), t, m.one()));
  return m.div(change, m.max(u, m.constant(NUMBERS, m.single() ? 1 : 2)));
}

function weight(m: Machine, u: Lanes, t: Lanes, a: Lanes, b: Lanes): Lanes {
  const one = m.one();
  const balance = m.mulAdd(t, m.sub(m.add(b, b), one), m.sub(one, b));
  return m.mul(m.select(m.less(b, m.zero()), one, balance), focusing(m, u, a));
}

/** The binary cross-entropy. */
function entropy(m: Machine, e: Lanes, x: Lanes, t: Lanes): Lanes {
  const miss = m.sub(m.unless(m.less(x, m.zero()), m.one()), t);
  return m.add(m.unless(m.equal(miss, m.zero()), m.mul(x, miss)), log1p(m, e));
}

/** The same where the weight's relative change r is not 0; elsewhere 0, as the entropy of an infinite logit has no part in the slope. */
function changedEntropy(m: Machine, r: Lanes, e: Lanes, x: Lanes, t: Lanes): Lanes {
  return m.unless(m.equal(r, m.zero()), entropy(m, e, x, t));
}

/** p - t, of which neither part cancels. */
function entropySlope(m: Machine, p: Lanes, q: Lanes, t: Lanes): Lanes {
  return m.negMulAdd(q, t, m.mul(p, m.sub(m.one(), t)));
}

export class FocalLoss extends CompactBinary {
  common(m: Machine, x: Lanes, t: Lanes, w: Lanes, a: Lanes): Lanes {
    return exp(m, m.negAbs(x));
  }

  value(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const u = uncertainty(m, yes(m, e, x), no(m, e, x), t);
    return m.mul(weight(m, u, t, a, b), entropy(m, e, x, t));
  }

  slope(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const p = yes(m, e, x);
    const q = no(m, e, x);
    const u = uncertainty(m, p, q, t);
    const r = relativeChange(m, p, q, t, u);
    const change = m.mul(a, m.mul(r, changedEntropy(m, r, e, x, t)));
    return m.mul(weight(m, u, t, a, b), m.add(change, entropySlope(m, p, q, t)));
  }

  curvature(m: Machine, e: Lanes, x: Lanes, t: Lanes, w: Lanes, a: Lanes, b: Lanes): Lanes {
    const p = yes(m, e, x);
    const q = no(m, e, x);
    const u = uncertainty(m, p, q, t);
    const r = relativeChange(m, p, q, t, u);
    const loss = changedEntropy(m, r, e, x, t);
    const slope = entropySlope(m, p, q, t);
    const bend = m.sub(m.mul(r, m.sub(q, p)), m.mul(r, r));
    const growth = m.mul(r, m.add(m.mul(a, m.mul(r, loss)), m.add(slope, slope)));
    return m.mul(weight(m, u, t, a, b), m.add(m.mul(a, m.mulAdd(bend, loss, growth)), m.mul(p, q)));
  }
}

export function focal(f: FocalLoss, m: Machine, call: usize): f64 {
  return sweep(f, m, call);
}
