import {
  ArrowLeftRight,
  ChevronLeft,
  ChevronRight,
  Eraser,
  ImageDown,
  Maximize2,
  Pin,
  ZoomIn,
  ZoomOut,
  Scan,
} from 'lucide-react';
import { CommandButton } from '../../ui/command-button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import styles from './selected-tile.module.css';
import { wallCommand } from './wall-commands.ts';
import { workTile } from './work-place.ts';

/** The commands of the selected tile as buttons, always in the same places. */
export function TileButtons() {
  const selected = workTile(useCommandContext());
  const enlarged = selected !== null && selected.display.enlarged === selected.at.tile;
  return (
    <div className={styles.buttons}>
      <CommandButton command={wallCommand('wall.enlarge')} icon={<Maximize2 aria-hidden />} aria-pressed={enlarged} />
      <CommandButton command={wallCommand('wall.pin')} icon={<Pin aria-hidden />} aria-pressed={selected?.tile.pinned === true} />
      <CommandButton command={wallCommand('wall.zoom-in')} icon={<ZoomIn aria-hidden />} />
      <CommandButton command={wallCommand('wall.zoom-out')} icon={<ZoomOut aria-hidden />} />
      <CommandButton command={wallCommand('wall.zoom-off')} icon={<Scan aria-hidden />} />
      <CommandButton command={wallCommand('wall.still')} icon={<ImageDown aria-hidden />} />
      <CommandButton command={wallCommand('wall.swap')} icon={<ArrowLeftRight aria-hidden />} />
      <CommandButton command={wallCommand('wall.back')} icon={<ChevronLeft className={styles.directed} aria-hidden />} />
      <CommandButton command={wallCommand('wall.forward')} icon={<ChevronRight className={styles.directed} aria-hidden />} />
      <CommandButton command={wallCommand('wall.clear-tile')} icon={<Eraser aria-hidden />} />
    </div>
  );
}
