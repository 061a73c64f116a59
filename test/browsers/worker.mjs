/** The module worker: runs the suite and posts its report to the page. */

import * as library from "simd-loss";
import { runSuite } from "./suite";

postMessage(await runSuite(library));
