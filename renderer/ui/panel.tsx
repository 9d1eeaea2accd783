import type { ReactNode } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: ReactNode;
  /** Controls at the far end of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Takes the height that is left, and scrolls inside. */
  readonly grows?: boolean;
}

/** A titled part of the console. */
export function Panel({ title, actions, children, grows = false }: PanelProps) {
  return (
    <section className={styles.panel} data-grows={grows || undefined}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.content}>{children}</div>
    </section>
  );
}
