/** The server that the browsers talk to: pages under a policy, their scripts, the cases, and the reports that come back. */

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { caseFiles } from "../conformance/files.mjs";
import { policies } from "./settings.mjs";

const html = '<!doctype html><meta charset="utf-8"><title>simd-loss</title><script type="module" src="page.js"></script>';

/**
 * Serves `scripts`, contents by file name, and the case files of a directory, to this machine. `expect` gives the address
 * of a page, and its report once a browser has opened it.
 */
export async function serve(scripts, directory) {
  const waiting = [];

  /** What a GET gives: a type and a body. */
  function find(folder, file) {
    if (folder === "cases" && file === undefined) return ["application/json", JSON.stringify(caseFiles(directory))];
    if (folder === "cases" && caseFiles(directory).includes(file)) return ["application/json", readFileSync(join(directory, file))];
    if (folder in policies && file === "page.html") return ["text/html", html];
    if (folder in policies && file in scripts) return ["text/javascript", scripts[file]];
    return undefined;
  }

  const server = createServer(async (request, response) => {
    const [, folder, file] = new URL(request.url, "http://localhost").pathname.split("/");
    if (request.method === "POST" && folder === "reports") {
      waiting[file]?.(JSON.parse(await text(request)));
      response.writeHead(204).end();
      return;
    }
    const found = find(folder, file);
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    const [type, body] = found;
    const header = policies[folder]?.header;
    response.writeHead(200, { "content-type": type, ...(header && { "content-security-policy": header }) }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    expect(place, policyName) {
      const report = new Promise((resolve) => waiting.push(resolve));
      const query = new URLSearchParams({ place, id: waiting.length - 1 });
      return { address: `http://127.0.0.1:${server.address().port}/${policyName}/page.html?${query}`, report };
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
