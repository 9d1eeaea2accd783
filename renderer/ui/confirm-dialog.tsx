import { type ReactNode, useRef } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './form-dialog.module.css';
import { sayFault } from './run-command.ts';

interface ConfirmDialogProps {
  readonly title: string;
  /** What will be gone. */
  readonly children: ReactNode;
  /** What its two buttons say. */
  readonly cancel: string;
  readonly confirm: string;
  /** Whether it can be done at all. */
  readonly ready?: boolean;
  readonly onClose: () => void;
  /** Never called again before it has resolved; a rejection is said in words. */
  readonly onConfirm: () => Promise<void>;
}

/** The second step before something is gone. Enter leaves it as it is. */
export function ConfirmDialog({ title, children, cancel, confirm, ready = true, onClose, onConfirm }: ConfirmDialogProps) {
  const first = useRef<HTMLButtonElement>(null);
  const doing = useRef(false);
  async function go(): Promise<void> {
    if (doing.current) return;
    doing.current = true;
    try {
      await onConfirm();
    } catch (error) {
      sayFault(error);
    } finally {
      doing.current = false;
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      width="narrow"
      initialFocus={first}
      actions={
        <>
          <Button ref={first} onClick={onClose}>
            {cancel}
          </Button>
          <Button look="danger" disabled={!ready} onClick={() => void go()}>
            {confirm}
          </Button>
        </>
      }
    >
      <div className={styles.form}>{children}</div>
    </Dialog>
  );
}
