/** A call on data with a class axis: what it asks for, the kernel that serves it, and the tiles that it is cut into. */

import type { Kernel } from "../backends/kernel";
import type { Layout } from "../layout";
import type { Labels, Numbers, Reals } from "../types";
import type { Stage, Values } from "./stage";

/** A checked call on data with a class axis. */
export interface ClassCall {
  layout: Layout;
  x: Reals;
  /** The formula's operand by class, laid out as `x`. */
  operand?: Numbers | undefined;
  /** What becomes of the operand t of class c on its way in: t keep[c] + add[c]. */
  mix?: { readonly keep: Float64Array; readonly add: Float64Array } | undefined;
  /** An operand that is the same for every sample. */
  prior?: Float64Array | undefined;
  labels?: Labels | undefined;
  /** The label that silences its sample; NaN if none occurs. */
  ignored: number;
  /** The label's share of the target: `hit`, times the weight of its class. */
  hit?: number;
  hitWeights?: Numbers | undefined;
  /** Factors of a sample's value and output: its weight, and that of its label's class. */
  weights?: Numbers | undefined;
  labelWeights?: Numbers | undefined;
  /** Factors of a sample's output: its upstream gradient, and a common one. */
  upstream?: Numbers | undefined;
  scale: number;
  summed: boolean;
  values?: Values | undefined;
  /** The value of a sample of no classes. Default 0. */
  empty?: number | undefined;
  output?: Values | undefined;
  /** That the output is new, and holds zeros. */
  fresh?: boolean;
  kernel: ClassKernel;
  /** The formula's parameters. */
  a?: number | undefined;
  b?: number | undefined;
  /** Factors of each class's term. */
  classFactors?: Float64Array | undefined;
  /** Runs when a tile's inputs are staged, all of them in slots, and before they are computed with. */
  before?: ((tile: Tile) => void) | undefined;
  /** Runs when a tile is computed, and before its results are copied out. */
  after?: ((tile: Tile) => void) | undefined;
  /** Rows of the tile at hand whose value and output are 0, set by `before`. */
  silent?: Uint8Array | undefined;
  /** Where the Hessian goes that `after` leaves in its slot. */
  hess?: Values | undefined;
}

/** A tile of a call whose arrays all lie in slots, one group of classes after the other. */
export interface Tile {
  readonly stage: Stage;
  readonly call: ClassCall;
  /** Index of its first element in the user's arrays. */
  readonly offset: number;
  /** Index of its first sample, and how many samples it has. */
  readonly row: number;
  readonly rows: number;
  readonly length: number;
  /** Elements from a class to the next: in the slots, and in the user's arrays. */
  readonly across: number;
  readonly acrossWhole: number;
}

/** A kernel over classes. */
export interface ClassKernel {
  /** The sweep over a tile; there is none if `sweep` needs none. */
  of?(layout: Layout): Kernel<void>;
  /** Whether the kernel may write its output over `x`. */
  readonly overwrites: boolean;
  /** Whether the kernel singles out a label, even where the target is a distribution: then of share 0. */
  readonly labelled?: boolean;
  /** Whether labels become a one-hot operand. */
  readonly oneHot?: boolean;
  /** Whether the kernel leaves most of its output unwritten, and so wants zeros there. */
  readonly sparse?: boolean;
  /** Takes the place of the tiles, for what need not go through the stage whole. */
  readonly sweep?: (stage: Stage, call: ClassCall) => number;
}
