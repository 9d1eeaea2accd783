import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserHostProblem } from './listen-on-loopback.ts';

/** Whom the browser runs as. */
export interface BrowserUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The first of these users that exists: our own, where an administrator made one, else the one that owns nothing. */
const names = ['deedban', 'nobody'];

/**
 * Whom to start Chromium as: null for ourselves, unless we are root, whom Chromium's sandbox does not admit. The group is
 * the one that may use the graphics card, where there is one: Node drops all others.
 */
export function browserUser(
  uid: number | null = process.getuid?.() ?? null,
  passwd: () => string = () => readFileSync('/etc/passwd', 'utf8'),
  graphicsGid: () => number | null = renderNodeGid,
): BrowserUser | null {
  if (uid !== 0) return null;
  const users = passwd()
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }));
  const found = names.map((name) => users.find((user) => user.name === name)).find((user) => user !== undefined);
  if (!found || !(found.uid > 0) || !(found.gid > 0)) {
    throw new BrowserHostProblem(
      'There is no unprivileged user to run the browser as: start Deedban as a normal user, or create the user "deedban".',
    );
  }
  return { ...found, gid: graphicsGid() ?? found.gid };
}

/** The group of the first render node (`/dev/dri/renderD128`), if it may use it and is not root's. */
function renderNodeGid(): number | null {
  try {
    const node = readdirSync('/dev/dri').find((name) => name.startsWith('renderD'));
    if (node === undefined) return null;
    const { gid, mode } = statSync(join('/dev/dri', node));
    return gid > 0 && (mode & 0o060) === 0o060 ? gid : null;
  } catch {
    return null;
  }
}
