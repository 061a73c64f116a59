/** The page: runs the suite in itself or in a module worker, as its address says, and reports to the server. */

import * as library from "simd-loss";
import { runSuite } from "./suite";

const { place, id } = Object.fromEntries(new URLSearchParams(location.search));

function runInWorker() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.js", location.href), { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`the worker failed: ${message}`));
  });
}

const report = await (place === "worker" ? runInWorker() : runSuite(library)).catch((error) => ({ error: String(error) }));
await fetch(`/reports/${id}`, { method: "POST", body: JSON.stringify(report) });
