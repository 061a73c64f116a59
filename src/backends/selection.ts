/** Which backend runs, and why: chosen at the first call, for the precision it needs, or by `init`. */

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
let modules: Modules = {};
let generation = 0;
/** By precision: whether a call can run, on a module that has passed the self-test or on none. */
let ready = { f32: false, f64: false };

/** Counts the switches of backend: whatever an instance was made for, it serves one generation. Readies the precision. */
export function currentGeneration(precision: Precision): number {
  if (!ready[precision]) prepare([precision]);
  return generation;
}

/** Readies precisions: chooses a backend for them if none is chosen yet, or if the chosen one does not run them. */
function prepare(used: readonly Precision[]): void {
  const missing = used.filter((precision) => !ready[precision]);
  if (missing.length === 0) return;
  const outcome = name === undefined || name === "js" ? undefined : tryWasm(name, modules, missing);
  if (outcome === undefined) select("auto", missing);
  else if (typeof outcome === "string") select("auto", precisions);
  else settle(name!, outcome);
}

function settle(chosen: Backend, tested: Modules): void {
  name = chosen;
  modules = tested;
  ready = { f32: chosen === "js" || "f32" in tested, f64: chosen === "js" || "f64" in tested };
}

/** A memory of at least `bytes`, in the kind that the backend works on. */
export function newMemory(bytes: number): WebAssembly.Memory | ArrayBuffer {
  if (name === undefined) prepare(precisions);
  if (name === "js") return new ArrayBuffer(bytes);
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/** The backend's kernels of a precision that is ready on a memory, or undefined if the memory is of another backend's kind. */
export function instantiate(memory: WebAssembly.Memory | ArrayBuffer, precision: Precision): Instance | undefined {
  const plain = memory instanceof ArrayBuffer;
  if (plain !== (name === "js")) return undefined;
  return plain ? plainInstance(memory, precision) : wasmInstance(modules[precision]!, memory, precision);
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
  select(wanted, precisions, own, obstacle);
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

/**
 * Takes the first candidate that runs the precisions `used`, on the caller's own modules if there are any;
 * `obstacleToOwn` is what is wrong with those.
 */
function select(wanted: Backend | "auto", used: readonly Precision[], own?: Modules, obstacleToOwn?: string): void {
  const givenModules = own !== undefined || obstacleToOwn !== undefined;
  const candidates: readonly Backend[] = wanted === "auto" ? [...(givenModules ? [] : ["relaxed" as const]), "simd", "js"] : [wanted];
  const obstacles: string[] = [];
  for (const candidate of candidates) {
    const outcome = candidate === "js" ? {} : (obstacleToOwn ?? tryWasm(candidate, own ?? {}, used));
    if (typeof outcome !== "string") {
      settle(candidate, outcome);
      why = [wanted === "auto" ? "chosen automatically" : `asked for as "${wanted}"`, ...obstacles].join("; ");
      generation++;
      return;
    }
    obstacles.push(`${candidate}: ${outcome}`);
  }
  throw new Error(`backend "${wanted}" cannot run here: ${obstacles.join("; ")}`);
}

/** The modules given with those of the precisions `used` made and tested, or what keeps these from running. */
function tryWasm(candidate: WasmBackend, given: Modules, used: readonly Precision[]): Modules | string {
  if (typeof WebAssembly === "undefined") return "this engine has no WebAssembly";
  try {
    if (candidate === "relaxed" && !WebAssembly.validate(probe(RELAXED_CODE))) return "this engine has no relaxed SIMD";
    if (candidate === "simd" && !WebAssembly.validate(probe(SIMD_CODE))) return "this engine has no WebAssembly SIMD";
    const tested = { ...given };
    for (const precision of used) {
      const module = given[precision] ?? moduleOf(candidate, precision);
      const failure = selfTest(wasmInstance(module, new WebAssembly.Memory({ initial: 2 }), precision));
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

/** For (func (param v128) (result v128) (f32x4.neg (local.get 0))). */
const SIMD_CODE = [0xfd, 0xe1, 0x01];

/** For (func (param v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 0))). */
const RELAXED_CODE = [0x20, 0x00, 0xfd, 0x80, 0x02];

/** A module of one function from v128 to v128, whose body is `local.get 0` and then `code`. */
function probe(code: number[]): Uint8Array<ArrayBuffer> {
  const body = [0x00, 0x20, 0x00, ...code, 0x0b];
  const sections = [
    [0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b],
    [0x03, 0x02, 0x01, 0x00],
    [0x0a, body.length + 2, 0x01, body.length, ...body],
  ];
  return new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, ...sections.flat()]);
}
