/** `npm run test:browsers`: the conformance suite in browsers, as a matrix. See docs/testing.md. */

import { chosenRows, runMatrix } from "../matrix/cells.mjs";
import { installedVersion } from "../matrix/debian.mjs";
import { browsers } from "./browsers.mjs";
import { complaintsAbout } from "./judgement.mjs";
import { places, policies } from "./settings.mjs";
import { startServer, visit } from "./visit.mjs";

/** How many complaints are printed about one visit. */
const SHOWN = 20;

const names = chosenRows(browsers.map(({ name }) => name));
const chosen = browsers.filter(({ name }) => names.includes(name));
const server = await startServer();
/** What `backend()` said where it chose the fallback. */
const reasons = new Set();

/** A line for each backend that ran. */
function summary({ automatic, outcomes }) {
  const ran = outcomes.filter(({ refusal }) => refusal === undefined);
  const lines = ran.map(({ backend, counts: { pass, fail, unsupported } }) => `${backend}: ${pass} / ${fail} / ${unsupported}`);
  return [`backend(): ${automatic.name}`, ...lines].join("\n");
}

async function run(browser, place, policyName) {
  const policy = policies[policyName];
  const report = await visit(server, browser, place, policyName);
  const complaints = complaintsAbout(report, browser.backends, policy);
  if (report.automatic?.name === "js") reasons.add(`${browser.name}, ${policy.header}: ${report.automatic.why}`);
  if (complaints.length === 0) return summary(report);
  const more = complaints.length > SHOWN ? [`and ${complaints.length - SHOWN} more`] : [];
  const counts = report.outcomes === undefined ? [] : [summary(report)];
  throw new Error([...counts, ...complaints.slice(0, SHOWN), ...more].join("\n"));
}

const cells = chosen.flatMap((browser) =>
  places.flatMap((place) =>
    Object.entries(policies).map(([policyName, { header }]) => ({
      row: `${browser.name}, ${place}`,
      column: header ?? "no policy",
      run: () => run(browser, place, policyName),
    })),
  ),
);
console.log("The oracle's cases by backend: passed / failed / unsupported");
await runMatrix(cells, "");
server.close();
for (const { packages } of chosen) console.log(`${packages[0]} ${installedVersion(packages[0])}`);
for (const reason of reasons) console.log(reason);
