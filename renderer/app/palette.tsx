import i18next from 'i18next';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Camera as CameraIcon, LayoutGrid, SquareChevronRight } from 'lucide-react';
import type { Camera, CameraId } from '../../core/cameras/camera.ts';
import type { SceneSummary } from '../../core/scenes/scenes.contract.ts';
import { useCameraRest } from '../features/cameras/use-camera-rest.ts';
import type { Command } from '../ui/command.ts';
import { useCommandContext } from '../ui/command-context.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { runCommand } from '../ui/run-command.ts';
import type { CameraLookup } from './camera-lookup.ts';
import { findCommands, groupOf } from './found-commands.ts';
import styles from './palette.module.css';
import { viewState } from './view-state.ts';

/** So many of each kind are shown: more nobody reads, and one more letter brings the right one up. */
const mostOfAKind = 8;

interface PaletteProps {
  readonly commands: readonly Command[];
  readonly cameras: CameraLookup;
  readonly scenes: readonly SceneSummary[];
  readonly onCamera: (camera: Camera) => void;
  readonly onScene: (number: number) => void;
}

interface Entry {
  readonly id: string;
  readonly kind: 'command' | 'camera' | 'scene';
  readonly words: string;
  readonly note: string;
  readonly command?: Command;
  readonly camera?: CameraId;
  readonly choose: () => void;
}

/** Finds everything one can do by its words: commands, cameras for the selected tile, scenes. */
export function Palette(props: PaletteProps) {
  const { t } = useTranslation();
  return (
    <Dialog open onClose={closePalette} title={t('palette.title')} width="normal">
      <Finder {...props} />
    </Dialog>
  );
}

const closePalette = () => viewState.setState({ palette: false });

function Finder({ commands, cameras, scenes, onCamera, onScene }: PaletteProps) {
  const { t } = useTranslation();
  const context = useCommandContext();
  const rest = useCameraRest(context.client, context.seat);
  const list = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const found = useCameras(cameras, text);
  const wanted = text.trim().toLocaleLowerCase();

  const entries: readonly Entry[] = [
    ...(wanted === '' ? [] : found).map((camera) => ({
      id: `camera-${camera.id}`,
      kind: 'camera' as const,
      words: `${camera.number} ${camera.name}`,
      note: camera.site,
      camera: camera.id,
      choose: () => onCamera(camera),
    })),
    ...scenes
      .filter(({ number, name }) => wanted !== '' && `${number} ${name}`.toLocaleLowerCase().includes(wanted))
      .slice(0, mostOfAKind)
      .map(({ id, number, name }) => ({
        id: `scene-${id}`,
        kind: 'scene' as const,
        words: `${number} ${name}`,
        note: t('palette.scene'),
        choose: () => onScene(number),
      })),
    // In the language that is spoken and in English: who learned the commands in one finds them in the other.
    ...findCommands(commands, context, text, ({ label }) => [t(label), i18next.t(label, { lng: 'en' })])
      .filter(({ id }) => id !== 'app.palette')
      .slice(0, wanted === '' ? undefined : 2 * mostOfAKind)
      .map((command) => ({
        id: `command-${command.id.replace('.', '-')}`,
        kind: 'command' as const,
        words: t(command.label),
        note: t(`group.${groupOf(command)}` as 'group.app'),
        command,
        choose: () => void runCommand(command, context),
      })),
  ];
  const at = Math.min(active, entries.length - 1);
  const optionId = (entry: Entry | undefined) => (entry ? `${list}-${entry.id}` : undefined);

  function choose(entry: Entry | undefined): void {
    if (!entry) return;
    // First closed: a command may open a dialog of its own.
    closePalette();
    entry.choose();
  }

  function restOn(entry: Entry | undefined): void {
    if (entry?.camera) rest.came(entry.camera);
    else rest.left();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.code];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(entries.length - 1, at + step));
      setActive(next);
      restOn(entries[next]);
    } else if (event.code === 'Enter' || event.code === 'NumpadEnter') choose(entries[at]);
    else return;
    event.preventDefault();
  }

  const activeId = optionId(entries[at]);
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  return (
    <div className={styles.palette}>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded={entries.length > 0}
        aria-controls={list}
        aria-activedescendant={activeId}
        aria-label={t('palette.label')}
        placeholder={t('palette.placeholder')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          rest.left();
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.list} id={list} role="listbox" aria-label={t('palette.found')}>
        {entries.map((entry, index) => (
          <div
            key={entry.id}
            id={optionId(entry)}
            className={styles.entry}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => choose(entry)}
            onPointerMove={() => {
              setActive(index);
              restOn(entry);
            }}
            onPointerLeave={rest.left}
          >
            {entry.kind === 'camera' && <CameraIcon aria-hidden />}
            {entry.kind === 'scene' && <LayoutGrid aria-hidden />}
            {entry.kind === 'command' && <SquareChevronRight aria-hidden className={styles.turns} />}
            <span className={styles.words}>{entry.words}</span>
            <span className={styles.note}>{entry.note}</span>
            {entry.command?.shortcut && <KeyHint shortcut={entry.command.shortcut} />}
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className={styles.nothing} role="status">
          {t('palette.nothing')}
        </p>
      )}
    </div>
  );
}

/** What the directory finds for the text; the last finding stays until the next has come, so that nothing flickers. */
function useCameras(cameras: CameraLookup, text: string): readonly Camera[] {
  const [found, setFound] = useState<readonly Camera[]>([]);
  useEffect(() => {
    let current = true;
    const tell = (list: readonly Camera[]) => current && setFound(list.slice(0, mostOfAKind));
    cameras.search(text.trim(), mostOfAKind).then(tell, () => tell([]));
    return () => {
      current = false;
    };
  }, [cameras, text]);
  return found;
}
