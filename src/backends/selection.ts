/** Which backend runs, and why: chosen at the first call, for the precision it needs, or by `init`. */

import { checkName, checkOptions } from "../checks";
import type { Stage } from "../staging/stage";
import { moduleOf } from "./binaries";
import { type Precision, precisions, type WasmBackend, wasmBackends } from "./kinds";
import { checkPrecision, selfTest } from "./selfTest";

/** What computes: relaxed SIMD, baseline SIMD, or the plain fallback. */
export type Backend = WasmBackend | "js";

/**
 * A WebAssembly module in any of the forms in which a caller may have it: a `WebAssembly.Module`, its bytes as an
 * `ArrayBuffer` or a view of one, or a `Response` of `fetch`. Projects without the DOM's types have no names for them all.
 */
export type ModuleSource = object;

/** Options of {@link init}. */
export interface InitOptions {
  /** Default `"auto"`: the first of relaxed, simd and js that the engine runs correctly. */
  backend?: Backend | "auto" | undefined;
  /**
   * The caller's own modules, instead of the inlined ones: by precision, of the kind that `backend` names (`"auto"`: simd).
   * `simd-loss/js`, which holds none, needs those of both precisions.
   */
  modules?: Partial<Record<Precision, ModuleSource | Promise<ModuleSource> | undefined>> | undefined;
}

/** The answer of {@link backend}. */
export interface BackendReport {
  /** The backend that runs. */
  name: Backend;
  /** One sentence: what was asked for, and what stood in the way of anything faster. */
  why: string;
}

type Modules = Partial<Record<Precision, WebAssembly.Module>>;

/** What `"auto"` tries. */
const automatic: readonly Backend[] = [...wasmBackends, "js"];

let name: Backend | undefined;
let why = "";
/** Those that have passed the self-test. */
let modules: Modules = {};
/** The stages in use: each switch of backend begins with none. */
export let stages: Partial<Record<Precision, Stage>> = {};

/** Readies precisions: chooses a backend for them if none is chosen yet, or if the chosen one does not run them. */
export function prepare(used: readonly Precision[]): void {
  let missing = used.filter((precision) => name !== "js" && modules[precision] === undefined);
  if (missing.length === 0) return;
  try {
    if (name !== undefined) {
      modules = tested(name as WasmBackend, modules, missing);
      return;
    }
  } catch {
    missing = [...precisions];
  }
  select(missing);
}

/** A memory of at least `bytes`, in the kind that the backend works on. */
export function newMemory(bytes: number): WebAssembly.Memory | ArrayBuffer {
  if (name === "js") return new ArrayBuffer(bytes);
  const pages = Math.ceil(bytes / 65536);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/** Chooses a backend, for any precision, if none is chosen yet. */
export function prepareAny(): void {
  if (name === undefined) prepare(precisions);
}

/** Whether a memory is of the kind that the backend works on. */
export function serves(memory: WebAssembly.Memory | ArrayBuffer): boolean {
  return memory instanceof ArrayBuffer === (name === "js");
}

/** The module of a precision that is ready; undefined where the plain machine runs. */
export function moduleFor(precision: Precision): WebAssembly.Module | undefined {
  return modules[precision];
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
 * @throws TypeError for an unknown backend or option; Error if the backend asked for cannot run here, which `"auto"` never does
 * @example
 * const report = await init({ backend: "js" });
 * report.name; // "js"
 * await init();
 */
export async function init(options: InitOptions = {}): Promise<BackendReport> {
  checkOptions(options, new Set(["backend", "modules"]));
  const wanted = checkName("backend", options.backend, ["auto", ...automatic]);
  if (options.modules !== undefined) checkOptions(options.modules, new Set(precisions));
  let own: Modules | Error | undefined;
  try {
    own = wanted === "js" || options.modules === undefined ? undefined : await compileAll(options.modules);
  } catch (error) {
    own = new Error(`the modules given: ${messageOf(error)}`);
  }
  // The caller's own modules are not of relaxed SIMD, unless that is asked for.
  const candidates = wanted === "auto" ? automatic.slice(own === undefined ? 0 : 1) : [wanted];
  const obstacles = select(precisions, own, candidates, wanted === "auto" ? undefined : `asked for as "${wanted}"`);
  if (obstacles !== undefined) throw new Error(`backend "${wanted}" cannot run here: ${obstacles.join("; ")}`);
  return backend();
}

async function compileAll(sources: NonNullable<InitOptions["modules"]>): Promise<Modules> {
  const given = precisions.filter((precision) => sources[precision] !== undefined);
  // All at once: a promise that fails while another one is waited for would have nobody to catch it.
  const compiled = await Promise.all(
    given.map(async (precision) => {
      const module = await compile(await sources[precision]!);
      checkPrecision(module, precision);
      return [precision, module] as const;
    }),
  );
  return Object.fromEntries(compiled);
}

async function compile(source: ModuleSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof Response !== "undefined" && source instanceof Response) return WebAssembly.compile(await source.arrayBuffer());
  return WebAssembly.compile(source as BufferSource);
}

/**
 * Takes the first candidate that runs the precisions `used`, on the caller's own modules if there are any; an error is what
 * is wrong with those. Returns what stood in the way of all, or undefined.
 */
function select(
  used: readonly Precision[],
  own: Modules | Error = {},
  candidates = automatic,
  reason = "chosen automatically",
): string[] | undefined {
  const obstacles: string[] = [];
  for (const candidate of candidates) {
    try {
      modules = candidate === "js" ? {} : tested(candidate, own, used);
      name = candidate;
      stages = {};
      why = [reason, ...obstacles].join("; ");
      return undefined;
    } catch (error) {
      obstacles.push(`${candidate}: ${messageOf(error)}`);
    }
  }
  return obstacles;
}

/** The modules given with those of the precisions `used` made and tested. Throws what keeps these from running. */
function tested(candidate: WasmBackend, given: Modules | Error, used: readonly Precision[]): Modules {
  if (typeof WebAssembly === "undefined") throw new Error("this engine has no WebAssembly");
  if (given instanceof Error) throw given;
  if (!WebAssembly.validate(probe(candidate))) {
    throw new Error(`this engine has no ${candidate === "simd" ? "WebAssembly" : "relaxed"} SIMD`);
  }
  const modules = { ...given };
  for (const precision of used) {
    modules[precision] ??= moduleOf(candidate, precision);
    selfTest(modules[precision]);
  }
  return modules;
}

/** On one line: WebKit's messages have several. */
function messageOf(error: unknown): string {
  return String((error as Error)?.message ?? error).replace(/\s+/g, " ");
}

/** A module of one function that does nothing, (unreachable), and then drops the result of f32x4.add or of i8x16.relaxed_swizzle. */
function probe(candidate: WasmBackend): Uint8Array<ArrayBuffer> {
  const operation = candidate === "simd" ? [228, 1] : [128, 2];
  return Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 0, 253, ...operation, 26, 11);
}
