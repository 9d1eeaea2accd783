import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { auditHeadSchema } from '../../../core/audit/audit-head.ts';
import { type AuditRow, auditRowText } from '../../../core/audit/audit-row.ts';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  nodesOfLeaf,
  type ReadNode,
  rootAt,
  type Sha256,
} from '../../../core/audit/merkle-tree.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import { explainDatabaseError } from './explain-sqlite-error.ts';
import { readNumber } from './open-database.ts';

export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
export const leafOfRow = (row: AuditRow): Uint8Array => leafHash(sha256, Buffer.from(auditRowText(row)));
/** What the chain of the first row leans on. */
const firstLink = new Uint8Array(32);
export const linkAfter = (before: Uint8Array | null, leaf: Uint8Array): Uint8Array =>
  sha256(Buffer.concat([before ?? firstLink, leaf]));

const bytesSchema = z.instanceof(Uint8Array);
const lastSchema = z.object({ place: z.number(), link: bytesSchema });
const textSchema = z.object({ text: z.string() });

/** The hash chain and the Merkle tree over the Journal of one database. */
export interface SqliteAudit {
  readonly log: AuditLog;
  /** Takes in a row. To be called in the transaction that writes it. */
  add(row: AuditRow): void;
  /** The chain's link at a row; null where there is no such row. Throws what SQLite throws. */
  linkAt(sequence: number): Uint8Array | null;
}

export function createSqliteAudit(database: DatabaseSync, path: string): SqliteAudit {
  const selectLast = database.prepare('SELECT place, link FROM audit_row ORDER BY place DESC LIMIT 1');
  const selectLink = database.prepare('SELECT link FROM audit_row WHERE sequence = ?');
  const insertRow = database.prepare('INSERT INTO audit_row (place, sequence, link) VALUES (?, ?, ?)');
  const insertNode = database.prepare('INSERT INTO audit_node (level, place, hash) VALUES (?, ?, ?)');
  const selectNode = database.prepare('SELECT hash FROM audit_node WHERE level = ? AND place = ?');
  const selectLeaves = database.prepare(
    'SELECT hash FROM audit_node WHERE level = 0 AND place >= ? AND place < ? ORDER BY place',
  );
  const insertHead = database.prepare('INSERT INTO audit_head (size, text) VALUES (?, ?) ON CONFLICT (size) DO NOTHING');
  const selectHeads = database.prepare('SELECT text FROM audit_head WHERE size > ? ORDER BY size LIMIT ?');
  const selectLastHead = database.prepare('SELECT text FROM audit_head ORDER BY size DESC LIMIT 1');

  const read: ReadNode = (level, place) => bytesSchema.parse(selectNode.get(level, place)?.['hash']);
  const size = () => readNumber(database, 'SELECT coalesce(max(place), -1) + 1 FROM audit_row');
  const readHead = (row: unknown) => auditHeadSchema.parse(JSON.parse(textSchema.parse(row).text));
  function run<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explainDatabaseError(error, database, path);
    }
  }

  return {
    add(row) {
      const found = selectLast.get();
      const last = found === undefined ? null : lastSchema.parse(found);
      const place = last === null ? 0 : last.place + 1;
      const leaf = leafOfRow(row);
      insertRow.run(place, row.sequence, linkAfter(last?.link ?? null, leaf));
      for (const node of nodesOfLeaf(sha256, place, leaf, read)) insertNode.run(node.level, node.place, node.hash);
    },
    linkAt(sequence) {
      const row = selectLink.get(sequence);
      return row === undefined ? null : bytesSchema.parse(row['link']);
    },
    log: {
      size: () => run(size),
      root: (count) => run(() => rootAt(sha256, count, read)),
      leaves: (from, to) => run(() => selectLeaves.all(from, to).map(({ hash }) => bytesSchema.parse(hash))),
      inclusion: (place, count) => run(() => inclusionProof(sha256, place, count, read)),
      consistency: (older, count) => run(() => consistencyProof(sha256, older, count, read)),
      keepHead: async (head) => run(() => void insertHead.run(head.size, JSON.stringify(head))),
      headsAfter: (from, limit) => run(() => selectHeads.all(from, limit).map(readHead)),
      lastHead: () =>
        run(() => {
          const row = selectLastHead.get();
          return row === undefined ? null : readHead(row);
        }),
    },
  };
}
