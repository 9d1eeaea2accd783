import { type CSSProperties, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { RefusedLines } from './refused-lines.tsx';
import { Tile } from './tile.tsx';
import { streamForTile } from './tile-stream.ts';
import styles from './wall.module.css';
import type { WallClient } from './wall-client.ts';
import type { WallStreams } from './wall-streams.ts';

interface WallProps {
  readonly client: WallClient;
  readonly streams: WallStreams;
  readonly captions: boolean;
  readonly statistics: boolean;
}

/** This display's share of the wall. */
export function Wall({ client, streams, captions, statistics }: WallProps) {
  const { t } = useTranslation();
  const display = useWatched<DeedbanContract, 'wall.display'>(client, 'wall.display');
  const directory = useWatched<DeedbanContract, 'cameras.directory'>(client, 'cameras.directory');
  const refused = useWatched<DeedbanContract, 'cameras.refused'>(client, 'cameras.refused');
  const cameras = useMemo(() => new Map(directory?.map((camera) => [camera.id, camera])), [directory]);

  if (!display || !directory) return <p className={styles.waiting}>{t('wall.waiting')}</p>;
  const used = display.tiles.some(({ camera }) => camera !== null);
  const shape = { '--columns': display.columns, '--rows': display.rows } as CSSProperties;
  return (
    <>
      {/* The grid stays mounted while it is empty, so that no video is ever made anew. */}
      <main
        className={styles.wall}
        style={shape}
        aria-label={t('wall.label')}
        data-cameras={used ? 'some' : 'none'}
        data-narrow={display.columns > 5 ? '' : undefined}
      >
        {display.tiles.slice(0, display.columns * display.rows).map(({ camera: cameraId }, slot) => {
          const camera = cameraId === null ? null : (cameras.get(cameraId) ?? null);
          return (
            <Tile
              // The place is the identity; keyed by camera, videos would be remounted.
              key={slot}
              slot={slot}
              cameraId={cameraId}
              camera={camera}
              stream={camera ? streamForTile(camera, display.columns) : 'main'}
              streams={streams}
              captions={captions}
              statistics={statistics}
            />
          );
        })}
      </main>
      {!used && (
        <div className={styles.empty}>
          <p className={styles.emptyTitle}>{t('wall.empty')}</p>
          <p>{t('wall.empty-how')}</p>
          <code className={styles.command}>{t('wall.empty-command')}</code>
        </div>
      )}
      {refused && <RefusedLines lines={refused} />}
    </>
  );
}
