import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './dialog.module.css';
import { notices } from './notice.ts';
import { SaidLine } from './said-line.tsx';

interface DialogProps {
  readonly open: boolean;
  /** Esc, the cross, or a press beside it. */
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons below, the main one last. */
  readonly actions?: ReactNode;
  /** `wide` for tables and comparisons. */
  readonly width?: 'narrow' | 'normal' | 'wide';
  /** False: a press beside it does not close it (something was typed that would be lost). */
  readonly closesOutside?: boolean;
  /** Nothing in it can have the focus: keys get to it as a whole, to scroll it. */
  readonly toRead?: boolean;
  /** What has the focus at first; else the first field. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
}

/** A modal dialog: title, cross, content, actions. Keys of commands rest while it is open. */
export function Dialog({
  open,
  onClose,
  title,
  children,
  actions,
  width = 'normal',
  closesOutside = true,
  toRead = false,
  initialFocus,
}: DialogProps) {
  const { t } = useTranslation();
  const popup = useRef<HTMLDivElement>(null);
  // What is to be filled in comes first; without it the dialog itself, so that Enter does not press the cross.
  const firstFocus = () => initialFocus?.current ?? popup.current?.querySelector<HTMLElement>('input, textarea') ?? popup.current;
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} disablePointerDismissal={!closesOutside}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup ref={popup} className={styles.dialog} data-width={width} initialFocus={firstFocus}>
            <header className={styles.head}>
              <Base.Title className={styles.title}>{title}</Base.Title>
              <Base.Close render={<Button look="quiet" icon aria-label={t('dialog.close')} />}>
                <X aria-hidden />
              </Base.Close>
            </header>
            <div className={styles.content} tabIndex={toRead ? 0 : undefined}>
              {children}
            </div>
            <SaidHere />
            {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** What is said while it is open stands in it: the desk's last line is behind it. */
function SaidHere() {
  const [before] = useState(() => notices.getState().list[0]?.id ?? 0);
  return (
    <div className={styles.said}>
      <SaidLine after={before} />
    </div>
  );
}
