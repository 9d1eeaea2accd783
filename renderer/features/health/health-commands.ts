import { type Command, press } from '../../ui/command.ts';
import { healthView } from './health-view.ts';

/** What a technician looks at. */
export const healthCommands: readonly Command[] = [
  {
    id: 'health.wall',
    label: 'health.wall',
    shortcut: press('KeyH', 'H'),
    when: ({ windowKind }) => windowKind === 'console' || windowKind === 'shared',
    run: () => healthView.setState({ open: true }),
  },
  {
    id: 'health.limits',
    label: 'health.limits',
    shortcut: null,
    who: 'supervisor',
    when: ({ windowKind }) => windowKind === 'console' || windowKind === 'shared',
    run: () => healthView.setState({ open: false, limits: true }),
  },
];
