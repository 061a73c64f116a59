/** The training of the example's network on the digits, in a worker: the very code of `npm run train`. */

import Papa from "papaparse";
import { backend, init, softmax } from "simd-loss";
import digitsFile from "../../../data/digits.csv?raw";
import { CLASSES, Training } from "../../../train/training.mjs";
import { drawableLosses } from "../catalogue";
import { objectiveOf } from "./objective";
import type { Epoch, Order, Pace, Progress, Settings } from "./protocol";

/** Milliseconds of training between two messages, and the wait after a batch at a slow pace. */
const TURN = 30;
const SLOW = 60;

interface Step {
  readonly loss: number;
  readonly epochLoss?: number;
}

const digits = readDigits();
let training: Training;
let running = false;
let until = 0;
let pace: Pace = "fast";
let batches: number[] = [];
let epochs: Epoch[] = [];

function readDigits() {
  const { data } = Papa.parse<number[]>(digitsFile.trim(), { dynamicTyping: true });
  const rows = data.slice(1);
  return { pixels: Float32Array.from(rows.flatMap((row) => row.slice(0, -1))), labels: rows.map((row) => row.at(-1)!) };
}

function reset({ loss, ...options }: Settings): void {
  running = false;
  batches = [];
  epochs = [];
  const entry = drawableLosses.find(({ name }) => name === loss)!;
  training = new Training(digits, { ...options, loss: objectiveOf(entry, CLASSES) });
  report(true);
}

function step(): void {
  const { loss, epochLoss } = training.step() as Step;
  batches.push(loss);
  if (epochLoss === undefined) return;
  const test = training.test();
  epochs.push({ loss: epochLoss, testLoss: test.loss, correct: test.correct });
  if (training.epochs >= until) running = false;
}

function turn(): void {
  if (!running) return;
  const end = performance.now() + (pace === "fast" ? TURN : 0);
  do step();
  while (running && performance.now() < end);
  report();
  if (running) setTimeout(turn, pace === "fast" ? 0 : SLOW);
}

function report(fresh = false): void {
  const { loss, correct, logits, predicted } = training.test();
  const probabilities = softmax(logits as Float32Array, { classes: CLASSES });
  const certainty = Float32Array.from(predicted as Uint8Array, (digit, row) => probabilities[row * CLASSES + digit]!);
  const progress: Progress = {
    running,
    backend: backend().name,
    stepsPerEpoch: Math.ceil(training.digits.train.labels.length / training.batchSize),
    ...(fresh ? { digits: training.digits.test } : {}),
    batches,
    epochs,
    testLoss: loss,
    correct,
    predicted,
    certainty,
  };
  postMessage(progress);
  batches = [];
  epochs = [];
}

function obey(order: Order): void {
  if (order.kind === "reset") reset(order.settings);
  else if (order.kind === "step") {
    step();
    report();
  } else if (order.kind === "pause") {
    running = false;
    report();
  } else {
    until = order.epochs;
    pace = order.pace;
    if (running || training.epochs >= until) return;
    running = true;
    turn();
  }
}

// Baseline SIMD gives the same bits on every machine, so the numbers are those that Node prints.
const ready = init({ backend: "simd" }).catch(() => init());
addEventListener("message", async ({ data }: MessageEvent<Order>) => {
  await ready;
  obey(data);
});
