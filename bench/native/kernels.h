/** The kernels of the reference: sums come back in f64, arrays are written where they are asked for. */

#pragma once

/** Sum over `n` elements; with `g`, also the slope times `scale` there. */
typedef double Pointwise(const float *p, const float *t, float *g, long n, float scale);
Pointwise mse, mae, huber, binaryCrossEntropyWithLogits;

void sigmoid(const float *x, float *y, long n);

void softmax(const float *x, float *y, long rows, long classes);
void logSoftmax(const float *x, float *y, long rows, long classes);
/** Sum over rows; with `g`, also the gradient times `scale` there. */
double crossEntropy(const float *x, const int *labels, float *g, long rows, long classes, float scale);
