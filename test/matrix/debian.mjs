/** Debian's packages: which are installed, and their installation where that is possible. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What dpkg-query prints, or undefined where it finds nothing. */
export function dpkgQuery(...words) {
  try {
    return execFileSync("dpkg-query", words, { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return undefined;
  }
}

/** The version of an installed package, or undefined. A package that was removed may still have a status. */
export function installedVersion(name) {
  const status = dpkgQuery("--status", name) ?? "";
  return / installed$/m.test(status) ? /^Version: (.*)$/m.exec(status)[1] : undefined;
}

/** Installs packages that are absent; throws where only someone else can. */
export function ensureInstalled(...names) {
  const missing = names.filter((name) => installedVersion(name) === undefined);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(`Debian packages are missing: apt-get install ${missing.join(" ")}`);
  }
  const aptGet = (...words) => execFileSync("apt-get", ["-q", "-y", ...words], { stdio: ["ignore", process.stderr, "inherit"] });
  aptGet("update");
  aptGet("install", "--no-install-recommends", ...missing);
}
