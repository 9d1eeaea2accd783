import type { ReactNode } from 'react';
import styles from './incident-page.module.css';

/** A titled part of an incident's page. */
export function IncidentPart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </section>
  );
}
