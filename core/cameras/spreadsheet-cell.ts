/** How a cell begins that a spreadsheet would take for a formula and run (OWASP, CSV injection), behind apostrophes of ours. */
const runs = /^'*[=+\-@\t\r]/;

/** A cell that no spreadsheet runs: an apostrophe before what it would. Another one before a cell that only looks like that, so that nothing is lost. */
export function escapeCell(text: string): string {
  return runs.test(text) ? `'${text}` : text;
}

/** Takes back what `escapeCell` did. */
export function unescapeCell(text: string): string {
  return text.startsWith("'") && runs.test(text) ? text.slice(1) : text;
}
