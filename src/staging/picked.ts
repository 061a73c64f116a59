/** Losses that look at the label's class alone: its elements are picked into the stage, and their slopes put among zeros. */

import * as Call from "../../assembly/kernels/call";
import { elementOf } from "../layout";
import type { Labels, Reals } from "../types";
import type { ClassCall } from "./classCall";
import { stageFactors } from "./factors";
import * as Slot from "./slots";
import type { Stage, Values } from "./stage";

/** Runs the kernel on the elements that the labels pick, writes values and output, and returns the sum of the values. */
export function sweepPicked(stage: Stage, call: ClassCall): number {
  const { layout, output, values } = call;
  const rows = layout.groups * layout.positions;
  // Rows for which a slot holds a number.
  const room = Slot.BYTES / stage.element;
  // The zeros reach beyond a tile.
  if (rows > room) separateFromZeros(call);
  let sum = 0;
  for (let first = 0; first < rows; first += room) {
    const count = Math.min(room, rows - first);
    pick(stage, call, first, count);
    stageFactors(stage, call, first, count, false);
    const v = call.summed || values !== undefined ? stage.slot(Slot.values) : 0;
    stage.set(Call.POSITIONS, count);
    stage.set(Call.X, stage.slot(Slot.prediction));
    stage.set(Call.VALUES, v);
    stage.set(Call.GRADIENT, output === undefined ? 0 : stage.slot(Slot.gradient));
    stage.setDouble(Call.A, call.a ?? 0);
    stage.setDouble(Call.B, call.b ?? 0);
    stage.run(call.kernel.of!(layout));
    if (call.summed) sum = stage.total(stage.machine, v, count, sum);
    if (values !== undefined) stage.collect(Slot.values, values, first, count);
    if (output !== undefined) put(stage, call, output, first, count);
  }
  return sum;
}

/** Replaces an operand that is the output itself, where zeros go. */
export function separateFromZeros(call: ClassCall): void {
  const { output } = call;
  if (output === undefined) return;
  if (call.x === output) call.x = output.slice();
  if (call.weights === output) call.weights = output.slice();
  if (call.upstream === output) call.upstream = output.slice();
}

/** Copies the elements of `count` labels side by side into their slot; of an ignored one, any number. */
function pick(stage: Stage, { x, labels, ignored, layout }: ClassCall, first: number, count: number): void {
  const { classes, positions } = layout;
  const { reals } = stage;
  const at = stage.index(Slot.prediction);
  if (positions === 1 && Number.isNaN(ignored)) {
    gather(x, labels!, classes, first, count, reals, at);
    return;
  }
  for (let i = 0; i < count; i++) {
    const label = labels![first + i]!;
    reals[at + i] = label === ignored ? 0 : x[elementOf(first + i, label, classes, positions)]!;
  }
}

/** Elements that are cleared at a time: what is then put among them is still in the first cache. */
const CLEARED = 4096;

/** Puts `count` slopes where their labels' elements are, and zeros elsewhere. */
function put(stage: Stage, { labels, ignored, layout, fresh }: ClassCall, output: Values, first: number, count: number): void {
  const { classes, positions } = layout;
  const { reals } = stage;
  const at = stage.index(Slot.gradient);
  if (positions === 1 && Number.isNaN(ignored)) {
    const most = Math.max(1, Math.floor(CLEARED / classes));
    for (let i = 0; i < count; i += most) {
      const size = Math.min(most, count - i);
      if (!fresh) output.fill(0, (first + i) * classes, (first + i + size) * classes);
      scatter(reals, at + i, labels!, classes, first + i, size, output);
    }
    return;
  }
  if (first === 0 && !fresh) output.fill(0);
  for (let i = 0; i < count; i++) {
    const label = labels![first + i]!;
    if (label !== ignored) output[elementOf(first + i, label, classes, positions)] = reals[at + i]!;
  }
}

// The usual case without its tests: rows side by side, none of them ignored.
function gather(x: Reals, labels: Labels, classes: number, first: number, count: number, to: Values, at: number): void {
  let start = first * classes;
  let i = 0;
  // Four loads at a time wait for memory together.
  for (; i + 4 <= count; i += 4, start += 4 * classes) {
    const row = first + i;
    const a = x[start + labels[row]!]!;
    const b = x[start + classes + labels[row + 1]!]!;
    const c = x[start + 2 * classes + labels[row + 2]!]!;
    const d = x[start + 3 * classes + labels[row + 3]!]!;
    to[at + i] = a;
    to[at + i + 1] = b;
    to[at + i + 2] = c;
    to[at + i + 3] = d;
  }
  for (; i < count; i++, start += classes) to[at + i] = x[start + labels[first + i]!]!;
}

function scatter(from: Values, at: number, labels: Labels, classes: number, first: number, count: number, to: Values): void {
  let start = first * classes;
  for (let i = 0; i < count; i++, start += classes) to[start + labels[first + i]!] = from[at + i]!;
}
