import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../ui/button.tsx';
import { Header } from './header.tsx';
import styles from './shell.module.css';
import type { DeedbanClient } from './client.ts';
import { PartBoundary } from './part-boundary.tsx';
import { SaidLine } from '../ui/said-line.tsx';
import { viewState } from './view-state.ts';

/** A window that shows tiles: nothing else but what must be said of the program. */
export function WallShell({ wall, messages }: { readonly wall: ReactNode; readonly messages: ReactNode }) {
  return (
    <div className={styles.shell} data-shell="wall">
      <Unseen />
      <div className={styles.centre}>{wall}</div>
      <div className={styles.foot}>{messages}</div>
      <SaidOver />
    </div>
  );
}

/** The window's name for who is read to. */
function Unseen() {
  const { t } = useTranslation();
  return (
    <header className={styles.unseen}>
      <h1>{t('app.name')}</h1>
    </header>
  );
}

/** What just happened, over the lower edge where there is no status line. The pictures keep their places. */
function SaidOver() {
  return (
    <div className={styles.said}>
      <SaidLine />
    </div>
  );
}

interface DeskProps {
  readonly client: DeedbanClient;
  /** The directory. */
  readonly start: ReactNode;
  /** The selected tile, scenes, programmes. */
  readonly end: ReactNode;
  /** Alerts of the program itself; shown also where all else is hidden. */
  readonly messages: ReactNode;
  /** The line of keys that apply now. */
  readonly status: ReactNode;
}

/** A window of the operator's desk: miniatures of all displays above the one that is worked on. */
export function ConsoleShell({
  miniatures,
  causes,
  stage,
  ...desk
}: DeskProps & { readonly miniatures: ReactNode; readonly causes: ReactNode; readonly stage: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Desk
      {...desk}
      kind="console"
      centre={
        <main className={styles.console} aria-label={t('app.displays')}>
          <PartBoundary>{miniatures}</PartBoundary>
          <div>
            <PartBoundary>{causes}</PartBoundary>
          </div>
          <div className={styles.stage}>
            <PartBoundary>{stage}</PartBoundary>
          </div>
        </main>
      }
    />
  );
}

/** The only window of a machine with one display: the wall in the middle, the console's panels beside it. */
export function SharedShell({ wall, ...desk }: DeskProps & { readonly wall: ReactNode }) {
  return <Desk {...desk} kind="shared" centre={wall} />;
}

function Desk({
  client,
  kind,
  start,
  end,
  centre,
  messages,
  status,
}: DeskProps & { readonly kind: 'console' | 'shared'; readonly centre: ReactNode }) {
  const { t } = useTranslation();
  const open = useStore(viewState);
  // A shared window without panels is a wall: then everything else goes too.
  const bare = kind === 'shared' && !open.start && !open.end;
  return (
    <div className={styles.shell} data-shell={kind} data-start={open.start} data-end={open.end} data-bare={bare}>
      {bare ? <Unseen /> : <Header client={client} />}
      {open.start && (
        <aside className={styles.start} aria-label={t('app.start-panel')}>
          <PartBoundary>{start}</PartBoundary>
        </aside>
      )}
      {/* Never another element in another place: a video that is remounted is a picture that is lost. */}
      <div className={styles.centre} key="centre">
        {centre}
      </div>
      {open.end && (
        <aside className={styles.end} aria-label={t('app.end-panel')}>
          <PartBoundary>{end}</PartBoundary>
        </aside>
      )}
      <div className={styles.foot}>
        {messages}
        {!bare && status}
      </div>
      {bare && <SaidOver />}
      {bare && (
        <div className={styles.back}>
          <Button aria-label={t('command.panels')} onClick={() => viewState.setState({ start: true, end: true })}>
            <ChevronDown aria-hidden />
          </Button>
        </div>
      )}
    </div>
  );
}
