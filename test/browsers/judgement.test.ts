/** What the browser matrix takes for a failure. */

import { expect, test } from "vitest";
import type { Backend } from "../../src/index";
import { complaintsAbout } from "./judgement.mjs";
import type { BackendOutcome, SuiteReport } from "./suite";

const backends = ["relaxed", "simd", "js"] as const;
const open = { allowsWasm: true };
const strict = { allowsWasm: false };

const passed = (backend: Backend): BackendOutcome => ({ backend, counts: { pass: 5, fail: 0, unsupported: 2 }, complaints: [] });
const refused = (backend: Backend): BackendOutcome => ({
  backend,
  refusal: `${backend} refused`,
  counts: { pass: 0, fail: 0, unsupported: 0 },
  complaints: [],
});

const right: SuiteReport = { automatic: { name: "relaxed", why: "chosen automatically" }, outcomes: backends.map(passed) };
const why = "chosen automatically; relaxed: blocked by CSP; simd: blocked by CSP";
const fallback: SuiteReport = { automatic: { name: "js", why }, outcomes: [refused("relaxed"), refused("simd"), passed("js")] };

test("every case passing is no failure, nor are unsupported cases", () => {
  expect(complaintsAbout(right, backends, open)).toEqual([]);
});

test("nor is the fallback under a policy that forbids WebAssembly", () => {
  expect(complaintsAbout(fallback, backends, strict)).toEqual([]);
});

test("nor is a backend that the engine does not have", () => {
  const report = { automatic: { name: "simd", why: "" } as const, outcomes: [refused("relaxed"), passed("simd"), passed("js")] };
  expect(complaintsAbout(report, ["simd", "js"], open)).toEqual([]);
});

const failing: BackendOutcome = { backend: "simd", counts: { pass: 4, fail: 1, unsupported: 2 }, complaints: ["a case: wrong"] };
const empty: BackendOutcome = { ...passed("js"), counts: { pass: 0, fail: 0, unsupported: 7 } };

test.each([
  ["no report", { error: "no report" }, open, ["no report"]],
  ["a case that fails", { ...right, outcomes: [passed("relaxed"), failing, passed("js")] }, open, ["simd a case: wrong"]],
  ["not a single case", { ...right, outcomes: [passed("relaxed"), passed("simd"), empty] }, open, ["js: no case passed"]],
  ["a backend that is refused", { ...right, outcomes: [passed("relaxed"), refused("simd"), passed("js")] }, open, ["simd refused"]],
  [
    "a slower backend than the engine's fastest",
    { ...right, automatic: { name: "simd", why: "chance" } },
    open,
    ["backend() is simd, expected relaxed: chance"],
  ],
  [
    "WebAssembly under a policy that forbids it",
    { ...fallback, outcomes: [refused("relaxed"), passed("simd"), passed("js")] },
    strict,
    ["simd runs, which the policy should prevent"],
  ],
  [
    "the fallback for another reason than the policy",
    { ...fallback, automatic: { name: "js", why: "chosen automatically; relaxed: blocked by CSP; simd: chance" } },
    strict,
    ["backend() does not say that the policy stands in the way of simd: chosen automatically; relaxed: blocked by CSP; simd: chance"],
  ],
  [
    "a reason of several lines",
    { ...right, automatic: { name: "relaxed", why: "one\ntwo" } },
    open,
    ["backend() says why in several lines: one\ntwo"],
  ],
] as [string, SuiteReport | { error: string }, { allowsWasm: boolean }, string[]][])("a failure: %s", (_, report, policy, complaints) => {
  expect(complaintsAbout(report, backends, policy)).toEqual(complaints);
});
