/** The public names. */

export * from "./activations";
export { type Arena, arena } from "./arena";
export { type Backend, type BackendReport, backend, type InitOptions, init, type ModuleSource } from "./backends/selection";
export { defineLoss, type LossDefinition } from "./defineLoss";
export type { Activation, OutOption } from "./face/activation";
export type { ClassOptions, SmoothingOptions } from "./face/classes";
export type { VectorOptions } from "./face/moments";
export type { Penalty, PenaltyOptions } from "./face/penalty";
export type { LayoutOptions } from "./layout";
export * from "./losses/binary";
export * from "./losses/categorical";
export * from "./losses/divergence";
export * from "./losses/focal";
export * from "./losses/hinges";
export * from "./losses/likelihood";
export * from "./losses/penalties";
export * from "./losses/ranking";
export * from "./losses/regions";
export * from "./losses/regression";
export * from "./losses/sequences";
export * from "./losses/vectors";
export type * from "./types";
