/** Compiles one target of asconfig.json, the argument, to WebAssembly. */

import { main as asc } from "assemblyscript/asc";
import { Inlining } from "./inline.mjs";

const { error, stderr } = await asc(["--config", "asconfig.json", "--target", process.argv[2]], { transforms: [Inlining] });
const complaints = stderr.toString();
if (error || complaints.includes("WARNING")) {
  console.error(`${complaints}asc ${process.argv[2]}: ${error?.message ?? "warnings"}`);
  process.exitCode = 1;
}
