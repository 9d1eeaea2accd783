import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useCommandContext } from '../../ui/command-context.tsx';
import { cameraPlace } from './rewind-commands.ts';
import { rewindView, rewoundAt } from './rewind-view.ts';
import styles from './rewound-line.module.css';

/** Of the selected tile, while it is rewound: that what is told of its stream is not of what it shows. */
export function RewoundLine() {
  const { t } = useTranslation();
  const place = cameraPlace(useCommandContext());
  const rewound = useStore(rewindView, (view) => rewoundAt(view, place) !== null);
  if (!rewound) return null;
  return (
    <p className={styles.line} data-rewound-line="">
      <b>{t('rewind.word')}</b> {t('rewind.beside')}
    </p>
  );
}
