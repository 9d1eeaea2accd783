import type { DirectoryHead } from '../core/cameras/cameras.contract.ts';
import type { HostAbout } from '../core/host/host.contract.ts';

/** Every place that shows a made-up city says so. */
export function aboutWith(about: HostAbout, { origin }: DirectoryHead): HostAbout {
  const demonstration = origin === 'demonstration-city' || origin === 'demonstration-province';
  return demonstration ? { ...about, notices: [...about.notices, 'demonstration'] } : about;
}
