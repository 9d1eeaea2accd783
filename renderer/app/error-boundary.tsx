import i18next from 'i18next';
import { Component, type ReactNode } from 'react';
import styles from './error-boundary.module.css';

/** What is left when the window's own program fails: words and the way back. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className={styles.failed} role="alert">
        <h1 className={styles.title}>{i18next.t('app.broken')}</h1>
        <p>{i18next.t('app.broken-advice')}</p>
        <button type="button" className={styles.reload} onClick={() => location.reload()}>
          {i18next.t('app.reload')}
        </button>
      </div>
    );
  }
}
