/** What a browser must report in a setting: the backends that its engine has, or the fallback with the reason. */

/** How the engines name the policy where it keeps WebAssembly from compiling. */
const POLICY = /content security policy|\bCSP\b|wasm-unsafe-eval/i;

/** What is wrong with a report, a sentence each. `backends`: those that the browser's engine has, the automatic choice first. */
export function complaintsAbout({ error, automatic, outcomes }, backends, { allowsWasm }) {
  if (error !== undefined) return [error];
  const running = allowsWasm ? backends : ["js"];
  const complaints = [];
  if (automatic.name !== running[0]) complaints.push(`backend() is ${automatic.name}, expected ${running[0]}: ${automatic.why}`);
  if (automatic.why.includes("\n")) complaints.push(`backend() says why in several lines: ${automatic.why}`);
  for (const { backend, refusal, counts, complaints: ofCases } of outcomes) {
    if (running.includes(backend) && refusal !== undefined) complaints.push(refusal);
    if (!allowsWasm && backends.includes(backend) && backend !== "js") complaints.push(...unexplained(backend, refusal, automatic.why));
    if (refusal === undefined && counts.pass === 0) complaints.push(`${backend}: no case passed`);
    complaints.push(...ofCases.map((complaint) => `${backend} ${complaint}`));
  }
  return complaints;
}

/** What is missing where the policy keeps a backend from running. */
function unexplained(backend, refusal, why) {
  if (refusal === undefined) return [`${backend} runs, which the policy should prevent`];
  const part = why.split("; ").find((sentence) => sentence.startsWith(`${backend}: `)) ?? "";
  return POLICY.test(part) ? [] : [`backend() does not say that the policy stands in the way of ${backend}: ${why}`];
}
