/** Which backend runs and why: switching, falling back, self-test, and the caller's own modules. */

import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { bytesOf } from "../src/backends/binaries";
import { type Precision, wasmBackends } from "../src/backends/kinds";
import { type Backend, backend, crossEntropy, type InitOptions, init, type ModuleSource, mse } from "../src/index";
import { backends, precisions } from "./available";

const works = () => {
  expect(mse(new Float32Array([1, 2]), new Float32Array([1, 4]))).toBe(2);
  expect(mse([1, 2], [1, 4])).toBe(2);
  expect(crossEntropy([0, 0], [1])).toBeCloseTo(Math.LN2, 14);
};

/** The second byte of a vector addition, fd .. 01; that of the subtraction is one more. */
const additions = { f32: 0xe4, f64: 0xf0 };

/** A binary whose additions in a precision subtract: valid, and wrong. */
function wrong(bytes: Uint8Array<ArrayBuffer>, precision: Precision = "f32"): Uint8Array<ArrayBuffer> {
  const altered = Uint8Array.from(bytes);
  for (let i = 0; i + 2 < altered.length; i++) {
    if (altered[i] === 0xfd && altered[i + 1] === additions[precision] && altered[i + 2] === 0x01) altered[i + 1]!++;
  }
  return altered;
}

/** Makes every compiled module a wrong one. */
function computeWrongly(): void {
  class Module extends WebAssembly.Module {
    constructor(bytes: Uint8Array<ArrayBuffer>) {
      super(wrong(bytes));
    }
  }
  vi.stubGlobal("WebAssembly", Object.create(WebAssembly, { Module: { value: Module } }));
}

afterEach(async () => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await init();
});

test("every backend runs under this runner", () => {
  expect(backends).toEqual(["js", "simd", "relaxed"]);
});

describe.each(backends)("%s", (name) => {
  test("is what init and backend report", async () => {
    const report = await init({ backend: name });
    expect(report).toEqual({ name, why: `asked for as "${name}"` });
    expect(backend()).toEqual(report);
    works();
  });

  test("is chosen again and again, at once", async () => {
    const reports = await Promise.all([init({ backend: name }), init({ backend: "js" }), init({ backend: name }), init({ backend: name })]);
    expect(reports.at(-1)).toEqual({ name, why: `asked for as "${name}"` });
    expect(backend().name).toBe(name);
    works();
  });
});

test("auto takes the fastest", async () => {
  expect(await init()).toEqual({ name: backends.at(-1), why: "chosen automatically" });
  expect(await init({ backend: "auto" })).toEqual(backend());
  works();
});

test("an unknown backend is refused, and the one before goes on", async () => {
  await init({ backend: "js" });
  await expect(init({ backend: "gpu" as Backend })).rejects.toThrow(
    new TypeError('backend must be one of auto, relaxed, simd, js, got the string "gpu"'),
  );
  await expect(init({ backend: 1n as never })).rejects.toThrow(TypeError);
  await expect(init({ backnd: "simd" } as object)).rejects.toThrow(
    new TypeError('option "backnd" is not known here: expected one of backend, modules'),
  );
  await expect(init({ modules: { f23: new Uint8Array() } as object })).rejects.toThrow(
    new TypeError('option "f23" is not known here: expected one of f32, f64'),
  );
  await expect(init(null as never)).rejects.toThrow(new TypeError("options must be an object, got null"));
  expect(backend().name).toBe("js");
});

describe("without WebAssembly", () => {
  test("auto falls back to js and says why", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    const report = await init();
    expect(report.name).toBe("js");
    expect(report.why).toBe("chosen automatically; relaxed: this engine has no WebAssembly; simd: this engine has no WebAssembly");
    works();
  });

  test.each(wasmBackends)("%s is refused", async (name) => {
    await init({ backend: "js" });
    vi.stubGlobal("WebAssembly", undefined);
    await expect(init({ backend: name })).rejects.toThrow(
      new Error(`backend "${name}" cannot run here: ${name}: this engine has no WebAssembly`),
    );
    expect(backend().name).toBe("js");
    works();
  });

  test("auto does not fail for modules of the caller's", async () => {
    const f32 = bytesOf("simd", "f32");
    vi.stubGlobal("WebAssembly", undefined);
    const report = await init({ modules: { f32 } });
    expect(report.name).toBe("js");
    works();
  });
});

test("where only instantiation is forbidden, as in WebKit under a policy, auto falls back to js and says so on one line", async () => {
  class Instance {
    constructor() {
      throw new WebAssembly.CompileError("Refused by the policy.\n (evaluating 'new WebAssembly.Instance')");
    }
  }
  vi.stubGlobal("WebAssembly", Object.create(WebAssembly, { Instance: { value: Instance } }));
  const report = await init({ backend: "auto" });
  const refusal = "Refused by the policy. (evaluating 'new WebAssembly.Instance')";
  expect(report).toEqual({ name: "js", why: `chosen automatically; relaxed: ${refusal}; simd: ${refusal}` });
  works();
});

describe("on an engine that refuses vectors", () => {
  test.each([
    ["relaxed", "this engine has no relaxed SIMD"],
    ["simd", "this engine has no WebAssembly SIMD"],
  ] as const)("%s is refused", async (name, why) => {
    vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    await expect(init({ backend: name })).rejects.toThrow(new Error(`backend "${name}" cannot run here: ${name}: ${why}`));
    expect((await init()).name).toBe("js");
  });
});

describe("on an engine that computes wrongly", () => {
  test("auto falls back to js and says what is wrong", async () => {
    computeWrongly();
    const report = await init();
    expect(report.name).toBe("js");
    expect(report.why).toMatch(
      /^chosen automatically; relaxed: self-test failed: known answer 1 differs; simd: self-test failed: known answer 1 differs$/,
    );
    works();
  });

  test.each(wasmBackends)("%s is refused", async (name) => {
    computeWrongly();
    await expect(init({ backend: name })).rejects.toThrow(/^backend "\w+" cannot run here: \w+: self-test failed: /);
  });
});

describe("the first call", () => {
  const half = new Float32Array(64).fill(0.5);
  const compiled = (alter = (bytes: Uint8Array<ArrayBuffer>) => bytes) => {
    const spy = vi.fn();
    class Module extends WebAssembly.Module {
      constructor(bytes: Uint8Array<ArrayBuffer>) {
        super(alter(bytes));
        spy();
      }
    }
    vi.stubGlobal("WebAssembly", Object.create(WebAssembly, { Module: { value: Module } }));
    return spy;
  };
  const unused = () => {
    vi.resetModules();
    return import("../src/index");
  };

  test("compiles the precision it needs, and the other when that is needed", async () => {
    const library = await unused();
    const compilations = compiled();
    expect(library.mse(half, half)).toBe(0);
    expect(compilations).toHaveBeenCalledTimes(1);
    expect(library.mse(half, half)).toBe(0);
    expect(compilations).toHaveBeenCalledTimes(1);
    expect(library.mse(Float64Array.from(half), half)).toBe(0);
    expect(compilations).toHaveBeenCalledTimes(2);
    expect(library.backend()).toEqual({ name: backends.at(-1), why: "chosen automatically" });
    expect(compilations).toHaveBeenCalledTimes(2);
  });

  test("backend() answers for both precisions", async () => {
    const library = await unused();
    const compilations = compiled();
    expect(library.backend()).toEqual({ name: backends.at(-1), why: "chosen automatically" });
    expect(compilations).toHaveBeenCalledTimes(2);
  });

  test("a precision that computes wrongly is found when it is needed, and both run on another backend", async () => {
    const library = await unused();
    // The f32 binary adds up its f32 values in f64: it must not be the one that is altered.
    const f64Lengths = wasmBackends.map((kind) => bytesOf(kind, "f64").length);
    const compilations = compiled((bytes) => (f64Lengths.includes(bytes.length) ? wrong(bytes, "f64") : bytes));
    expect(library.mse(half, new Float32Array(64))).toBe(0.25);
    const memory = library.arena(4096);
    const held = memory.float32(64);
    held.set(half);
    expect(compilations).toHaveBeenCalledTimes(1);
    expect(library.mse(held, new Float32Array(64))).toBe(0.25);
    expect(library.mse(Float64Array.from(half), new Float64Array(64))).toBe(0.25);
    expect(library.backend().name).toBe("js");
    expect(library.backend().why).toMatch(/relaxed: self-test failed: .+; simd: self-test failed: /);
    expect(library.mse(held, new Float32Array(64))).toBe(0.25);
  });
});

describe("the inlined bytes are the file's", () => {
  const decoders: Record<string, () => void> = {
    "by Buffer": () => expect(globalThis).toHaveProperty("Buffer"),
    "by Uint8Array.fromBase64": () => {
      const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, "base64"));
      vi.stubGlobal("Uint8Array", Object.assign(class extends Uint8Array {}, { fromBase64 }));
      vi.stubGlobal("Buffer", undefined);
    },
    "by a loop": () => vi.stubGlobal("Buffer", undefined),
  };

  test.each(Object.entries(decoders))("%s", (_, stub) => {
    const expected = readFileSync(new URL("../dist/wasm/f64-simd.wasm", import.meta.url)).toString("hex");
    stub();
    const bytes = bytesOf("simd", "f64");
    vi.unstubAllGlobals();
    expect(Buffer.from(bytes).toString("hex")).toBe(expected);
  });
});

describe("the caller's own modules", () => {
  const file = (precision: string) => readFileSync(new URL(`../dist/wasm/${precision}-simd.wasm`, import.meta.url));
  const forms: Record<string, (bytes: Uint8Array<ArrayBuffer>) => ModuleSource | Promise<ModuleSource>> = {
    bytes: (bytes) => bytes,
    "an ArrayBuffer": (bytes) => bytes.slice().buffer,
    "a Module": (bytes) => new WebAssembly.Module(bytes),
    "a promise of a Module": (bytes) => WebAssembly.compile(bytes),
    "a Response": (bytes) => new Response(bytes),
  };

  test.each(Object.entries(forms))("%s", async (_, form) => {
    const modules = { f32: form(new Uint8Array(file("f32"))), f64: form(new Uint8Array(file("f64"))) };
    expect((await init({ modules })).name).toBe("simd");
    works();
    expect((await init({ backend: "simd", modules: { f64: form(new Uint8Array(file("f64"))) } })).name).toBe("simd");
    works();
  });

  test.each(precisions)("a %s module that computes wrongly is not trusted", async (precision) => {
    const modules: InitOptions["modules"] = { [precision]: wrong(bytesOf("simd", precision), precision) };
    await expect(init({ backend: "simd", modules })).rejects.toThrow(/cannot run here: simd: self-test failed: /);
    expect((await init({ modules })).name).toBe("js");
    works();
  });

  test.each(precisions)("the module of another precision is not taken for %s", async (precision) => {
    const other = precision === "f32" ? "f64" : "f32";
    const modules: InitOptions["modules"] = { [precision]: bytesOf("simd", other) };
    await expect(init({ backend: "simd", modules })).rejects.toThrow(`this module is no ${precision} module`);
    expect((await init({ modules })).name).toBe("js");
    works();
  });

  test("two promises of which the second fails first: auto falls back", async () => {
    const late = (bytes: Uint8Array<ArrayBuffer>) => new Promise<ModuleSource>((resolve) => setTimeout(resolve, 20, bytes));
    const modules = { f32: late(new Uint8Array(file("f32"))), f64: Promise.reject<ModuleSource>(new Error("network down")) };
    expect(await init({ modules })).toEqual({ name: "js", why: "chosen automatically; simd: the modules given: network down" });
    works();
  });

  test("bytes that are no module: auto falls back, an explicit backend is refused", async () => {
    const modules = { f32: new Uint8Array([1, 2, 3, 4]) };
    await expect(init({ backend: "simd", modules })).rejects.toThrow(Error);
    const report = await init({ modules });
    expect(report.name).toBe("js");
    expect(report.why).toMatch(/^chosen automatically; simd: /);
    works();
  });
});
