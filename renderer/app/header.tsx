import { Contrast, Languages, PanelLeft, PanelRight, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DeedbanContract } from '../../core/contract.ts';
import { Button } from '../ui/button.tsx';
import type { CommandContext } from '../ui/command.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { useCommandContext } from '../ui/command-context.tsx';
import { Menu, MenuChoice } from '../ui/menu.tsx';
import { useWatched } from '../ui/use-watched.ts';
import { commandById } from './app-commands.ts';
import type { DeedbanClient } from './client.ts';
import styles from './header.module.css';
import { isLanguage, languages } from './languages.ts';
import { RecentNotices } from './recent-notices.tsx';
import { placeOf, useWallCount } from './use-wall-count.ts';
import { chooseLanguage } from './view-memory.ts';
import { viewState } from './view-state.ts';

/** The desk's first line: which city, how the wall is, who sits here. */
export function Header({ client }: { readonly client: DeedbanClient }) {
  const { t, i18n } = useTranslation();
  const { about, seat } = useCommandContext();
  const { start, end, contrast } = useStore(viewState);
  const cameras = useWatched<DeedbanContract, 'wall.cameras'>(client, 'wall.cameras');
  const language = isLanguage(i18n.language) ? i18n.language : 'en';
  const spoken = languages.find(({ value }) => value === language)?.words;
  return (
    <header className={styles.header}>
      <CommandButton
        command={commandById('app.panel-start')}
        look="quiet"
        aria-pressed={start}
        icon={<PanelLeft aria-hidden className={styles.turns} />}
      />
      <h1 className={styles.name}>{t('app.name')}</h1>
      <span className={styles.place}>{placeOf(cameras ?? [])}</span>
      {isMadeUp(about) && <span className={styles.tag}>{t('app.demonstration')}</span>}
      <WallFacts client={client} />
      <div className={styles.tools}>
        <RecentNotices />
        <CommandButton
          command={commandById('app.contrast')}
          look="quiet"
          aria-pressed={contrast === 'more'}
          icon={<Contrast aria-hidden />}
        />
        <Menu
          trigger={
            <Button look="quiet" aria-label={`${t('app.language')}: ${spoken}`}>
              <Languages aria-hidden />
              {spoken}
            </Button>
          }
        >
          <MenuChoice
            value={language}
            label={t('app.language')}
            choices={languages.map(({ value, words }) => ({ value, words, lang: value }))}
            onChange={(next) => void chooseLanguage(client, next)}
          />
        </Menu>
        {seat && (
          <span className={styles.seat}>
            <UserRound aria-hidden />
            {t('app.seat', { seat: seat.number })}
            <span className={styles.role}>{t(`role.${seat.role}`)}</span>
          </span>
        )}
        <CommandButton
          command={commandById('app.panel-end')}
          look="quiet"
          aria-pressed={end}
          icon={<PanelRight aria-hidden className={styles.turns} />}
        />
      </div>
    </header>
  );
}

const isMadeUp = (about: CommandContext['about']) => about?.notices.includes('demonstration') === true;

/** Grey while all is well; a number that is short of its whole stands out, with a sign before it. */
function WallFacts({ client }: { readonly client: DeedbanClient }) {
  const { t } = useTranslation();
  const { displays, connected, cameras, live, rewound } = useWallCount(client);
  return (
    <p className={styles.facts}>
      {displays > 0 && (
        <span data-short={connected < displays || undefined}>{t('app.displays-connected', { connected, count: displays })}</span>
      )}
      {cameras > 0 && (
        <span data-short={live + rewound < cameras || undefined}>{t('app.cameras-live', { live, count: cameras })}</span>
      )}
      {rewound > 0 && <span data-rewound-count="">{t('app.cameras-rewound', { count: rewound })}</span>}
    </p>
  );
}
