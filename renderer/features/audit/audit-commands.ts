import { type Command, press } from '../../ui/command.ts';
import { auditView } from './audit-view.ts';

/** For who answers for what was on the glass. */
export const auditCommands: readonly Command[] = [
  {
    id: 'audit.open',
    label: 'audit.open',
    shortcut: press('KeyA', 'A', { shift: true }),
    who: 'supervisor',
    when: ({ windowKind }) => windowKind === 'console' || windowKind === 'shared',
    run: () => auditView.setState({ open: true }),
  },
];
