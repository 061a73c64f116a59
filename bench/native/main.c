/**
 * A contender in C: it makes the inputs, warms up, and obeys the lines of bench/child.mjs's protocol.
 *
 *   main OPERATION MODE PRECISION COUNT ROWS CLASSES SEED WARMUP_MS BATCH_MS
 */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "inputs.h"
#include "kernels.h"

static const char *operation;
static int graded;
static long count, rows, classes;
static float *p, *t, *out;
static int *labels;

static const struct {
  const char *name;
  Pointwise *run;
  double (*draw)(void), (*drawTarget)(void);
} pointwise[] = {
    {"mse", mse, number, number},
    {"mae", mae, number, number},
    {"huber", huber, number, number},
    {"binaryCrossEntropyWithLogits", binaryCrossEntropyWithLogits, logit, either},
};
static const int pointwiseCount = sizeof pointwise / sizeof *pointwise;
static int chosen = -1;

static int is(const char *name) { return strcmp(operation, name) == 0; }

static float *newArray(long n) { return aligned_alloc(64, (n * 4 + 127) / 64 * 64); }

/** Returns whether there is a kernel for the operation. */
static int prepare(uint32_t seed) {
  state = seed;
  p = newArray(count);
  out = newArray(count);
  memset(out, 0, count * 4);
  for (int i = 0; i < pointwiseCount; i++) {
    if (!is(pointwise[i].name)) continue;
    chosen = i;
    t = newArray(count);
    fill(p, count, pointwise[i].draw);
    fill(t, count, pointwise[i].drawTarget);
    return 1;
  }
  if (is("crossEntropy")) {
    labels = (int *)newArray(rows);
    fill(p, count, logit);
    fillLabels(labels, rows, classes);
    return 1;
  }
  fill(p, count, logit);
  return is("sigmoid") || is("softmax") || is("logSoftmax");
}

static double call(void) {
  float *g = graded ? out : 0;
  if (chosen >= 0) return pointwise[chosen].run(p, t, g, count, 1.0f / count) / count;
  if (labels) return crossEntropy(p, labels, g, rows, classes, 1.0f / rows) / rows;
  if (is("sigmoid")) sigmoid(p, out, count);
  else if (is("softmax")) softmax(p, out, rows, classes);
  else logSoftmax(p, out, rows, classes);
  return out[0];
}

/** Process CPU time in ms. */
static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

static volatile double sink;

static double batch(long calls) {
  double start = now();
  for (long i = 0; i < calls; i++) sink = call();
  return now() - start;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/** The median time of a call in batches that fill `ms`. */
static double median(long calls, double ms) {
  static double samples[4096];
  int n = 0;
  double spent = 0;
  do {
    double cost = batch(calls);
    samples[n++] = cost / calls;
    spent += cost;
  } while (spent < ms && n < 4096);
  qsort(samples, n, sizeof *samples, ascending);
  return n % 2 ? samples[n / 2] : (samples[n / 2 - 1] + samples[n / 2]) / 2;
}

/** The process's peak in KiB; 0 where the system does not tell. */
static long peak(void) {
  FILE *status = fopen("/proc/self/status", "r");
  char line[256];
  long kib = 0;
  while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &kib);
  if (status) fclose(status);
  return kib;
}

int main(int argc, char **argv) {
  if (argc != 10) return 2;
  operation = argv[1];
  graded = strcmp(argv[2], "valueAndGrad") == 0;
  count = atol(argv[4]);
  rows = atol(argv[5]);
  classes = atol(argv[6]);
  if (strcmp(argv[3], "f32") != 0 || !prepare(strtoul(argv[7], 0, 10))) {
    printf("{\"absent\":true}\n");
    return 0;
  }
  double warmup = atof(argv[8]), batchMs = atof(argv[9]);
  long calls = 1;
  double spent = batch(1);
  while (spent < warmup) {
    double cost = batch(calls);
    spent += cost;
    if (cost < batchMs / 2) calls *= 2;
  }
  uint32_t inputs = hash(2166136261u, p, count);
  if (t) inputs = hash(inputs, t, count);
  if (labels) inputs = hash(inputs, labels, rows);
  printf("{\"ready\":true,\"inputs\":%u}\n", inputs);
  fflush(stdout);

  char line[4096];
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (strncmp(line, "round ", 6) == 0) {
      printf("{\"ms\":%.9g}\n", median(calls, atof(line + 6)));
    } else if (strcmp(line, "memory") == 0) {
      printf("{\"peak\":%ld}\n", peak());
    } else if (strncmp(line, "answer ", 7) == 0) {
      int loss = chosen >= 0 || labels;
      double value = call();
      if (!loss || graded) {
        FILE *file = fopen(line + 7, "wb");
        if (!file || fwrite(out, 4, count, file) != (size_t)count || fclose(file)) return 1;
      }
      if (loss) printf("{\"value\":%.17g}\n", value);
      else printf("{}\n");
    }
    fflush(stdout);
  }
}
