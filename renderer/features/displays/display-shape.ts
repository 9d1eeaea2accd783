import type { KnownDisplay } from '../../../core/displays/displays.contract.ts';

/** Width by height of a display, as CSS's `aspect-ratio` takes it; 16:9 where nobody knows. */
export function displayAspect(display: Pick<KnownDisplay, 'bounds'> | undefined): string {
  const { width, height } = display?.bounds ?? { width: 0, height: 0 };
  return width > 0 && height > 0 ? `${width} / ${height}` : '16 / 9';
}
