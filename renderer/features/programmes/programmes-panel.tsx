import { EllipsisVertical, Play, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { Playing, Programme } from '../../../core/programmes/programmes.contract.ts';
import { Button } from '../../ui/button.tsx';
import { CommandButton } from '../../ui/command-button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import lines from '../../ui/numbered-list.module.css';
import { Panel } from '../../ui/panel.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { PlayingStrip } from './playing-strip.tsx';
import { pauseProgramme, startProgramme } from './programme-deeds.ts';
import type { ProgrammesClient } from './programmes-client.ts';
import { programmeCommand } from './programmes-commands.ts';
import styles from './programmes-panel.module.css';
import { openProgrammesDialog } from './programmes-view.ts';

/** The programmes by number: one press starts one; above them what plays now. */
export function ProgrammesPanel({ client }: { readonly client: ProgrammesClient }) {
  const { t } = useTranslation();
  const programmes = useWatched<DeedbanContract, 'programmes.list'>(client, 'programmes.list');
  const playing = useWatched<DeedbanContract, 'programmes.playing'>(client, 'programmes.playing') ?? null;
  const present = programmes?.find(({ id }) => id === playing?.programme);
  return (
    <div className={lines.panel}>
      <Panel
        title={t('programmes.title')}
        actions={<CommandButton look="quiet" command={programmeCommand('programmes.new')} icon={<Plus aria-hidden />} />}
      >
        {playing && present && <PlayingStrip client={client} playing={playing} programme={present} />}
        {programmes?.length === 0 && <p className={lines.none}>{t('programmes.none')}</p>}
        <ul className={`${lines.list} ${styles.list}`} aria-label={t('programmes.title')}>
          {programmes?.map((programme) => (
            <ProgrammeLine
              key={programme.id}
              client={client}
              programme={programme}
              playing={playing?.programme === programme.id ? playing : null}
            />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

interface ProgrammeLineProps {
  readonly client: ProgrammesClient;
  readonly programme: Programme;
  readonly playing: Playing | null;
}

function ProgrammeLine({ client, programme, playing }: ProgrammeLineProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const { id, number, name, steps } = programme;
  const mayStart = seat !== null && includesRole(seat.role, 'operator');
  // The line of what is paused goes on with it: after a press it has the focus, and the key that pauses and goes on is its own.
  const press = playing === null ? () => startProgramme(client, id) : playing.paused ? () => pauseProgramme(client, false) : null;
  const mayChange = seat !== null && includesRole(seat.role, 'supervisor');
  const state = playing === null ? t('programmes.of-steps', { count: steps.length }) : t(stateKey(playing));
  return (
    <li className={`${lines.line} ${styles.line}`} data-playing={playing === null ? undefined : ''}>
      <button
        type="button"
        className={lines.press}
        data-programme={number}
        aria-current={playing === null ? undefined : 'true'}
        aria-disabled={!mayStart || press === null || undefined}
        onClick={() => mayStart && void press?.()}
      >
        <span className={lines.number}>{number}</span>
        <Play
          className={styles.play}
          role="img"
          aria-label={t(playing === null ? 'programmes.start' : 'programmes.resume-now')}
        />
        <span className={lines.name} dir="auto">
          {name}
        </span>
        <span className={lines.state}>{state}</span>
      </button>
      <Menu
        trigger={
          <Button look="quiet" icon className={lines.menu ?? ''} aria-label={t('programmes.menu', { number })}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem disabled={!mayChange} onChoose={() => openProgrammesDialog({ what: 'edit', programme })}>
          {t('programmes.edit')}
        </MenuItem>
        <MenuItem danger disabled={!mayChange} onChoose={() => openProgrammesDialog({ what: 'delete', programme })}>
          {t('programmes.delete')}
        </MenuItem>
      </Menu>
    </li>
  );
}

const stateKey = ({ paused }: Playing) => (paused ? ('programmes.paused' as const) : ('programmes.playing' as const));
