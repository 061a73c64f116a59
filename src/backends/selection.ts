/** Which backend runs, and why: chosen at the first call, for the precision it needs, or by `init`. */

import type { Stage } from "../staging/stage";
import { moduleOf } from "./binaries";
import { type Instance, plainInstance, wasmInstance } from "./instance";
import { type Precision, precisions, type WasmBackend, wasmBackends } from "./kinds";
import { selfTest } from "./selfTest";

/** What computes: relaxed SIMD, baseline SIMD, or the plain fallback. */
export type Backend = WasmBackend | "js";

/** A WebAssembly module in any of the forms in which a caller may have it. */
export type ModuleSource = WebAssembly.Module | ArrayBufferView | ArrayBuffer | Response;

/** Options of {@link init}. */
export interface InitOptions {
  /** Default `"auto"`: the first of relaxed, simd and js that the engine runs correctly. */
  backend?: Backend | "auto";
  /** The caller's own modules, instead of the inlined ones: by precision, of the kind that `backend` names (`"auto"`: simd). */
  modules?: Partial<Record<Precision, ModuleSource | Promise<ModuleSource>>>;
}

/** The answer of {@link backend}. */
export interface BackendReport {
  /** The backend that runs. */
  name: Backend;
  /** One sentence: what was asked for, and what stood in the way of anything faster. */
  why: string;
}

type Modules = Partial<Record<Precision, WebAssembly.Module>>;

const PAGE = 65536;

let name: Backend | undefined;
let why = "";
/** Those that have passed the self-test. */
let modules: Modules = {};
/** The stages in use: each switch of backend begins with none. */
export let stages: Partial<Record<Precision, Stage>> = {};

/** Readies precisions: chooses a backend for them if none is chosen yet, or if the chosen one does not run them. */
export function prepare(used: readonly Precision[]): void {
  const missing = used.filter((precision) => name !== "js" && modules[precision] === undefined);
  if (missing.length === 0) return;
  const tested = name === undefined ? undefined : tryWasm(name as WasmBackend, modules, missing);
  if (typeof tested === "object") modules = tested;
  else selectFirst(tested === undefined ? missing : precisions);
}

/** A memory of at least `bytes`, in the kind that the backend works on. */
export function newMemory(bytes: number): WebAssembly.Memory | ArrayBuffer {
  if (name === undefined) prepare(precisions);
  if (name === "js") return new ArrayBuffer(bytes);
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/** Whether a memory is of the kind that the backend works on. */
export function serves(memory: WebAssembly.Memory | ArrayBuffer): boolean {
  return memory instanceof ArrayBuffer === (name === "js");
}

/** The backend's kernels of a precision that is ready, on a memory of its kind. */
export function instantiate(memory: WebAssembly.Memory | ArrayBuffer, precision: Precision): Instance {
  return memory instanceof ArrayBuffer ? plainInstance(memory, precision) : wasmInstance(modules[precision]!, memory, precision);
}

/**
 * Tells which backend runs, and why; selects one if no function has been called yet.
 *
 * @example
 * await init({ backend: "js" });
 * backend(); // { name: "js", why: 'asked for as "js"' }
 */
export function backend(): BackendReport {
  prepare(precisions);
  return { name: name as Backend, why };
}

/**
 * Chooses the backend. Never needed: the first call of any function chooses `"auto"`. It may be called again, to switch.
 *
 * `"auto"` takes the first of relaxed, simd and js that passes a known-answer test here. `"simd"` gives the same bits on
 * every machine; `"relaxed"`, faster where the engine has it, may differ from it, and from machine to machine, in the
 * last bits. Arrays of an {@link arena} made for WebAssembly are copied under `"js"`, and the other way about.
 *
 * @throws TypeError for an unknown backend; Error if the backend asked for cannot run here, which `"auto"` never does
 * @example
 * const report = await init({ backend: "js" });
 * report.name; // "js"
 * await init();
 */
export async function init(options: InitOptions = {}): Promise<BackendReport> {
  const wanted = options.backend ?? "auto";
  if (wanted !== "auto" && wanted !== "js" && !wasmBackends.includes(wanted)) {
    throw new TypeError(`backend must be "auto", "relaxed", "simd" or "js", got ${JSON.stringify(wanted)}`);
  }
  let own: Modules | undefined;
  let obstacle: string | undefined;
  try {
    own = wanted === "js" || options.modules === undefined ? undefined : await compileAll(options.modules);
  } catch (error) {
    obstacle = `the modules given: ${messageOf(error)}`;
  }
  if (wanted !== "auto") {
    const obstacles = select([wanted], `asked for as "${wanted}"`, precisions, own, obstacle);
    if (obstacles !== undefined) throw new Error(`backend "${wanted}" cannot run here: ${obstacles.join("; ")}`);
  } else selectFirst(precisions, own, obstacle);
  return backend();
}

async function compileAll(sources: NonNullable<InitOptions["modules"]>): Promise<Modules> {
  const compiled: Modules = {};
  for (const precision of precisions) {
    const source = sources[precision];
    if (source !== undefined) compiled[precision] = await compile(await source);
  }
  return compiled;
}

async function compile(source: ModuleSource): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === "undefined") throw new Error("this engine has no WebAssembly");
  if (source instanceof WebAssembly.Module) return source;
  if (typeof Response !== "undefined" && source instanceof Response) return WebAssembly.compile(await source.arrayBuffer());
  return WebAssembly.compile(source as BufferSource);
}

/** Takes the first backend that runs the precisions; the modules of the caller's own are not of relaxed SIMD. */
function selectFirst(used: readonly Precision[], own?: Modules, obstacleToOwn?: string): void {
  const given = own !== undefined || obstacleToOwn !== undefined;
  select(given ? ["simd", "js"] : ["relaxed", "simd", "js"], "chosen automatically", used, own, obstacleToOwn);
}

/**
 * Takes the first candidate that runs the precisions `used`, on the caller's own modules if there are any;
 * `obstacleToOwn` is what is wrong with those. Returns what stood in the way of all, or undefined.
 */
function select(
  candidates: readonly Backend[],
  reason: string,
  used: readonly Precision[],
  own: Modules = {},
  obstacleToOwn?: string,
): string[] | undefined {
  const obstacles: string[] = [];
  for (const candidate of candidates) {
    const tested = candidate === "js" ? {} : (obstacleToOwn ?? tryWasm(candidate, own, used));
    if (typeof tested === "object") {
      name = candidate;
      modules = tested;
      stages = {};
      why = [reason, ...obstacles].join("; ");
      return undefined;
    }
    obstacles.push(`${candidate}: ${tested}`);
  }
  return obstacles;
}

/** The modules given with those of the precisions `used` made and tested, or what keeps these from running. */
function tryWasm(candidate: WasmBackend, given: Modules, used: readonly Precision[]): Modules | string {
  if (typeof WebAssembly === "undefined") return "this engine has no WebAssembly";
  try {
    if (!WebAssembly.validate(probe(candidate))) return `this engine has no ${candidate === "simd" ? "WebAssembly" : "relaxed"} SIMD`;
    const tested = { ...given };
    for (const precision of used) {
      const module = given[precision] ?? moduleOf(candidate, precision);
      const failure = selfTest(module);
      if (failure !== undefined) return failure;
      tested[precision] = module;
    }
    return tested;
  } catch (error) {
    return messageOf(error);
  }
}

/** On one line: WebKit's messages have several. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
}

/** A module of one function from v128 to v128, (f32x4.add (local.get 0) (local.get 0)) or i8x16.relaxed_swizzle of the same. */
function probe(candidate: WasmBackend): Uint8Array<ArrayBuffer> {
  const operation = candidate === "simd" ? [0xe4, 1] : [0x80, 2];
  const type = [1, 6, 1, 0x60, 1, 0x7b, 1, 0x7b];
  const code = [10, 11, 1, 9, 0, 0x20, 0, 0x20, 0, 0xfd, ...operation, 11];
  return Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...type, 3, 2, 1, 0, ...code);
}
