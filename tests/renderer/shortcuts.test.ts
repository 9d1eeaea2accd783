import { describe, expect, it } from 'vitest';
import { allCommands } from '../../renderer/app/all-commands.ts';
import { findCommands, groupOf } from '../../renderer/app/found-commands.ts';
import { numberCodes } from '../../renderer/app/number-grammar.ts';
import type { CommandContext, Shortcut } from '../../renderer/ui/command.ts';
import { strings } from './strings-of.ts';

const all = allCommands.flatMap((command) =>
  [command.shortcut, ...(command.also ?? [])].filter((each) => each !== null).map((shortcut) => ({ id: command.id, shortcut })),
);
const nameOf = ({ ctrl, alt, shift, code, holdMs }: Shortcut) =>
  `${ctrl ? 'Ctrl+' : ''}${alt ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${code}${holdMs > 0 ? ' held' : ''}`;

describe('the keys of all commands', () => {
  /** Of two such commands the first in the list has the key where it applies: a lens that can zoom does, else the picture is enlarged. */
  const inTurn = [
    ['ptz.nearer', 'wall.zoom-in'],
    ['ptz.wider', 'wall.zoom-out'],
  ];

  it('never mean two things', () => {
    const owners = new Map<string, string[]>();
    for (const { id, shortcut } of all) owners.set(nameOf(shortcut), [...(owners.get(nameOf(shortcut)) ?? []), id]);
    const shared = [...owners].filter(([, ids]) => ids.length > 1 && !inTurn.some((pair) => pair.join() === ids.join()));
    expect(shared).toEqual([]);
  });

  it('leave the digits and T, S and P to numbers', () => {
    const taken = all.filter(({ shortcut: { code, ctrl, alt, shift } }) => numberCodes.includes(code) && !ctrl && !alt && !shift);
    expect(taken).toEqual([]);
  });

  it('leave Shift with the arrows to steering', () => {
    const arrows = all.filter(({ shortcut }) => shortcut.code.startsWith('Arrow') && shortcut.shift && !shortcut.ctrl);
    expect(arrows.map(({ id }) => id)).toEqual(['ptz.left', 'ptz.right', 'ptz.up', 'ptz.down']);
  });

  it('do not run again what goes on while it is held', () => {
    const going = new Set(allCommands.filter(({ held }) => held !== undefined).map(({ id }) => id));
    expect(all.filter(({ id, shortcut }) => going.has(id) && (shortcut.repeat || shortcut.holdMs > 0))).toEqual([]);
  });

  it('do not repeat what is held to count', () => {
    expect(all.filter(({ shortcut }) => shortcut.holdMs > 0 && shortcut.repeat)).toEqual([]);
  });
});

describe('the commands', () => {
  it('have each an id of its own, in a group that has a name', () => {
    const ids = allCommands.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const groups = new Set(allCommands.map(groupOf));
    expect([...groups].filter((group) => !strings('en').has(`group.${group}`))).toEqual([]);
  });

  it('are found by their words in any order, and by their keys', () => {
    const context: CommandContext = {
      client: { call: () => Promise.reject(new Error()), watch: () => () => {} },
      about: null,
      seat: null,
      windowKind: 'console',
      displayId: null,
      selection: null,
      displays: [],
      steered: null,
      history: { undo: 0, redo: 0 },
    };
    const words = ({ label }: { label: string }) => [strings('en').get(label) ?? ''];
    const find = (text: string) => findCommands(allCommands, context, text, words).map(({ id }) => id);
    expect(find('contrast high')).toEqual(['app.contrast']);
    expect(find('ctrl+b')).toContain('app.panel-start');
    expect(find('no such thing anywhere')).toEqual([]);
  });
});
