/** What the page and the training worker say to each other. */

export interface Settings {
  readonly loss: string;
  readonly rate: number;
  readonly batchSize: number;
  readonly seed: number;
}

/** How fast to go: as the machine can, or slowly enough to watch each batch. */
export type Pace = "fast" | "slow";

export type Order =
  | { readonly kind: "reset"; readonly settings: Settings }
  | { readonly kind: "run"; readonly epochs: number; readonly pace: Pace }
  | { readonly kind: "step" }
  | { readonly kind: "pause" };

/** The end of an epoch. */
export interface Epoch {
  /** Mean loss of its batches. */
  readonly loss: number;
  readonly testLoss: number;
  readonly correct: number;
}

/** The digits held out, sent once after a reset. */
export interface Digits {
  /** From 0 to 1, 64 to an image. */
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
}

export interface Progress {
  readonly running: boolean;
  readonly backend: string;
  readonly stepsPerEpoch: number;
  readonly digits?: Digits;
  /** Losses of the batches since the last message. */
  readonly batches: readonly number[];
  /** Epochs ended since the last message. */
  readonly epochs: readonly Epoch[];
  /** How the network does now on the digits held out. */
  readonly testLoss: number;
  readonly correct: number;
  readonly predicted: Uint8Array;
  /** The probability that the network gives the digit it predicts, by image. */
  readonly certainty: Float32Array;
}
