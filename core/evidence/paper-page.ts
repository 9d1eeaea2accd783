/** A sheet for paper. What is named `Html` is put in as it is: whoever gives text of others has it `escaped`. */
export interface PaperPage {
  readonly title: string;
  readonly heading: string;
  readonly aboutHtml: string;
  readonly facts: readonly (readonly [name: string, valueHtml: string])[];
  /** What is filled in by hand. */
  readonly byHand: readonly string[];
}

/** One page of HTML, in English, whole by itself: it loads nothing and runs nothing. */
export function paperPage({ title, heading, aboutHtml, facts, byHand }: PaperPage): string {
  const rows = [
    ...facts.map(([name, valueHtml]) => `<tr><th>${escaped(name)}<td>${valueHtml}`),
    ...byHand.map((name) => `<tr class="write"><th>${escaped(name)}<td>`),
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>
body { max-width: 46rem; margin: 2rem auto; padding: 0 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: #1c2024; background: #fff; }
h1 { font-size: 1.4rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #c8cdd2; }
th { font-weight: 600; width: 12rem; }
code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; margin: 0; }
.write { height: 2.4rem; }
@media print { body { margin: 0; } }
</style>
<h1>${escaped(heading)}</h1>
<p>${aboutHtml}</p>
<table>
${rows.join('\n')}
</table>
</html>
`;
}

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
export const codeHtml = (text: string): string => `<code>${escaped(text)}</code>`;
export const blockHtml = (text: string): string => `<pre>${escaped(text)}</pre>`;
