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

/** It has shown pictures and is connected. Whether they come still its encoded pictures say better: a stall may be this window's own. */
export function isWell(life: StreamLife): boolean {
  const seen = life.state === 'hidden' ? life.behind : life;
  if (!isConnected(life) || seen.state === 'refused') return false;
  return (seen.state === 'live' || seen.everLive) && life.told.disconnectedSinceMs === null;
}
