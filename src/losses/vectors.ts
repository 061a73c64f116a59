/** Losses of vectors: cosine similarities, distances of three, and similarities within a batch. */

import { checkCount, checkLength, checkNumbers, checkSigns } from "../checks";
import { momentCall, type VectorOptions, vectorOptions, vectorsOf } from "../face/moments";
import { ownOptions } from "../face/options";
import { sampleInputsLoss, sampleLoss } from "../face/samples";
import { tripletCall } from "../face/triplets";
import { rowsOf } from "../layout";
import type { InputsLoss, Numbers, Reals, SampleLoss } from "../types";
import { contrastCall } from "./contrast";

/**
 * Cosine similarity with its sign turned: -1 for vectors of one direction, 1 for opposite ones.
 *
 * Prediction and target are of one length: vectors of `dimensions` elements side by side, or along `axis` (default -1) of
 * `shape`; without either, all the data are one vector. The loss, of no unit, has one value for each vector, and `weights`
 * one number. A vector is divided by the root of its sum of squares or of `eps` (default 1e-12), if that is larger: of a
 * vector of 0 loss and gradient are finite. Option `eps` must be above 0. A weighted mean divides by the sum of the
 * weights. NaN in gives NaN out. Defined as Keras' `CosineSimilarity`; PyTorch's and optax's have the
 * other sign, and PyTorch's `eps`, 1e-8, bounds the norms where this one bounds the sum of squares.
 *
 * @formula -sum of p t / (|p| |t|)
 * @use embeddings whose direction counts, not their length
 * @group embedding and ranking
 * @also PyTorch F.cosine_similarity; Keras CosineSimilarity; TensorFlow.js metrics.cosineProximity; optax cosine_similarity
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, an `eps` of 0 or less or NaN
 * @example
 * cosineSimilarity([3, 4, 1, 0], [3, 4, 0, 1], { dimensions: 2 }); // -0.5
 * cosineSimilarity([3, 4, 1, 0], [3, 4, 0, 1], { dimensions: 2, reduction: "none" }); // [-1, 0]
 * cosineSimilarity.grad([1, 0], [1, 1]); // [0, -0.7071068]
 */
export const cosineSimilarity: SampleLoss<
  Numbers,
  VectorOptions & {
    /** The least sum of squares, above 0. Default 1e-12. */
    eps?: number | undefined;
  }
> = sampleLoss({
  name: "cosineSimilarity",
  inputs: ["prediction", "target"],
  own: ownOptions({ eps: { default: 1e-12, above: 0 } }),
  options: vectorOptions,
  check([x, t]: readonly Numbers[], options, { eps }) {
    checkNumbers("target", t!);
    checkLength("target", t!.length, x!.length, "the prediction's length");
    return momentCall(vectorsOf(x!.length, options as VectorOptions), x!, t!, ({ xt, xx, tt }) => {
      const length = Math.sqrt(Math.max(xx, eps));
      const share = 1 / (length * Math.sqrt(Math.max(tt, eps)));
      const value = -xt * share;
      return { value, k: 0, kx: xx < eps ? 0 : -value / xx, kt: -share };
    });
  },
});

/** What PyTorch adds to a sum of squares. */
const PYTORCH_EPS = 1e-12;

/**
 * Cosine embedding loss: pairs of vectors that should have one direction, and pairs that should not.
 *
 * The inputs are of one length, with a target for each pair of vectors: 1 for alike, -1 for unlike. Vectors have
 * `dimensions` elements side by side, by default the quotient of the lengths, or lie along `axis` (default -1) of `shape`.
 * The loss, of no unit, has one value for each pair, and `weights` one number. Sums of squares have 1e-12 added, so that
 * of a vector of 0 loss and gradient are finite. `margin`, default 0, is the cosine up to which unlike vectors cost
 * nothing, from -1 to 1. A weighted mean divides by the sum of the weights. NaN in gives NaN out.
 * Defined as PyTorch's `cosine_embedding_loss`.
 *
 * @formula 1 - cos if t = 1, max(0, cos - margin) if t = -1, with cos = sum of x1 x2 / sqrt((|x1|^2 + 1e-12) (|x2|^2 + 1e-12))
 * @use embeddings learned from pairs that are alike or not
 * @group embedding and ranking
 * @also PyTorch F.cosine_embedding_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a target that is neither 1 nor -1, a `margin` outside -1 to 1
 * @example
 * cosineEmbedding([3, 4, 1, 0], [4, 3, 1, 1], [1, -1]); // 0.3735534
 * cosineEmbedding.grad([1, 0], [0, 2], [1]); // { input1: [0, -1], input2: [-0.5, 0] }
 */
export const cosineEmbedding: InputsLoss<
  [input2: Reals, target: Numbers],
  "input1" | "input2",
  VectorOptions & {
    /** The cosine up to which unlike vectors cost nothing, from -1 to 1. Default 0. */
    margin?: number | undefined;
  }
> = sampleInputsLoss({
  name: "cosineEmbedding",
  inputs: ["input1", "input2", "target"],
  differentiable: ["input1", "input2"],
  own: ownOptions({ margin: { default: 0, atLeast: -1, atMost: 1 } }),
  options: vectorOptions,
  check([x1, x2, target]: readonly Numbers[], options, { margin }) {
    checkLength("input2", x2!.length, x1!.length, "the length of input1");
    checkNumbers("target", target!);
    const given = options as VectorOptions;
    const pairs = target!.length;
    const layout =
      given.dimensions === undefined && given.shape === undefined && pairs > 0 && x1!.length % pairs === 0 && x1!.length > 0
        ? rowsOf(x1!.length, x1!.length / pairs, "dimensions")
        : vectorsOf(x1!.length, given);
    checkLength("target", pairs, layout.groups * layout.positions, "one number for each pair of vectors");
    checkSigns("target", target!);
    return momentCall(layout, x1!, x2!, ({ xt, xx, tt }, pair) => {
      const [xSquare, tSquare] = [xx + PYTORCH_EPS, tt + PYTORCH_EPS];
      const share = 1 / (Math.sqrt(xSquare) * Math.sqrt(tSquare));
      const cosine = xt * share;
      const alike = target![pair] === 1;
      // At the margin itself there is a gradient.
      if (!alike && cosine < margin) return { value: 0, k: 0, kx: 0, kt: 0, other: { kx: 0, kt: 0 } };
      const sign = alike ? -1 : 1;
      return {
        value: alike ? 1 - cosine : cosine - margin,
        k: 0,
        kx: (-sign * cosine) / xSquare,
        kt: sign * share,
        other: { kx: sign * share, kt: (-sign * cosine) / tSquare },
      };
    });
  },
});

/**
 * Triplet margin loss: an anchor should be nearer to the positive than to the negative, by a margin.
 *
 * All three are of one length: vectors of `dimensions` elements side by side, or along `axis` (default -1) of `shape`;
 * without either, each is one vector. Distances are p-norms of the difference, to whose elements `eps` (default 1e-6) is
 * added; `p`, default 2, is from 1 to 64 (PyTorch takes any norm, that of the largest element included). With `swap: true` the distance between positive and negative counts where it is
 * less than that between anchor and negative. The loss, in the unit of the vectors, has one value for each triple, and
 * `weights` one number. `margin`, default 1, must be at least 0. A weighted mean divides by the sum of the weights. NaN in
 * gives NaN out. Defined as PyTorch's `triplet_margin_loss`.
 *
 * @formula max(0, |a - p + eps|_p - |a - n + eps|_p + margin)
 * @use embeddings learned from triples: face recognition, retrieval
 * @group embedding and ranking
 * @also PyTorch F.triplet_margin_loss; optax triplet_margin_loss
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `p` outside 1 to 64, a `margin` or `eps` below 0
 * @example
 * tripletMargin([0, 0], [3, 4], [0, 5]); // 0.9999996
 * tripletMargin([0, 0, 1, 1], [0, 1, 1, 1], [3, 0, 1, 3], { dimensions: 2, p: 1, margin: 3, eps: 0, reduction: "none" }); // [1, 1]
 * tripletMargin.grad([0, 0], [3, 4], [0, 5], { p: 1, eps: 0 }); // { anchor: [-1, 0], positive: [1, 1], negative: [0, -1] }
 */
export const tripletMargin: InputsLoss<
  [positive: Reals, negative: Reals],
  "anchor" | "positive" | "negative",
  VectorOptions & {
    /** What the negative should be farther away by, at least 0. Default 1. */
    margin?: number | undefined;
    /** Which norm, from 1 to 64. Default 2. */
    p?: number | undefined;
    /** What is added to each element of a difference, at least 0. Default 1e-6. */
    eps?: number | undefined;
    /** Whether the positive's distance from the negative counts, if it is less than the anchor's. Default false. */
    swap?: boolean | undefined;
  }
> = sampleInputsLoss({
  name: "tripletMargin",
  inputs: ["anchor", "positive", "negative"],
  differentiable: ["anchor", "positive", "negative"],
  own: ownOptions({
    margin: { default: 1, atLeast: 0 },
    p: { default: 2, atLeast: 1, atMost: 64 },
    eps: { default: 1e-6, atLeast: 0 },
    swap: { default: false },
  }),
  options: vectorOptions,
  check([anchor, positive, negative]: readonly Numbers[], options, own) {
    checkLength("positive", positive!.length, anchor!.length, "the length of anchor");
    checkLength("negative", negative!.length, anchor!.length, "the length of anchor");
    const layout = vectorsOf(anchor!.length, options as VectorOptions);
    return tripletCall(layout, [anchor!, positive!, negative!], own);
  },
});

/**
 * InfoNCE: each query should be more similar to its own key than to the other keys of the batch.
 *
 * Queries and keys are vectors of `dimensions` elements side by side; the key of a query is that of the same index, and
 * keys beyond the number of queries are further negatives. Similarities are cosines, or dot products with
 * `normalize: false`, divided by `temperature` (default 0.1, above 0); the loss is their cross-entropy, in nats, with one
 * value for each query, and `weights` one number. A length below 1e-12 counts as 1e-12. All is computed in f64. A
 * weighted mean divides by the sum of the weights. NaN in a key gives NaN everywhere, in a query in its own loss and
 * gradient and in those of all keys. Defined as in van den Oord et al., "Representation Learning with Contrastive
 * Predictive Coding", 2018; optax' `ntxent` takes one array with labels, and a temperature of 0.07.
 *
 * @formula -log(exp(q_i k_i / temperature) / sum over j of exp(q_i k_j / temperature))
 * @use contrastive learning: images and texts, two views of one thing
 * @group embedding and ranking
 * @also optax ntxent
 * @throws TypeError for an argument or option of a wrong kind; RangeError for lengths that do not match, a `temperature` of 0 or less or NaN
 * @example
 * infoNce([1, 0, 0, 1], [2, 0, 0, 3], { dimensions: 2 }); // 0.00004539890
 * infoNce([1, 0, 0, 1], [0, 1, 1, 0], { dimensions: 2, temperature: 1 }); // 1.313262
 */
export const infoNce: InputsLoss<
  [keys: Reals],
  "queries" | "keys",
  {
    /** Elements of a vector. */
    dimensions: number;
    /** What similarities are divided by, above 0. Default 0.1. */
    temperature?: number | undefined;
    /** Whether vectors are divided by their lengths. Default true. */
    normalize?: boolean | undefined;
  }
> = sampleInputsLoss({
  name: "infoNce",
  inputs: ["queries", "keys"],
  differentiable: ["queries", "keys"],
  own: ownOptions({ temperature: { default: 0.1, above: 0 }, normalize: { default: true } }),
  options: ["dimensions"],
  check([queries, keys]: readonly Numbers[], options, { temperature, normalize }) {
    const dimensions = checkCount("dimensions", options.dimensions);
    const samples = rowsOf(queries!.length, dimensions, "dimensions").groups;
    const { groups } = rowsOf(keys!.length, dimensions, "dimensions");
    if (groups < samples) throw new RangeError(`keys must have a vector for each query, ${samples}, got ${groups}`);
    return contrastCall(queries!, keys!, dimensions, temperature, normalize);
  },
});
