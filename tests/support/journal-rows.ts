import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { z } from 'zod';

/** What the journal of a data folder says of one kind, oldest first, read beside the program that writes it. */
export function journalRows<Row>(folder: string, kind: string, schema: z.ZodType<Row>): Row[] {
  const database = new DatabaseSync(join(folder, 'deedban.sqlite'), { readOnly: true });
  try {
    return database
      .prepare('SELECT data FROM journal WHERE kind = ? ORDER BY sequence')
      .all(kind)
      .map(({ data }) => schema.parse(JSON.parse(String(data))));
  } finally {
    database.close();
  }
}
