import type { Page } from 'playwright';
import { z } from 'zod';
import { journalRows } from '../support/journal-rows.ts';

/** The pieces that main acknowledged to the page: of which incident and clip, and which of its pieces. */
export function acknowledgedPieces(page: Page): ReadonlySet<string> {
  const pieces = new Set<string>();
  page.on('response', (response) => {
    const [, incident, clip, index] = /\/evidence\/(\d+)\/[^/]+\/([0-9a-f-]{36})\/(\d+)\?/.exec(response.url()) ?? [];
    if (response.status() === 201 && clip !== undefined) pieces.add(`${incident} ${clip} ${index}`);
  });
  return pieces;
}

/** The numbers of all incidents that were ever flagged, as the database says. */
export const flagged = (data: string): readonly number[] =>
  journalRows(data, 'incident.flagged', z.object({ number: z.int() })).map(({ number }) => number);
