import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { TextInput } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { useWordScale } from '../../ui/word-scale.ts';
import type { CamerasClient, Directory } from './directory.ts';
import { DirectoryFilters } from './directory-filters.tsx';
import { DirectoryLine } from './directory-line.tsx';
import { DirectoryMenu } from './directory-menu.tsx';
import styles from './directory-panel.module.css';
import type { DirectoryRow } from './directory-tree.ts';
import { KeepingNotice } from './keeping-notice.tsx';
import { searchField } from './cameras-commands.ts';
import { useCameraRest } from './use-camera-rest.ts';
import { useDirectoryView } from './use-directory-view.ts';

interface DirectoryPanelProps {
  readonly client: CamerasClient;
  readonly directory: Directory;
  readonly byAddress: ByAddress;
  /** Somebody chose a camera by Enter or a double press. */
  readonly onChoose: (camera: CameraId) => void;
}

/** At words of scale 1. */
const linePx = 28;

/** The directory: search, filters, and the tree of places, of which only the lines in sight exist. */
export function DirectoryPanel({ client, directory, byAddress, onChoose }: DirectoryPanelProps) {
  const { t } = useTranslation();
  const view = useDirectoryView(client, directory, t);
  const status = useSyncExternalStore(directory.status.subscribe, directory.status.current);
  const list = useSyncExternalStore(directory.list.subscribe, directory.list.current);
  const problem = useWatched<DeedbanContract, 'cameras.problem'>(client, 'cameras.problem') ?? null;
  const keeping = useWatched<DeedbanContract, 'cameras.keeping'>(client, 'cameras.keeping');
  const seat = useWatched<DeedbanContract, 'access.seat'>(client, 'access.seat');
  const isTechnician = seat !== undefined && includesRole(seat.role, 'technician');
  const rest = useCameraRest(client, seat ?? null);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const prefix = useId();
  const lineHeightPx = Math.round(linePx * useWordScale());
  const virtual = useVirtualizer({
    count: list.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeightPx,
    overscan: 8,
  });
  useEffect(() => virtual.measure(), [virtual, lineHeightPx]);
  const lines = virtual.getVirtualItems();
  const first = lines[0]?.index ?? 0;
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => directory.want(first, last), [directory, first, last, list]);
  const at = Math.min(active, Math.max(0, list.total - 1));

  function choose(row: DirectoryRow | null): void {
    if (row?.kind === 'camera') onChoose(row.camera.id);
    rest.left();
    if (row?.kind === 'place') view.setOpen(row.key, !row.open);
  }
  function go(to: number): void {
    const next = Math.max(0, Math.min(list.total - 1, to));
    setActive(next);
    const row = list.row(next);
    if (row?.kind === 'camera') rest.came(row.camera.id);
    else rest.left();
    virtual.scrollToIndex(next);
  }
  function onKey(event: KeyboardEvent): void {
    const row = list.row(at);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeightPx) - 1);
    const step: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const by = step[event.code];
    if (by !== undefined) go(at + by);
    else if (event.code === 'Enter' || event.code === 'NumpadEnter') choose(row);
    else if (event.code === 'Escape' && view.query !== '') view.setQuery('');
    else if (event.code === 'Escape') searchField.current?.blur();
    else if (view.query === '' && row?.kind === 'place' && (event.code === 'ArrowRight' || event.code === 'ArrowLeft')) {
      const opens = (event.code === 'ArrowRight') === (document.dir !== 'rtl');
      view.setOpen(row.key, opens);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const { head } = status;
  const madeUp = head?.origin === 'demonstration-city' || head?.origin === 'demonstration-province';
  return (
    <Panel
      title={t('cameras.title')}
      grows
      actions={
        <DirectoryMenu
          client={client}
          directory={directory}
          byAddress={byAddress}
          groups={view.groups}
          keeping={keeping}
          isTechnician={isTechnician}
        />
      }
    >
      <div className={styles.directory} onFocus={directory.hurry} onPointerDown={directory.hurry}>
        <div className={styles.search} onKeyDown={onKey}>
          <TextInput
            ref={searchField}
            type="search"
            value={view.query}
            placeholder={t('cameras.search')}
            aria-label={t('cameras.search')}
            onBlur={rest.left}
            role="combobox"
            aria-expanded
            aria-controls={`${prefix}tree`}
            aria-activedescendant={list.row(at) ? `${prefix}${at}` : undefined}
            onChange={(event) => {
              rest.left();
              view.setQuery(event.currentTarget.value);
              setActive(0);
            }}
          />
          <DirectoryFilters facets={status.facets} filter={view.filter} onChange={view.setFilter} />
        </div>
        <p className={styles.told} role="status">
          {status.state === 'failed'
            ? t('cameras.not-loaded')
            : status.state !== 'ready'
              ? t('cameras.loading')
              : t('cameras.found', { count: list.found })}
          {madeUp && <span className={styles.madeUp}>{t('cameras.made-up')}</span>}
        </p>
        {keeping !== undefined && <KeepingNotice client={client} keeping={keeping} isTechnician={isTechnician} />}
        {problem !== null && (
          <p role="alert" className={styles.problem}>
            {t(`cameras.problem-${problem}`)}
          </p>
        )}
        <div
          ref={scroller}
          className={styles.lines}
          data-directory
          data-shows={status.state === 'ready' ? list.query : undefined}
          data-indexed={status.indexed || undefined}
        >
          <div
            id={`${prefix}tree`}
            role="tree"
            aria-label={t('cameras.title')}
            className={styles.all}
            style={{ '--all': `${virtual.getTotalSize()}px` } as CSSProperties}
          >
            {lines.map(({ index, start, size }) => {
              const row = list.row(index);
              return (
                <div
                  key={index}
                  className={styles.slot}
                  style={{ '--start': `${start}px`, '--size': `${size}px` } as CSSProperties}
                  role="presentation"
                >
                  {row && (
                    <DirectoryLine
                      id={`${prefix}${index}`}
                      row={row}
                      active={index === at}
                      favourite={row.kind === 'camera' && view.favourites.has(row.camera.id)}
                      condition={row.kind === 'camera' ? (view.conditions.get(row.camera.id) ?? 'unwatched') : 'unwatched'}
                      placed={view.query !== ''}
                      rest={rest}
                      onChoose={(chosen) => {
                        setActive(index);
                        choose(chosen);
                      }}
                      onFavourite={(chosen) => {
                        if (chosen.kind !== 'camera') return;
                        const { id } = chosen.camera;
                        client.call('cameras.favourite', { camera: id, favourite: !view.favourites.has(id) }).catch(sayFault);
                      }}
                    />
                  )}
                </div>
              );
            })}
          </div>
          {status.state === 'ready' && list.total === 0 && (
            <p className={styles.none}>{t(view.query === '' ? 'cameras.none' : 'cameras.none-found')}</p>
          )}
        </div>
      </div>
    </Panel>
  );
}
