import { isConnected, type StreamLife } from '../../core/streams/stream-life.ts';

/**
 * What there is of the present stream: a live picture to go on with; a connection whose pictures nobody can see for now; one without a live picture; none.
 */
export type Sight = 'live' | 'unseen' | 'dark' | 'none';

export function sightOf(life: StreamLife): Sight {
  if (!isConnected(life)) return 'none';
  if (life.state === 'hidden') return 'unseen';
  return life.state === 'live' ? 'live' : 'dark';
}
