import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright';
import { z } from 'zod';

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
export function flagged(data: string): readonly number[] {
  const database = new DatabaseSync(join(data, 'deedban.sqlite'), { readOnly: true });
  try {
    return database
      .prepare(`SELECT data FROM journal WHERE kind = 'incident.flagged' ORDER BY sequence`)
      .all()
      .map((row) => z.object({ number: z.int() }).parse(JSON.parse(String(row['data']))).number);
  } finally {
    database.close();
  }
}
