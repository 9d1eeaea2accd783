import type { DeedbanContract } from '../../../core/contract.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { DisplaysClient } from './displays-client.ts';
import styles from './identify-overlay.module.css';

/** The number of the display this window stands on, over everything, while displays are being identified. */
export function IdentifyOverlay({ client }: { readonly client: DisplaysClient }) {
  const identify = useWatched<DeedbanContract, 'displays.window'>(client, 'displays.window')?.identify;
  if (!identify) return null;
  return (
    <div className={styles.overlay} role="status" data-identify={identify.number}>
      <b className={styles.number}>{identify.number}</b>
      <span className={styles.name}>{identify.name}</span>
    </div>
  );
}
