import { type ReactNode, useId, useRef } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './form-dialog.module.css';
import { sayFault } from './run-command.ts';

interface FormDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What its two buttons say. */
  readonly cancel: string;
  readonly submit: string;
  /** Whether what is filled in can be sent. */
  readonly ready: boolean;
  readonly onClose: () => void;
  /** Never called again before it has resolved; a rejection is said in words. */
  readonly onSubmit: () => Promise<void>;
}

/** A dialog to fill in: Enter sends it, a press beside it loses nothing. */
export function FormDialog({ title, children, cancel, submit, ready, onClose, onSubmit }: FormDialogProps) {
  const id = useId();
  const sending = useRef(false);
  async function send(): Promise<void> {
    if (!ready || sending.current) return;
    sending.current = true;
    try {
      await onSubmit();
    } catch (error) {
      sayFault(error);
    } finally {
      sending.current = false;
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      closesOutside={false}
      actions={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button look="primary" type="submit" form={id} disabled={!ready}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}

/** A short number and a name beside each other. */
export function NumberAndName({ children }: { readonly children: ReactNode }) {
  return <div className={styles.numberAndName}>{children}</div>;
}
