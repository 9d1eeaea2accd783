import { isAbsolute, join } from 'node:path';
import { type AuditHeads, createAuditHeads } from './features/audit/audit-heads.ts';
import { openSigner } from './features/evidence/signing-key.ts';
import type { AuditLog } from './ports/audit-log.ts';
import type { Clock } from './ports/clock.ts';
import type { Journal } from './ports/journal.ts';
import type { Keyring } from './ports/keyring.ts';
import type { Log } from './ports/log.ts';
import type { Signer } from './ports/signer.ts';
import { StoreProblem } from './ports/store-problem.ts';
import { createHeadCopies } from './stores/files/head-copies.ts';
import { openSecretStore } from './stores/secrets/open-secret-store.ts';

/** What needs this installation's key: everything that is signed. */
export interface Signing {
  /** Null where the key cannot be read: the wall runs, and nothing is signed. */
  readonly signer: Signer | null;
  readonly heads: AuditHeads | null;
  /** The key of a seat; made when it is first asked for. Rejects with `StoreProblem`. */
  signerOf(seat: number): Promise<Signer | null>;
  /** As the settings name it; null: nowhere. */
  readonly headsFolder: string | null;
  close(): Promise<void>;
}

/**
 * Opens the key, made at the first start, in a store of its own that no passphrase locks: a kiosk seals evidence whether or not somebody has entered one.
 * `headsFolder`: where heads of the audit log are copied to; in the data folder unless it is a whole path.
 */
export async function openSigning(ports: {
  readonly dataFolder: string;
  readonly headsFolder: string | null;
  readonly keyring: Keyring | null;
  readonly audit: AuditLog;
  readonly journal: Pick<Journal, 'append'>;
  /** How often heads are signed, in ms. */
  headEveryMs(): number;
  shiftStarts(): readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}): Promise<Signing> {
  const { dataFolder, headsFolder: folder, audit, clock, log } = ports;
  try {
    const secrets = await openSecretStore(dataFolder, 'evidence', ports.keyring);
    const signer = await openSigner(secrets);
    const copies = folder === null ? null : createHeadCopies(isAbsolute(folder) ? folder : join(dataFolder, folder), dataFolder);
    const heads = createAuditHeads({
      ...{ clock, audit, signer, copies, log },
      everyMs: ports.headEveryMs,
      shiftStarts: ports.shiftStarts,
      recordShiftEnd: async (shift) => void (await ports.journal.append('shift.ended', shift)),
    });
    return { signer, heads, headsFolder: folder, signerOf: (seat) => openSigner(secrets, seat), close: () => heads.close() };
  } catch (error) {
    if (!(error instanceof StoreProblem)) throw error;
    log.error('Nothing can be signed: neither the audit log nor evidence', { reason: error.message });
    return { signer: null, heads: null, headsFolder: folder, signerOf: async () => null, close: async () => {} };
  }
}
