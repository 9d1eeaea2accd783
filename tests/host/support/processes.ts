import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly uid: number;
  readonly command: string;
  /** 2: system calls are filtered. */
  readonly seccomp: number;
  /** In how many pid namespaces it has a number. */
  readonly namespaces: number;
}

/** Every process that runs now (Linux); zombies are left out. */
export function processes(): readonly ProcessFacts[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const field = (key: string) => new RegExp(`^${key}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
      if (field('State').startsWith('Z')) return [];
      return [
        {
          pid: Number(name),
          parent: Number(field('PPid')),
          group: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]),
          uid: Number(field('Uid').split('\t')[0]),
          command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
          seccomp: Number(field('Seccomp')),
          namespaces: field('NSpid').split('\t').length,
        },
      ];
    } catch {
      return [];
    }
  });
}

/** A process and everything that descends from it. */
export function family(rootPid: number): readonly ProcessFacts[] {
  const all = processes();
  const members = new Set([rootPid]);
  for (let size = 0; size !== members.size; ) {
    size = members.size;
    for (const each of all) if (members.has(each.parent)) members.add(each.pid);
  }
  return all.filter((each) => members.has(each.pid));
}
