import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { CameraCondition, DirectoryFilter } from './directory-filter.ts';
import type { DirectoryRow, NamedCameras } from './directory-tree.ts';

/** What the list is to show: a search where `query` says something, else the tree. */
export interface DirectoryView {
  readonly query: string;
  readonly filter: DirectoryFilter;
  readonly open: readonly string[];
  readonly named: readonly NamedCameras[];
  readonly conditions: readonly (readonly [CameraId, CameraCondition])[];
}

/** From the page to the directory's worker. */
export type DirectoryQuestion =
  | { readonly t: 'load'; readonly address: string; readonly token: string }
  /** Shows another view; the answer brings its rows from `from` on. */
  | { readonly t: 'view'; readonly id: number; readonly view: DirectoryView; readonly from: number; readonly count: number }
  | { readonly t: 'rows'; readonly id: number; readonly from: number; readonly count: number }
  | { readonly t: 'number'; readonly id: number; readonly number: number }
  | { readonly t: 'search'; readonly id: number; readonly query: string; readonly count: number }
  | { readonly t: 'cameras'; readonly id: number; readonly ids: readonly CameraId[] }
  /** The cameras of the present view, at most so many. */
  | { readonly t: 'listed'; readonly id: number; readonly count: number };

/** What the filters offer. */
export interface DirectoryFacets {
  readonly districts: readonly string[];
  readonly tags: readonly string[];
}

export type DirectoryAnswer =
  | { readonly t: 'loaded'; readonly count: number; readonly facets: DirectoryFacets }
  /** HTTP's status, or 0 where nothing answered. */
  | { readonly t: 'not-loaded'; readonly status: number }
  /** Words with typing errors are found from now on. */
  | { readonly t: 'indexed' }
  | {
      readonly t: 'rows';
      readonly id: number;
      /** Of the whole view. */
      readonly total: number;
      /** Cameras that were found or pass. */
      readonly found: number;
      readonly from: number;
      readonly rows: readonly DirectoryRow[];
    }
  | { readonly t: 'cameras'; readonly id: number; readonly cameras: readonly Camera[] };
