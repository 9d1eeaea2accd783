import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { ShownTile } from '../../../core/wall/tile-content.ts';
import { useCommandContext } from '../../ui/command-context.tsx';
import { useCamerasNamed } from '../../ui/use-cameras-named.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { contentWords } from './content-words.ts';
import { EarlierContents } from './earlier-contents.tsx';
import { sayQuality } from './quality-words.ts';
import styles from './selected-tile.module.css';
import { TextEntry } from './text-entry.tsx';
import { TileButtons } from './tile-buttons.tsx';
import { useDisplayWall, useWallCameras } from './use-shared.ts';
import { type ToldTile, useTileFact } from './use-tile-fact.ts';
import { VerdictLines } from './verdict-lines.tsx';
import type { WallClient } from './wall-client.ts';
import { workTile } from './work-place.ts';

const noIds: readonly CameraId[] = [];
const noCameras: ReadonlyMap<Camera['id'], Camera> = new Map();

interface SelectedTileProps {
  readonly client: WallClient;
  /** What is to be known before its stream's state is read. */
  readonly before?: ReactNode;
}

/** The selected tile: what it shows, how it is, and what can be done with it. */
export function SelectedTile({ client, before }: SelectedTileProps) {
  const { t } = useTranslation();
  const selected = workTile(useCommandContext());
  const own = useDisplayWall(client);
  const told = useTileFact(client, selected?.at ?? null);
  // The list of all displays names only the next step back; what this window shows or works on is told in full.
  const whole = selected && own?.displayId === selected.at.displayId ? own.tiles[selected.at.tile] : undefined;
  const tile = whole ?? selected?.tile;
  const cameras = useCamerasNamed(client, useWallCameras(client) ?? noCameras, tile ? camerasOf(tile) : noIds);
  if (!selected) return <p className={styles.nothing}>{t('wall.none-selected')}</p>;
  const { content } = selected.tile;
  const camera = content.kind === 'camera' ? cameras.get(content.camera) : undefined;
  return (
    <div className={styles.selected} data-selected-tile={selected.at.tile} data-display={selected.at.displayId}>
      <header className={styles.head}>
        {camera && <b className={styles.number}>{camera.number}</b>}
        <div className={styles.names}>
          <span className={styles.name} dir="auto">
            {camera?.name ?? contentWords(t, content, cameras)}
          </span>
          <span className={styles.place}>{placeWords(camera, t('tile.place', { number: selected.at.tile + 1 }))}</span>
        </div>
      </header>
      {before}
      {content.kind === 'camera' && <StateLine told={told} of={content.camera} number={camera?.number ?? null} />}
      <TileButtons />
      <TextEntry key={`${selected.at.displayId}/${selected.at.tile}`} client={client} at={selected.at} content={content} />
      <EarlierContents client={client} at={selected.at} tile={tile ?? selected.tile} cameras={cameras} />
    </div>
  );
}

function camerasOf({ content, back }: ShownTile): readonly CameraId[] {
  return [content, ...back].flatMap((each) => (each.kind === 'camera' ? [each.camera] : []));
}

function placeWords(camera: Camera | undefined, tile: string): string {
  // A number is not parted from what it counts.
  return [camera?.site, camera?.district, tile.replaceAll(' ', '\u00A0')].filter(Boolean).join(' · ');
}

interface StateLineProps {
  readonly told: ToldTile;
  /** What the tile is to show. */
  readonly of: CameraId;
  /** Null where the directory does not know it. */
  readonly number: number | null;
}

/** The state in words, and the picture's rate and size beside it; of the camera that is named above, never of the one whose picture is still there. */
function StateLine({ told: { fact, fps }, of, number }: StateLineProps) {
  const { t } = useTranslation();
  const rate = useCallback(() => {
    const value = fps();
    return value === null ? '' : t('wall.fps', { fps: value });
  }, [fps, t]);
  if (!fact) return <p className={styles.state}>{t('wall.not-told')}</p>;
  if (fact.camera !== of && number !== null) return <p className={styles.state}>{t('tile.awaited', { number })}</p>;
  const { state, stream, width, height, decoder, verdict, quality } = fact;
  const lowered = quality === null ? '' : sayQuality(t, quality);
  const lateBy = t('verdict.late-by', { seconds: (verdict.lateMs ?? 0) / 1_000 });
  return (
    <div className={styles.state} data-state={state} data-verdict={verdict.word}>
      <b className={styles.word}>{verdict.word === 'late' ? lateBy : t(`verdict.${verdict.word}`)}</b>
      {state === 'live' && <LiveText read={rate} />}
      {width > 0 && (
        <bdi dir="ltr">
          {width}×{height}
        </bdi>
      )}
      <span className={styles.quiet}>{t(stream === 'main' ? 'wall.stream-main' : 'wall.stream-sub')}</span>
      {decoder === 'software' && <span className={styles.quiet}>{t('statistics.software')}</span>}
      {lowered !== '' && <p className={styles.why}>{lowered}</p>}
      <VerdictLines fact={fact} />
    </div>
  );
}
