import { Pause, Play, Radio, Rewind, SkipBack, SkipForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { CommandButton } from '../../ui/command-button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { RewindClient } from './rewind-client.ts';
import { cameraPlace, rewindCommand } from './rewind-commands.ts';
import styles from './rewind-panel.module.css';
import { RewindTimeline } from './rewind-timeline.tsx';
import { rewindView, rewoundAt } from './rewind-view.ts';

/** Looking back at the selected tile: how far, at which pace, and to the present again. */
export function RewindPanel({ client }: { readonly client: RewindClient }) {
  const { t } = useTranslation();
  const place = cameraPlace(useCommandContext());
  const rewound = useStore(rewindView, (view) => rewoundAt(view, place));
  if (place === null) return null;
  const speed = rewound?.position.speed ?? null;
  return (
    <Panel title={t('rewind.title')}>
      <div className={styles.panel} data-rewind-panel={rewound ? 'rewound' : 'live'}>
        <RewindTimeline client={client} at={place} rewound={rewound} />
        <div className={styles.buttons}>
          <CommandButton command={rewindCommand('rewind.wall-back')} icon={<Rewind aria-hidden className={styles.directed} />} />
          <CommandButton command={rewindCommand('rewind.back-60')} icon={<b dir="ltr">−60</b>} />
          <CommandButton command={rewindCommand('rewind.back-30')} icon={<b dir="ltr">−30</b>} />
          <CommandButton command={rewindCommand('rewind.back-10')} icon={<b dir="ltr">−10</b>} />
          <CommandButton command={rewindCommand('rewind.live')} icon={<Radio aria-hidden />} />
        </div>
        <div className={styles.buttons}>
          <CommandButton
            command={rewindCommand('rewind.step-back')}
            icon={<SkipBack aria-hidden className={styles.directed} />}
          />
          <CommandButton
            command={rewindCommand('rewind.pause')}
            icon={speed === 0 ? <Play aria-hidden className={styles.directed} /> : <Pause aria-hidden />}
          />
          <CommandButton command={rewindCommand('rewind.step')} icon={<SkipForward aria-hidden className={styles.directed} />} />
          <CommandButton command={rewindCommand('rewind.slower')} icon={<b dir="ltr">−</b>} />
          <output className={styles.speed} dir="ltr">
            {speed === null ? '' : t('rewind.pace', { speed })}
          </output>
          <CommandButton command={rewindCommand('rewind.faster')} icon={<b>+</b>} />
        </div>
      </div>
    </Panel>
  );
}
