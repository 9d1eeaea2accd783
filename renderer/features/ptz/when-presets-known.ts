import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { type PtzView, ptzView } from './ptz-view.ts';

/** A slow camera answers two questions by then: what it can do, and which presets it keeps. In ms. */
const longestMs = 5_000;

/**
 * Resolves when the presets of the camera in this tile are known, or cannot be, or somebody turned to another tile; at the latest after 5 s.
 * Who types a preset right after a tile means that camera's.
 */
export function whenPresetsKnown(at: TilePlace): Promise<void> {
  if (isOver(ptzView.getState(), at, false)) return Promise.resolve();
  return new Promise((resolve) => {
    let wasThere = isAt(ptzView.getState(), at);
    const end = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(end, longestMs);
    const stop = ptzView.subscribe((view) => {
      if (isOver(view, at, wasThere)) end();
      else wasThere = isAt(view, at);
    });
  });
}

function isAt({ target }: PtzView, at: TilePlace): boolean {
  return target !== null && target.at.displayId === at.displayId && target.at.tile === at.tile;
}

function isOver(view: PtzView, at: TilePlace, wasThere: boolean): boolean {
  const { target, presets } = view;
  if (target === null || !isAt(view, at)) return wasThere;
  return presets !== null || target.failure !== null || target.abilities?.mostPresets === 0;
}
