import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeNode {
  readonly html: string;
  readonly failureSummary?: string;
}
interface AxeWindow {
  readonly axe?: { run(): Promise<{ violations: { id: string; nodes: AxeNode[] }[] }> };
}

/** What axe finds wrong with the page, one line for each place. */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { violations } = (await (globalThis as unknown as AxeWindow).axe?.run()) ?? { violations: [] };
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`),
    );
  });
}

/**
 * Elements whose content is wider than they are. A name that is cut with an ellipsis is meant to be (a camera's may be as long as it
 * likes); the words of the program never are. What is a pixel wide is there to be read aloud.
 */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body, body *')]
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth)
      .filter((element) => !['VIDEO', 'SVG', 'INPUT', 'TEXTAREA'].includes(element.tagName.toUpperCase()))
      .filter((element) => {
        const { display, textOverflow } = getComputedStyle(element);
        return display !== 'inline' && textOverflow !== 'ellipsis';
      })
      .map(
        (element) =>
          `${element.tagName} ${element.className} ${element.scrollWidth} > ${element.clientWidth}: ${element.innerText.slice(0, 40)}`,
      ),
  );
}
