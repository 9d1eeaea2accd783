import type { PageFont } from '../../ports/page-font.ts';
import { html } from './bundle-story.ts';

/** A page that needs nothing but itself: no script, nothing from elsewhere, legible on paper. */
export function pageFrame(title: string, body: string, font: PageFont | null): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; media-src 'self' file:; img-src 'self' file:; style-src 'unsafe-inline'; font-src data:">
<title>${html(title)}</title>
<style>${fontFace(font)}
body { max-width: 64rem; margin: 2rem auto; padding: 0 1.5rem; font: 15px/1.5 "Bundle Naskh", system-ui, sans-serif; color: #1c2024; background: #fff; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #c8cdd2; padding-bottom: .2rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #e4e7ea; }
th { font-weight: 600; white-space: nowrap; }
td, p { overflow-wrap: anywhere; }
.log td:first-child { white-space: nowrap; }
td, code { font-variant-numeric: tabular-nums; }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
video, img { display: block; width: 100%; max-width: 48rem; background: #000; }
.quiet { color: #59626b; }
.gap { color: #9a2a1f; font-weight: 600; }
.write { border-bottom: 1px solid #1c2024; height: 2.2rem; min-width: 26rem; }
[lang=ur] { direction: rtl; font-family: "Bundle Naskh", "Noto Naskh Arabic", "Noto Nastaliq Urdu", "Urdu Typesetting", system-ui, sans-serif; line-height: 1.9; }
@page { margin: 15mm; }
h2, h3 { break-after: avoid; }
tr, img, .whole { break-inside: avoid; }
@media print { video { display: none; } body { margin: 0; padding: 0; } }
</style>
${body}
</html>
`;
}

/** Rows of a name and what is known of it. */
export const factTable = (rows: readonly (readonly [name: string, value: string])[]): string =>
  `<table>\n${rows.map(([name, value]) => `<tr><th>${html(name)}<td>${value}`).join('\n')}\n</table>`;

/** In the page itself: not every browser lets a page from a disk read a font beside it. */
const fontFace = (font: PageFont | null): string =>
  font === null
    ? ''
    : `
@font-face {
  font-family: "Bundle Naskh"; font-weight: 400 700;
  /* The letters of Urdu and Pashto and the space between them, before all other fonts: what a machine has for them may lack some. */
  unicode-range: U+0020, U+0600-06FF, U+0750-077F, U+FB50-FDFF, U+FE70-FEFF;
  src: url("data:font/woff2;base64,${Buffer.from(font.woff2).toString('base64')}") format("woff2");
}`;
