import type { AuditStatus } from '../../../core/audit/audit.contract.ts';
import type { AuditHead } from '../../../core/audit/audit-head.ts';
import { type Shift, shiftAt } from '../../../core/shifts/shift-times.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { AuditLog, HeadCopies } from '../../ports/audit-log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Signer } from '../../ports/signer.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { headPage, headPageName } from './head-page.ts';
import { signHeads } from './sign-head.ts';

/** Heads that wait for their outside place are copied so many at once. */
const copiedAtOnce = 100;

export type CopyProblem = Exclude<AuditStatus['copies'], null>['problem'] & string;

export interface HeadsTold {
  /** Null: nothing was signed yet. */
  readonly head: AuditHead | null;
  /**
   * Null: nowhere is configured. `problem`: why the last copy did not get there; `rows`: what the newest copy vouches for; `sameDisk`: copies get there, and do not leave the disk of
   * the log.
   */
  readonly copies: { readonly problem: CopyProblem | null; readonly rows: number; readonly sameDisk: boolean } | null;
}

export interface AuditHeads {
  /** Signs what was written since the last head, and copies it outside. Resolves when both are on the disk; never rejects. */
  sign(why: AuditHead['why']): Promise<void>;
  /** What was signed last, and whether copies get to their outside place. */
  readonly told: Watchable<HeadsTold>;
  close(): Promise<void>;
}

/** Signs the audit log every so often, where something was written, at each shift's end, and when it is asked to. */
export function createAuditHeads(ports: {
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly signer: Signer;
  readonly copies: HeadCopies | null;
  readonly log: Log;
  /** As in the settings, in ms. */
  everyMs(): number;
  /** As in the settings; absent: no shift ends. */
  shiftStarts?(): readonly string[];
  /** Puts a shift's end into the log, so that its head has something to say. */
  recordShiftEnd?(shift: Shift): Promise<void>;
}): AuditHeads {
  const { clock, audit, signer, copies, log } = ports;
  let turn: Promise<void> = Promise.resolve();
  let callOff = (): void => {};
  const told = createCell<HeadsTold>({ head: lastHead(), copies: copies && { problem: null, rows: 0, sameDisk: false } });

  function lastHead(): AuditHead | null {
    try {
      return audit.lastHead();
    } catch (error) {
      log.error('The last head of the audit log cannot be read', { reason: reason(error) });
      return null;
    }
  }

  async function work(why: AuditHead['why']): Promise<void> {
    try {
      for (const head of signHeads(audit, signer, why, clock.utcMs())) await audit.keepHead(head);
    } catch (error) {
      log.error('The audit log was not signed', { reason: reason(error) });
    }
    if (copies === null) return told.set({ head: lastHead(), copies: null });
    const before = told.current().copies;
    try {
      for (;;) {
        const waiting = audit.headsAfter(await copies.newest(), copiedAtOnce);
        if (waiting.length === 0) break;
        await copies.copy(waiting);
      }
      const head = audit.lastHead();
      // On paper once a shift, and at the end.
      if (head && why !== 'minute') await copies.page(headPageName(head), headPage(head, signer.fingerprint));
      const rows = await copies.newest();
      // Before the first copy there may be no folder.
      const sameDisk = rows > 0 && (await copies.onDiskOfLog());
      if (sameDisk && before?.sameDisk === false)
        log.warn('Copies of the audit log are on the disk that the log is on: is the other one mounted?');
      told.set({ head: lastHead(), copies: { problem: null, rows, sameDisk } });
    } catch (error) {
      // Logged once, until it works again: the next head's time tries anew.
      if (before?.problem === null) log.error('The audit log cannot be copied to its outside place', { reason: reason(error) });
      told.set({ head: lastHead(), copies: { problem: problemOf(error), rows: before?.rows ?? 0, sameDisk: false } });
    }
  }
  function sign(why: AuditHead['why']): Promise<void> {
    turn = turn.then(() => work(why));
    return turn;
  }
  async function endShift(shift: Shift): Promise<void> {
    await ports.recordShiftEnd?.(shift).catch((error: unknown) => {
      log.error('The end of a shift was not recorded', { reason: reason(error) });
    });
    await sign('shift');
  }
  const shiftNow = () => {
    const starts = ports.shiftStarts?.() ?? [];
    return starts.length === 0 ? null : shiftAt(clock.utcMs(), starts);
  };
  function next(shift: Shift | null): void {
    const everyMs = ports.everyMs();
    const untilMs = shift === null ? everyMs : shift.toUtcMs - clock.utcMs();
    callOff = clock.after(Math.max(1, Math.min(everyMs, untilMs)), () => {
      const ended = shift !== null && clock.utcMs() >= shift.toUtcMs;
      void (ended ? endShift(shift) : sign('minute'));
      next(shiftNow());
    });
  }
  next(shiftNow());
  return {
    sign,
    told,
    async close() {
      callOff();
      await sign('end');
    },
  };
}

/** Of the reasons a person can do something about, the one it was. */
function problemOf(error: unknown): CopyProblem {
  const code = error instanceof StoreProblem ? error.code : 'failed';
  return code === 'full' || code === 'not-writable' || code === 'not-a-folder' ? code : 'failed';
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
