import { createInstance } from 'i18next';
import { expect, it } from 'vitest';
import en from '../../assets/strings/en.json' with { type: 'json' };
import ur from '../../assets/strings/ur.json' with { type: 'json' };
import { auxiliaryName } from '../../renderer/features/ptz/auxiliary-name.ts';

it('wiper and lamp are said in the language of the seat, and what a maker calls its own as the maker does', async () => {
  const words = createInstance();
  await words.init({ lng: 'en', resources: { en: { translation: en }, ur: { translation: ur } } });
  const [english, urdu] = [words.getFixedT('en'), words.getFixedT('ur')];
  expect(auxiliaryName(english, 'tt:Wiper|On')).toBe('Wiper on');
  expect(auxiliaryName(english, 'tt:IRLamp|Auto')).toBe('Infrared lamp by itself');
  expect(auxiliaryName(urdu, 'tt:Wiper|On')).toBe(ur['ptz-auxiliary']['wiper-on']);
  expect(auxiliaryName(english, 'Heater|On')).toBe('Heater On');
  expect(auxiliaryName(english, 'toString')).toBe('toString');
});
