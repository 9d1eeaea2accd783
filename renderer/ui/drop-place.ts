import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/utils/set-custom-native-drag-preview';
import type { WallChange } from '../../core/wall/wall-change.ts';
import styles from './drag-preview.module.css';
import { changeForDrop, type DragPayload, type DropPlace, dragData, dragPayload } from './drag-payload.ts';

/**
 * Makes an element something that can be dragged; `read` says what, at the moment it begins (null: not now). What follows the pointer is
 * the payload's label. `onDrag` hears what is dragged, and null at the end. Returns the way to stop.
 */
export function makeDraggable(
  element: HTMLElement,
  read: () => DragPayload | null,
  onDrag: (payload: DragPayload | null) => void = () => {},
): () => void {
  return draggable({
    element,
    // A press that steers a camera (`data-steers`) carries nothing away.
    canDrag: () => !element.hasAttribute('data-steers') && read() !== null,
    getInitialData: () => {
      const payload = read();
      return payload ? dragData(payload) : {};
    },
    onDragStart: ({ source }) => onDrag(dragPayload(source.data)),
    onDrop: () => onDrag(null),
    onGenerateDragPreview({ nativeSetDragImage, source }) {
      const payload = dragPayload(source.data);
      setCustomNativeDragPreview({
        nativeSetDragImage,
        render({ container }) {
          const label = document.createElement('div');
          label.className = styles.preview ?? '';
          label.textContent = payload?.label ?? '';
          container.append(label);
        },
      });
    },
  });
}

/**
 * Makes an element a place of the wall where cameras and tiles can be dropped. While something it takes is over it, it carries
 * `data-drop`: `over`, or `pinned` where it would be refused, which the drop then says in words. The innermost place takes the drop.
 * Returns the way to stop.
 */
export function makeDropPlace(
  element: HTMLElement,
  place: DropPlace,
  onChange: (change: WallChange) => void,
  isPinned: () => boolean = () => false,
): () => void {
  const leave = () => delete element.dataset['drop'];
  const refuses = (payload: DragPayload | null) => {
    const change = payload && changeForDrop(payload, place);
    // A display that is filled goes around what is pinned.
    return change?.type !== 'fill' && isPinned();
  };
  const stop = dropTargetForElements({
    element,
    canDrop({ source }) {
      const payload = dragPayload(source.data);
      return payload !== null && changeForDrop(payload, place) !== null;
    },
    onDrag({ location, source }) {
      const isOver = location.current.dropTargets[0]?.element === element;
      if (isOver) element.dataset['drop'] = refuses(dragPayload(source.data)) ? 'pinned' : 'over';
      else leave();
    },
    onDragLeave: leave,
    onDrop({ source, location }) {
      leave();
      if (location.current.dropTargets[0]?.element !== element) return;
      const payload = dragPayload(source.data);
      const change = payload && changeForDrop(payload, place);
      if (change) onChange(change);
    },
  });
  return () => {
    leave();
    stop();
  };
}
