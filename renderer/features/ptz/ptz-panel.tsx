import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Hand,
  House,
  LocateFixed,
  LogOut,
  OctagonX,
  Timer,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { PtzAbilities } from '../../../core/ptz/abilities.ts';
import { mostPtzCameras } from '../../../core/ptz/ptz.contract.ts';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { Button } from '../../ui/button.tsx';
import { CommandButton } from '../../ui/command-button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { HeldButton } from '../../ui/held-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CameraTourList } from './camera-tour-list.tsx';
import { DutyLine } from './duty-line.tsx';
import { LensButtons } from './lens-buttons.tsx';
import { LensLine } from './lens-line.tsx';
import { OffDutyList } from './off-duty-list.tsx';
import { PresetList } from './preset-list.tsx';
import type { PtzClient } from './ptz-client.ts';
import { ptzCommand } from './ptz-commands.ts';
import styles from './ptz-panel.module.css';
import { holderWords, troubleWords } from './ptz-tag.tsx';
import { ptzView } from './ptz-view.ts';
import { TourLine } from './tour-line.tsx';
import { VirtualStick } from './virtual-stick.tsx';

/** Steering the selected tile's camera: who holds it, stick and buttons, presets, duty and tours; below, the cameras that are off duty. */
export function PtzPanel({ client }: { readonly client: PtzClient }) {
  const { t } = useTranslation();
  const target = useStore(ptzView, (view) => view.target);
  return (
    <>
      {target && (
        <Panel title={t('ptz.title')}>
          <div className={styles.panel} data-ptz={target.camera.number}>
            <HolderLine target={target} />
            {target.abilities ? <Offered client={client} target={target} /> : <NotKnown target={target} />}
          </div>
        </Panel>
      )}
      <OffDutyList client={client} />
    </>
  );
}

/** What a camera can do, and nothing else. */
function Offered({ client, target }: { readonly client: PtzClient; readonly target: PtzTarget }) {
  const { t } = useTranslation();
  const { abilities } = target;
  if (!abilities) return null;
  const { continuous } = abilities;
  const moves = continuous.panTilt || continuous.zoom;
  return (
    <>
      {moves ? <SteeringPad abilities={abilities} /> : <p className={styles.quiet}>{t('ptz.cannot-steer')}</p>}
      {continuous.zoom && <LensLine target={target} />}
      <LensButtons client={client} target={target} />
      {abilities.mostPresets > 0 && <PresetList client={client} target={target} />}
      {abilities.mostPresets > 0 && <DutyLine client={client} target={target} />}
      {abilities.mostPresets > 1 && <TourLine client={client} target={target} />}
      {abilities.mostTours > 0 && <CameraTourList client={client} target={target} />}
    </>
  );
}

function HolderLine({ target }: { readonly target: PtzTarget }) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const { lease, trouble } = target;
  return (
    <>
      <div className={styles.row}>
        <p className={`${styles.holder} ${styles.grow}`} data-held-by={lease?.by.seat}>
          <span>{lease ? holderWords(t, lease, seat?.number ?? null) : t('ptz.free')}</span>
          {lease && !target.mine && <span className={styles.quiet}>{t('ptz.of-priority', { priority: lease.by.priority })}</span>}
        </p>
        <CommandButton command={ptzCommand('ptz.take-it')} icon={<Hand aria-hidden />} aria-pressed={target.mine} />
        <CommandButton command={ptzCommand('ptz.keep')} icon={<Timer aria-hidden />} aria-pressed={lease?.reserved === true} />
        <CommandButton command={ptzCommand('ptz.give-back')} icon={<LogOut aria-hidden />} />
      </div>
      {trouble && (
        <p className={styles.trouble} role="alert" data-trouble={trouble.problem}>
          {troubleWords(t, trouble)}
        </p>
      )}
    </>
  );
}

function NotKnown({ target }: { readonly target: PtzTarget }) {
  const { t } = useTranslation();
  const { failure, camera } = target;
  if (failure === null) return <p className={styles.quiet}>{t('ptz.reading')}</p>;
  if (failure === 'replaced') return null;
  return (
    <>
      <p className={styles.trouble}>{t(`ptz-refusal.${failure}`, { number: camera.number, most: mostPtzCameras, seat: 0 })}</p>
      <Button className={styles.again ?? ''} onClick={() => ptzView.getState().readAgain?.()}>
        {t('ptz.read-again')}
      </Button>
    </>
  );
}

function SteeringPad({ abilities }: { readonly abilities: PtzAbilities }) {
  const { home, continuous, absolute } = abilities;
  const { panTilt, zoom } = continuous;
  return (
    <div className={styles.pad} dir="ltr">
      {panTilt && (
        <>
          <VirtualStick disabled={false} />
          <div className={styles.arrows}>
            <span />
            <HeldButton command={ptzCommand('ptz.up')} icon={<ArrowUp aria-hidden />} />
            <span />
            <HeldButton command={ptzCommand('ptz.left')} icon={<ArrowLeft aria-hidden />} />
            <CommandButton command={ptzCommand('ptz.halt')} icon={<OctagonX aria-hidden />} />
            <HeldButton command={ptzCommand('ptz.right')} icon={<ArrowRight aria-hidden />} />
            {home ? <CommandButton command={ptzCommand('ptz.go-home')} icon={<House aria-hidden />} /> : <span />}
            <HeldButton command={ptzCommand('ptz.down')} icon={<ArrowDown aria-hidden />} />
            {absolute.panTilt ? (
              <CommandButton command={ptzCommand('ptz.go-to-position')} icon={<LocateFixed aria-hidden />} />
            ) : (
              <span />
            )}
          </div>
        </>
      )}
      {zoom && (
        <div className={styles.column}>
          <HeldButton command={ptzCommand('ptz.nearer')} icon={<ZoomIn aria-hidden />} />
          <HeldButton command={ptzCommand('ptz.wider')} icon={<ZoomOut aria-hidden />} />
        </div>
      )}
    </div>
  );
}
