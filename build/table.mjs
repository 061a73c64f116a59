/** Writes the README's table of losses from their doc comments; with `--check`, only tells whether it is current. */

import { readFileSync, writeFileSync } from "node:fs";
import { documentation } from "./documentation.mjs";

const README = "README.md";
const BEGIN = "<!-- losses: written by npm run docs:table -->";
const END = "<!-- /losses -->";

/** The libraries whose names for a function stand beside it. */
const libraries = ["PyTorch", "Keras", "TensorFlow.js", "optax"];

/** The groups of losses in the order of the table. */
const groups = [
  "regression",
  "demand forecasting",
  "binary",
  "multi-class",
  "multi-label",
  "embedding and ranking",
  "segmentation",
  "sequence",
  "softmax family",
  "sigmoid family",
  "regularisation",
];

/** In each group those that most libraries have come first. */
const functions = documentation()
  .filter(({ kind }) => kind === "loss" || kind === "activation" || kind === "penalty")
  .sort((a, b) => librariesOf(b) - librariesOf(a));
for (const { name, tags } of functions) {
  const unknown = (tags.group ?? []).filter((group) => !groups.includes(group));
  if (unknown.length > 0) throw new Error(`@group of ${name} must be one of ${groups.join(", ")}, got ${unknown.join(", ")}`);
}

const readme = readFileSync(README, "utf8");
const begin = readme.indexOf(BEGIN);
const end = readme.indexOf(END);
if (begin < 0 || end < begin) throw new Error(`${README} must hold the markers ${BEGIN} and ${END}`);
const current = `${readme.slice(0, begin)}${BEGIN}\n\n${table()}\n${readme.slice(end)}`;

if (process.argv.includes("--check")) {
  if (current !== readme) {
    console.error(`the table of losses in ${README} is not current: run npm run docs:table`);
    process.exit(1);
  }
} else if (current !== readme) {
  writeFileSync(README, current);
}

/** How many of the libraries have the function. */
function librariesOf({ tags }) {
  const elsewhere = counterparts(tags.also?.[0] ?? "");
  return libraries.filter((library) => library in elsewhere).length;
}

/** A table for each group. */
function table() {
  return groups
    .map((group) => ({ group, members: functions.filter(({ tags }) => tags.group?.includes(group)) }))
    .filter(({ members }) => members.length > 0)
    .map(({ group, members }) => {
      const columns = ["function", "formula", "when to use it", ...libraries];
      const head = `| ${columns.join(" | ")} |\n|${" --- |".repeat(columns.length)}\n`;
      return `### ${group[0].toUpperCase()}${group.slice(1)}\n\n${head}${members.map(row).join("")}`;
    })
    .join("\n");
}

function row({ name, tags }) {
  const elsewhere = counterparts(tags.also?.[0] ?? "");
  const cells = [code(name), code(tags.formula[0]), tags.use[0], ...libraries.map((library) => elsewhere[library])];
  return `| ${cells.map((cell) => (cell ?? "").replaceAll("|", "\\|")).join(" | ")} |\n`;
}

/** "PyTorch F.mse_loss; Keras A, B" as code by library. */
function counterparts(also) {
  return Object.fromEntries(
    also.split("; ").map((entry) => {
      const [library, ...names] = entry.split(" ");
      return [library, names.join(" ").split(", ").map(code).join(", ")];
    }),
  );
}

function code(text) {
  return `\`${text}\``;
}
