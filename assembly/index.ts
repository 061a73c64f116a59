/** The WebAssembly exports: each loss, and the passes over a tile. */

/**
 * Keeps the tables of the two precisions apart in a memory that both work on. asc's `memoryBase` would do it too, but
 * with it asc no longer folds constants into the offsets of loads, which costs mse a tenth of its speed.
 */
export const tables: usize = sizeof<Real>() === 8 ? memory.data(31744, 16) : 0;

export { multiplyMatrices } from "./kernels/matrices";
export { accumulate, areClasses, multiply, total } from "./kernels/passes";
export { stateGradient, statePaths } from "./kernels/states";
export { combine, distances, moments } from "./kernels/vectors";
export { binaryCrossEntropy } from "./losses/binaryCrossEntropy";
export { binaryCrossEntropyWithLogits } from "./losses/binaryCrossEntropyWithLogits";
export { brier } from "./losses/brier";
export { categoricalCrossEntropy } from "./losses/categoricalCrossEntropy";
export { categoricalFocal, labelFocal } from "./losses/categoricalFocal";
export { categoricalHinge } from "./losses/categoricalHinge";
export { crossEntropyColumns, crossEntropyRows } from "./losses/crossEntropy";
export { crossEntropyDistributionColumns, crossEntropyDistributionRows } from "./losses/crossEntropyDistribution";
export { focal } from "./losses/focal";
export { gammaDeviance } from "./losses/gammaDeviance";
export { gaussianNll } from "./losses/gaussianNll";
export { halfSquaredError } from "./losses/halfSquaredError";
export { hinge } from "./losses/hinge";
export { hingeEmbedding } from "./losses/hingeEmbedding";
export { huber } from "./losses/huber";
export { jensenShannon } from "./losses/jensenShannon";
export { klDivergence } from "./losses/klDivergence";
export { klDivergenceOfLog } from "./losses/klDivergenceOfLog";
export { l1Penalty } from "./losses/l1Penalty";
export { l2Penalty } from "./losses/l2Penalty";
export { labelCrossEntropy } from "./losses/labelCrossEntropy";
export { logCosh } from "./losses/logCosh";
export { logSoftmaxColumns, logSoftmaxRows } from "./losses/logSoftmax";
export { logSoftmaxGradientColumns, logSoftmaxGradientRows } from "./losses/logSoftmaxGradient";
export { logSumExpColumns, logSumExpRows } from "./losses/logSumExp";
export { mae } from "./losses/mae";
export { mape } from "./losses/mape";
export { marginRanking } from "./losses/marginRanking";
export { mse } from "./losses/mse";
export { msle } from "./losses/msle";
export { multilabelSoftMargin } from "./losses/multilabelSoftMargin";
export { multiMargin } from "./losses/multiMargin";
export { poissonNll } from "./losses/poissonNll";
export { poissonNllOfRate } from "./losses/poissonNllOfRate";
export { pseudoHuber } from "./losses/pseudoHuber";
export { quantile } from "./losses/quantile";
export { sigmoid } from "./losses/sigmoid";
export { smoothL1 } from "./losses/smoothL1";
export { softcap } from "./losses/softcap";
export { softMargin } from "./losses/softMargin";
export { softmaxColumns, softmaxRows } from "./losses/softmax";
export { softmaxGradientColumns, softmaxGradientRows } from "./losses/softmaxGradient";
export { softplus } from "./losses/softplus";
export { softsign } from "./losses/softsign";
export { tweedie } from "./losses/tweedie";
export { weightedBinaryCrossEntropyWithLogits } from "./losses/weightedBinaryCrossEntropyWithLogits";
export { prepareTest, selfTest } from "./selfTest";
