/** The regularisation terms of a cost function: penalties on the size of a model's parameters. */

import { AbsoluteValue, l1Penalty as l1PenaltySweep } from "../../assembly/losses/l1Penalty";
import { l2Penalty as l2PenaltySweep, Square } from "../../assembly/losses/l2Penalty";
import { type Penalty, penalty } from "../face/penalty";
import { kernel } from "../staging/kernels";

/**
 * L1 penalty: the sum of the parameters' absolute values.
 *
 * `l1Penalty(w)` takes parameters of any length and returns a number, in f64 sums whatever their type. Option `lambda`,
 * default 1, multiplies the sum and must be at least 0. The gradient is lambda sign(w), and 0 at 0. NaN in gives NaN out,
 * but for the value with a lambda of 0, which is 0. Defined as Keras' `L1` regulariser, whose
 * default is 0.01.
 *
 * @formula lambda sum |w|
 * @use a term of the cost that drives parameters to exactly 0: sparse models, lasso
 * @group regularisation
 * @also Keras regularizers.L1; TensorFlow.js regularizers.l1
 * @throws TypeError for an argument or option of a wrong kind; RangeError for a `lambda` below 0 or NaN
 * @example
 * l1Penalty([1, -2, 0], { lambda: 0.5 }); // 1.5
 * l1Penalty.grad([1, -2, 0], { lambda: 0.5 }); // [0.5, -0.5, 0]
 */
export const l1Penalty: Penalty = penalty("l1Penalty", kernel("l1Penalty", AbsoluteValue, l1PenaltySweep));

/**
 * L2 penalty: the sum of the parameters' squares, whose gradient is weight decay.
 *
 * `l2Penalty(w)` takes parameters of any length and returns a number, in f64 sums whatever their type. Option `lambda`,
 * default 1, multiplies the sum and must be at least 0. The gradient is 2 lambda w: PyTorch's `weight_decay` is 2 lambda.
 * NaN in gives NaN out, but for the value with a lambda of 0, which is 0. Defined as Keras'
 * `L2` regulariser, whose default is 0.01.
 *
 * @formula lambda sum w^2
 * @use a term of the cost that keeps parameters small: weight decay, ridge regression
 * @group regularisation
 * @also PyTorch weight_decay; Keras regularizers.L2; TensorFlow.js regularizers.l2
 * @throws TypeError for an argument or option of a wrong kind; RangeError for a `lambda` below 0 or NaN
 * @example
 * l2Penalty([1, -2, 0], { lambda: 0.5 }); // 2.5
 * l2Penalty.grad([1, -2, 0], { lambda: 0.5 }); // [1, -2, 0]
 */
export const l2Penalty: Penalty = penalty("l2Penalty", kernel("l2Penalty", Square, l2PenaltySweep));
