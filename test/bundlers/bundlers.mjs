/** How each bundler builds the app for browsers, with no configuration beyond where it lies. */

import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** By row: builds the app of a folder into another folder. */
export const bundlers = {
  async vite(app, out) {
    const { build } = await import("vite");
    await build({ root: app, base: "./", logLevel: "error", build: { outDir: out } });
  },
  webpack: async (app, out) => bundleAsWebpack((await import("webpack")).default, app, out),
  rspack: async (app, out) => bundleAsWebpack((await import("@rspack/core")).rspack, app, out),
  async parcel(app, out) {
    const { Parcel } = await import("@parcel/core");
    const defaultConfig = createRequire(import.meta.url).resolve("@parcel/config-default");
    const targets = { page: { distDir: out, publicUrl: "./" } };
    const options = { entries: join(app, "index.html"), defaultConfig, mode: "production", shouldDisableCache: true, targets };
    await new Parcel(options).run();
  },
  async rollup(app, out) {
    const { rollup } = await import("rollup");
    const { nodeResolve } = await import("@rollup/plugin-node-resolve");
    const bundle = await rollup({ input: join(app, "main.mjs"), plugins: [nodeResolve({ browser: true })] });
    await bundle.write({ dir: out, entryFileNames: "main.mjs" });
    copyPage(app, out);
  },
  async rolldown(app, out) {
    const { rolldown } = await import("rolldown");
    const bundle = await rolldown({ cwd: app, input: "./main.mjs", platform: "browser" });
    await bundle.write({ dir: out, entryFileNames: "main.mjs" });
    copyPage(app, out);
  },
  async esbuild(app, out) {
    const { build } = await import("esbuild");
    const outfile = join(out, "main.mjs");
    await build({ entryPoints: [join(app, "main.mjs")], bundle: true, format: "esm", minify: true, outfile, logLevel: "error" });
    copyPage(app, out);
  },
};

/** A development server of the app by vite: its address, and how it is ended. */
export async function viteServer(app) {
  const { createServer } = await import("vite");
  const server = await createServer({ root: app, logLevel: "error", server: { host: "127.0.0.1" } });
  await server.listen();
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}

/** webpack, or a bundler with its interface. */
async function bundleAsWebpack(webpack, app, out) {
  const options = { context: app, entry: "./main.mjs", mode: "production", output: { path: out, filename: "main.mjs" } };
  const compiler = webpack({ ...options, performance: false });
  const stats = await new Promise((resolve, reject) => compiler.run((error, result) => (error ? reject(error) : resolve(result))));
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString("errors-warnings"));
  copyPage(app, out);
}

function copyPage(app, out) {
  copyFileSync(join(app, "index.html"), join(out, "index.html"));
}
