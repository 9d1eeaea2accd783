import i18next from 'i18next';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import styles from './part-boundary.module.css';

/** Keeps a failure inside its part of the window: the pictures beside it go on. */
export class PartBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className={styles.failed} role="alert">
        <p>{i18next.t('app.part-broken')}</p>
        <Button onClick={() => this.setState({ failed: false })}>{i18next.t('app.part-again')}</Button>
      </div>
    );
  }
}
