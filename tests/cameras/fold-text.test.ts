import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../renderer/features/cameras/fold-text.ts';

describe('text as a search compares it', () => {
  it.each([
    ['  Khyber   BAZAR, gate-2 ', 'khyber bazar gate 2'],
    ['Café Zürich', 'cafe zurich'],
    ['ﬁxed', 'fixed'],
    ['٣٤ ۳۴ 34', '34 34 34'],
    // Arabic kaf and yeh, as an Arabic keyboard types them, are the Urdu ones.
    ['كراچي', 'کراچی'],
    ['خېبر', 'خیبر'],
    // Short vowels, the lengthening stroke and joiners are not typed in a search.
    ['بَازَار', 'بازار'],
    ['بـــازار', 'بازار'],
    ['قصہ\u200cخوانی', 'قصہخوانی'],
    ['مدرسة', 'مدرسہ'],
    ['ٱلشفا', 'الشفا'],
    ['', ''],
    ['—!؟', ''],
  ])('%j is %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('is the same when it is folded again', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => foldText(foldText(text)) === foldText(text)));
  });

  it('has single spaces between words, and none around them', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => !/^\s|\s$|\s\s/.test(foldText(text))));
  });
});
