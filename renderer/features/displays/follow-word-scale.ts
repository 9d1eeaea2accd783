import type { KnownDisplay, WindowKind } from '../../../core/displays/displays.contract.ts';
import { useWordScale } from '../../ui/word-scale.ts';
import type { DisplaysClient } from './displays-client.ts';

/** Makes words of this window as large as its display wants them, as long as the page lives. */
export function followWordScale(client: Pick<DisplaysClient, 'watch'>, root: HTMLElement): void {
  let all: readonly KnownDisplay[] = [];
  let own: { readonly kind: WindowKind; readonly displayId: string } | null = null;
  function apply(): void {
    const display = all.find(({ id }) => id === own?.displayId);
    const scale = display?.wordScale ?? 1;
    root.style.setProperty('--word-scale', `${scale}`);
    // Captions go by the picture; on a wall, where there are hardly any other words, a wish means them.
    root.style.setProperty('--caption-scale', own?.kind === 'wall' ? `${scale}` : '1');
    useWordScale.setState(scale, true);
  }
  client.watch('displays.all', (next) => {
    all = next;
    apply();
  });
  client.watch('displays.window', (next) => {
    own = next;
    apply();
  });
}
