/** A stage of f64 whose wide slots are one room, for what is no tile: matrices, and the states of sequences. */

import type { Kernel } from "../backends/kernel";
import * as Slot from "./slots";
import type { Stage } from "./stage";
import { stageWith } from "./stages";

/** Room for numbers in f64, taken piece by piece. Addresses are in bytes, indices in numbers. */
export class Workspace {
  readonly stage: Stage;
  readonly doubles: Float64Array;
  readonly integers: Int32Array;
  private next: number;

  /** Room for so many numbers in f64. */
  constructor(size: number) {
    const slotBytes = Math.ceil((size * 8) / (Slot.COUNT - Slot.WIDE));
    this.stage = stageWith("f64", slotBytes);
    this.doubles = this.stage.doubles;
    this.integers = this.stage.integers;
    this.next = this.stage.slot(Slot.WIDE);
  }

  /** The address of room for so many numbers, which hold anything. */
  take(size: number): number {
    const address = this.next;
    this.next += size * 8;
    return address;
  }

  /** The same, all of them `value`. */
  filled(size: number, value: number): number {
    const address = this.take(size);
    this.doubles.fill(value, address / 8, address / 8 + size);
    return address;
  }

  /** Runs a kernel on the call record's fields. */
  run(kernel: Kernel, fields: Readonly<Record<number, number>>): void {
    const { stage } = this;
    for (const field in fields) stage.set(Number(field), fields[field]!);
    stage.run(kernel);
  }
}

/** The next multiple. */
export function roundedUp(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}
