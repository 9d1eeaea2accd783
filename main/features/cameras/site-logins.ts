import type { CameraEntry } from '../../../core/cameras/camera.ts';
import type { SiteLogins } from '../../../core/cameras/credentials.contract.ts';

const sitesMax = 100;

/** Sites whose names hold all of these words, in order of their names, with how many of their cameras have a login. */
export function listSiteLogins(
  entries: readonly CameraEntry[],
  words: string,
  hasLogin: (entry: CameraEntry) => boolean,
): { sites: SiteLogins[]; more: boolean } {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const sites = new Map<string, SiteLogins>();
  for (const entry of entries) {
    const { province, district, site, simulated } = entry.camera;
    const name = `${site} ${district} ${province}`.toLowerCase();
    if (simulated || !wanted.every((word) => name.includes(word))) continue;
    const key = JSON.stringify([province, district, site]);
    const known = sites.get(key) ?? { province, district, site, cameras: 0, withLogin: 0 };
    sites.set(key, { ...known, cameras: known.cameras + 1, withLogin: known.withLogin + (hasLogin(entry) ? 1 : 0) });
  }
  const all = [...sites.values()].sort(
    (a, b) => a.province.localeCompare(b.province) || a.district.localeCompare(b.district) || a.site.localeCompare(b.site),
  );
  return { sites: all.slice(0, sitesMax), more: all.length > sitesMax };
}
