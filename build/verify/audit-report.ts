import { homedir } from 'node:os';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditHead } from '../../core/audit/audit-head.ts';
import { type AuditJudgement, judgeAudit } from '../../core/audit/judge-audit.ts';
import { fingerprintGroups, fingerprintWords } from '../../core/evidence/fingerprint.ts';
import { CommandLineError } from '../../main/command-line.ts';
import { isSignedHead } from '../../main/features/audit/sign-head.ts';
import { readPublicKey } from '../../main/features/evidence/signing-key.ts';
import { dataFolderPlace } from '../../main/stores/files/data-folder-place.ts';
import { readHeadCopies } from '../../main/stores/files/head-copies.ts';
import { readAudit } from '../../main/stores/sqlite/read-audit.ts';
import type { VerifyOptions } from './read-verify-options.ts';

export interface AuditReport extends AuditJudgement {
  readonly command: 'verify';
  readonly what: 'audit';
  readonly file: string;
  /** `UNPROVED`: nothing was found, but there is no signed head to hold it against either. */
  readonly verdict: 'INTACT' | 'ALTERED' | 'UNPROVED';
  /** Rows behind the last head, by number in the log; null where there are none. */
  readonly notYetProvable: { readonly from: number; readonly to: number } | null;
  /** Whether heads from outside of the database were given. */
  readonly outside: boolean;
  readonly signer: {
    readonly name: 'KNOWN' | 'NOT COMPARED' | 'NOBODY';
    readonly fingerprint: string | null;
    readonly words: string | null;
  };
}

/** Checks a data folder's audit log. Throws a CommandLineError or `StoreProblem`. */
export async function auditReport(
  options: Pick<VerifyOptions, 'data' | 'head'>,
  known: string | null,
): Promise<{ report: AuditReport; exitCode: number }> {
  const file = join(options.data ?? dataFolderPlace(process.platform, process.env, homedir()), 'deedban.sqlite');
  if (!existsSync(file)) throw new CommandLineError(`There is no ${file}. Nothing was checked. (--data names the data folder.)`);
  if (options.head !== null && !existsSync(options.head))
    throw new CommandLineError(`There is no ${options.head}. Nothing was checked.`);
  const outside = options.head === null ? [] : await readHeadCopies(options.head);
  if (options.head !== null && outside.length === 0)
    throw new CommandLineError(`${options.head} holds no copied head of an audit log. Nothing was checked.`);
  const log = readAudit(file);
  try {
    const heads = [...outside, ...log.heads];
    // Who has the database can sign with a key of their own: only one key counts, and that of the copies before any other.
    const trusted = known ?? fingerprintOf(outside.at(-1) ?? log.heads.at(-1));
    const found = heads.map((head) => ({ ...head, good: isGood(head, trusted) }));
    const rows = log.rows;
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
    const judged = judgeAudit(sha256, { rows, heads: found, added: log.added }, log.contentAs);
    const { changed, removed, moved, unlinked, added, doubtful, badHeads } = judged;
    const clean = [changed, removed, moved, unlinked, added, doubtful, badHeads].every((list) => list.length === 0);
    const verdict = !clean ? 'ALTERED' : judged.provable > 0 || rows.length === 0 ? 'INTACT' : 'UNPROVED';
    const signed = found.some(({ good }) => good) ? trusted : null;
    const report: AuditReport = {
      command: 'verify',
      what: 'audit',
      file,
      verdict,
      ...judged,
      notYetProvable: rows.length > judged.provable ? { from: judged.provable + 1, to: rows.length } : null,
      outside: outside.length > 0,
      signer: {
        name: signed === null ? 'NOBODY' : known === null ? 'NOT COMPARED' : 'KNOWN',
        fingerprint: signed,
        words: signed && fingerprintWords(signed),
      },
    };
    return { report, exitCode: verdict === 'INTACT' ? 0 : 1 };
  } finally {
    log.close();
  }
}

const fingerprintOf = (head: AuditHead | undefined): string | null => (head && readPublicKey(head.key)?.fingerprint) ?? null;

function isGood(head: AuditHead, trusted: string | null): boolean {
  const key = readPublicKey(head.key);
  return key !== null && key.fingerprint === trusted && isSignedHead(head, key);
}

/** The same for a person. */
export function auditReportText(report: AuditReport): string {
  const lines = [
    `${report.verdict}  ${report.file} (${report.rows} rows, ${report.provable} of them held against a signed head)`,
  ];
  const list = (what: string, names: readonly string[]) => {
    for (const name of names.slice(0, 200)) lines.push(`  ${what} ${name}`);
    if (names.length > 200) lines.push(`  and ${names.length - 200} more`);
  };
  list('changed: row', report.changed.map(String));
  list('removed: row', report.removed.map(String));
  list(
    'moved: row',
    report.moved.map(({ from, to }) => `${from} stands in the place of row ${to}`),
  );
  list('put in from outside: row', report.added.map(String));
  list('the chain breaks at row', report.unlinked.map(String));
  list(
    'changed, and no copy says which: one or more of rows',
    report.doubtful.map(({ from, to }) => `${from} to ${to}`),
  );
  list('not signed by this key: the head of row', report.badHeads.map(String));
  if (report.notYetProvable)
    lines.push(
      `Not yet provable: rows ${report.notYetProvable.from} to ${report.notYetProvable.to}, behind the last signed head.`,
    );
  if (!report.outside)
    lines.push(
      'Only the database itself was looked at: who can write to it could have cut it off. Give copied heads with --head.',
    );
  const { name, fingerprint, words } = report.signer;
  if (fingerprint === null) lines.push('Signed: by nobody.');
  else lines.push(`Signed: ${name}`, `  fingerprint  ${fingerprintGroups(fingerprint)}`, `  in words     ${words ?? ''}`);
  return `${lines.join('\n')}\n`;
}
