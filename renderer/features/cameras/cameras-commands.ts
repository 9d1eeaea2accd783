import { createRef } from 'react';
import { type Command, press } from '../../ui/command.ts';

/** The directory's search field, where this window has one. */
export const searchField = createRef<HTMLInputElement>();

export const camerasCommands: readonly Command[] = [
  {
    id: 'cameras.search',
    label: 'command.search-cameras',
    shortcut: press('Slash', '/'),
    when: ({ windowKind }) => windowKind === 'console' || windowKind === 'shared',
    run: () => {
      searchField.current?.focus();
      searchField.current?.select();
    },
  },
];
