import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenToKeys } from '../../renderer/app/keyboard.ts';
import type { Command, CommandContext } from '../../renderer/ui/command.ts';
import { press } from '../../renderer/ui/command.ts';

const context: CommandContext = {
  client: { call: () => Promise.reject(new Error('not asked')), watch: () => () => {} },
  ...{ about: null, seat: null, windowKind: 'console', displayId: null, selection: null },
  ...{ displays: [], steered: null, history: { undo: 0, redo: 0 } },
};
let did: string[];
let applies: boolean;
let window: EventTarget;
let stop: () => void;

beforeEach(() => {
  // Node has no page: any class stands for what no key here is pressed in.
  vi.stubGlobal('Element', Map);
  did = [];
  applies = true;
  window = new EventTarget();
  const steer = (name: string, code: string): Command => ({
    ...{ id: `ptz.${name}`, label: 'ptz.left', shortcut: press(code, '', { shift: true }) },
    when: () => applies,
    held: { begin: () => void did.push(`begin ${name}`), end: () => void did.push(`end ${name}`) },
    run: () => void did.push(`run ${name}`),
  });
  const select: Command = {
    ...{ id: 'wall.left', label: 'wall.left', shortcut: press('ArrowLeft', '', { repeat: true }) },
    when: () => true,
    run: () => void did.push('select'),
  };
  const commands = [steer('left', 'ArrowLeft'), steer('up', 'ArrowUp'), select];
  stop = listenToKeys(window as unknown as Window, { commands, context: () => context, number: () => false });
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

function key(type: 'keydown' | 'keyup', code: string, more: { readonly shift?: boolean; readonly repeat?: boolean } = {}): void {
  const { shift = true, repeat = false } = more;
  const held = { code, repeat, shiftKey: shift, ctrlKey: false, altKey: false, metaKey: false, isComposing: false };
  window.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), held));
}

describe('a command that goes on while its key is held', () => {
  it('begins once and ends with its key, and never runs beside that', () => {
    key('keydown', 'ArrowLeft');
    key('keydown', 'ArrowLeft', { repeat: true });
    key('keyup', 'ArrowLeft');
    expect(did).toEqual(['begin left', 'end left']);
  });

  it('goes on beside another one, each with a key of its own', () => {
    key('keydown', 'ArrowLeft');
    key('keydown', 'ArrowUp');
    key('keyup', 'ArrowLeft');
    expect(did).toEqual(['begin left', 'begin up', 'end left']);
  });

  it('ends with Shift, and the arrow that is still down does not select tiles', () => {
    key('keydown', 'ArrowLeft');
    key('keyup', 'ShiftLeft', { shift: false });
    key('keydown', 'ArrowLeft', { shift: false, repeat: true });
    expect(did).toEqual(['begin left', 'end left']);
    key('keyup', 'ArrowLeft', { shift: false });
    key('keydown', 'ArrowLeft', { shift: false });
    expect(did.slice(2)).toEqual(['select']);
  });

  it('ends when the window loses the focus, and begins with a new press only', () => {
    key('keydown', 'ArrowLeft');
    window.dispatchEvent(new Event('blur'));
    key('keydown', 'ArrowLeft', { repeat: true });
    expect(did).toEqual(['begin left', 'end left']);
    // Its release was told to another window.
    key('keydown', 'ArrowLeft');
    expect(did.slice(2)).toEqual(['begin left']);
  });

  it('ends also where it does not apply any more', () => {
    key('keydown', 'ArrowLeft');
    applies = false;
    key('keyup', 'ArrowLeft');
    expect(did).toEqual(['begin left', 'end left']);
  });

  it('ends when nobody listens to keys any more', () => {
    key('keydown', 'ArrowUp');
    stop();
    expect(did).toEqual(['begin up', 'end up']);
  });
});
