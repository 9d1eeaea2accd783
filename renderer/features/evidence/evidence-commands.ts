import type { Command, CommandContext } from '../../ui/command.ts';
import { saveKey } from './save-key.ts';

const isDesk = ({ windowKind }: CommandContext) => windowKind === 'console' || windowKind === 'shared';
const forSupervisors = { shortcut: null, who: 'supervisor', when: isDesk } as const;

/** For who publishes the keys that bundles are signed with. */
export const evidenceCommands: readonly Command[] = [
  {
    ...forSupervisors,
    id: 'evidence.save-key',
    label: 'evidence.save-key',
    run: ({ client }) => saveKey(client, 'centre', 'pem'),
  },
  {
    ...forSupervisors,
    id: 'evidence.print-key',
    label: 'evidence.print-key',
    run: ({ client }) => saveKey(client, 'centre', 'page'),
  },
  {
    ...forSupervisors,
    id: 'evidence.save-seat-key',
    label: 'evidence.save-seat-key',
    run: ({ client }) => saveKey(client, 'seat', 'pem'),
  },
];
