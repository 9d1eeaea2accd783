import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceFactsShown, FoundDevice, FoundProfile } from '../../../core/cameras/finding.contract.ts';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/field.tsx';
import styles from './find-dialog.module.css';

/** What a technician calls a device. */
export interface Naming {
  readonly number: number;
  readonly name: string;
}

interface FoundDevicesProps {
  readonly devices: readonly FoundDevice[];
  /** Those that are not wanted. */
  readonly left: ReadonlySet<string>;
  readonly namingOf: (device: FoundDevice) => Naming | null;
  readonly onChoose: (id: string, isChosen: boolean) => void;
  readonly onNaming: (id: string, naming: Naming) => void;
  readonly onSetClock: (id: string) => void;
}

/** Clocks that are apart by less are well, s: the tile's age is counted in seconds. */
const clockToleranceS = 2;

/** What was found, a line each: what it is, what it says, and what taking it would do. */
export function FoundDevices({ devices, left, namingOf, onChoose, onNaming, onSetClock }: FoundDevicesProps) {
  const { t } = useTranslation();
  return (
    // Focusable, so that the keyboard scrolls it.
    <div className={styles.found} tabIndex={0} role="region" aria-label={t('find.found', { count: devices.length })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('find.device')}</th>
            <th scope="col">{t('find.streams')}</th>
            <th scope="col">{t('find.clock')}</th>
            <th scope="col">{t('find.number')}</th>
            <th scope="col">{t('find.name')}</th>
            <th scope="col">{t('find.what')}</th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => {
            const naming = namingOf(device);
            const { look } = device;
            return (
              <tr key={device.id} data-left={left.has(device.id) || undefined} data-device={device.host}>
                <th scope="row">
                  <label className={styles.check}>
                    <input
                      type="checkbox"
                      checked={!left.has(device.id)}
                      onChange={(event) => onChoose(device.id, event.currentTarget.checked)}
                    />
                    <bdi>{device.host}</bdi>
                  </label>
                  <span className={styles.quiet} dir="auto">
                    {look.state === 'read'
                      ? `${look.facts.manufacturer} ${look.facts.model}`
                      : `${device.name} ${device.hardware}`}
                  </span>
                </th>
                {look.state === 'read' && naming !== null ? (
                  <>
                    <td>
                      <Streams facts={look.facts} />
                    </td>
                    <td>
                      <Clock aheadMs={look.facts.clockAheadMs} onSet={() => onSetClock(device.id)} />
                    </td>
                    <td>
                      <TextInput
                        className={styles.number ?? ''}
                        inputMode="numeric"
                        aria-label={t('find.number')}
                        value={String(naming.number || '')}
                        maxLength={6}
                        onChange={(event) =>
                          onNaming(device.id, { ...naming, number: Number(event.currentTarget.value.replaceAll(/\D/g, '')) })
                        }
                      />
                    </td>
                    <td>
                      <TextInput
                        dir="auto"
                        aria-label={t('find.name')}
                        value={naming.name}
                        maxLength={120}
                        onChange={(event) => onNaming(device.id, { ...naming, name: event.currentTarget.value })}
                      />
                    </td>
                    <td>{t(`find.change-${look.facts.change}`)}</td>
                  </>
                ) : (
                  <td colSpan={5} className={look.state === 'failed' ? styles.problem : styles.quiet}>
                    {look.state === 'failed'
                      ? t(`find-problem.${look.why}`)
                      : look.state === 'reading'
                        ? t('find.reading')
                        : device.camera === null
                          ? t('find.new')
                          : t('find.known', { number: device.camera.number, name: device.camera.name })}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Streams({ facts }: { readonly facts: DeviceFactsShown }) {
  const { t } = useTranslation();
  return (
    <>
      <bdi className={styles.figures}>{profileText(facts.main)}</bdi>
      {facts.sub !== null && <bdi className={styles.figures}>{profileText(facts.sub)}</bdi>}
      <span className={styles.quiet}>
        {[
          facts.sub === null ? t('find.no-sub') : '',
          facts.pan ? t('find.pan', { count: facts.presets }) : facts.zoom ? t('find.zoom') : '',
          facts.snapshot ? t('find.snapshot') : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  );
}

function profileText({ width, height, codec, framesPerSecond }: FoundProfile): string {
  return `${width}×${height} ${codec}${framesPerSecond === null ? '' : ` ${Math.round(framesPerSecond)}/s`}`;
}

/** How far the camera's clock is off, and setting it in two steps. */
function Clock({ aheadMs, onSet }: { readonly aheadMs: number | null; readonly onSet: () => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const seconds = aheadMs === null ? null : Math.round(aheadMs / 1_000);
  if (seconds === null) return <span className={styles.quiet}>{t('find.clock-unknown')}</span>;
  if (Math.abs(seconds) <= clockToleranceS) return <span className={styles.quiet}>{t('find.clock-right')}</span>;
  return (
    <div className={styles.clock}>
      <span className={styles.problem}>
        {t(seconds > 0 ? 'find.clock-ahead' : 'find.clock-behind', { seconds: Math.abs(seconds) })}
      </span>
      {asked ? (
        <>
          <span>{t('find.clock-sure')}</span>
          <span className={styles.row}>
            <Button
              onClick={() => {
                setAsked(false);
                onSet();
              }}
            >
              {t('find.clock-set')}
            </Button>
            <Button look="quiet" onClick={() => setAsked(false)}>
              {t('find.clock-leave')}
            </Button>
          </span>
        </>
      ) : (
        <Button look="quiet" onClick={() => setAsked(true)}>
          {t('find.clock-ask')}
        </Button>
      )}
    </div>
  );
}
