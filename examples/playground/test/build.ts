/** Builds the playground and serves the build, once for all tests. */

import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    url: string;
  }
}

export default async function serve(project: TestProject) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  await build({ root, logLevel: "error" });
  const server = await preview({ root, logLevel: "error", preview: { port: 0 } });
  project.provide("url", server.resolvedUrls!.local[0]!);
  return () => server.close();
}
