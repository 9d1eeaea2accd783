import { type CameraEntry, cameraIdSchema, type SiteKind } from './camera.ts';
import { cityAddress } from './sim-address.ts';

type Place = readonly [number: number, name: string, site: string, lat: number, lon: number, kind: SiteKind, urdu: string];

/** Real places of Peshawar with approximate positions (WGS 84); no camera of ours stands there. */
const places: readonly Place[] = [
  [101, 'Khyber Bazar', 'Khyber Bazar, junction', 34.0096, 71.5672, 'junction', 'خیبر بازار'],
  [102, 'Qissa Khwani Bazar', 'Qissa Khwani, market', 34.0087, 71.5742, 'market', 'قصہ خوانی بازار'],
  [103, 'Saddar, Fawara Chowk', 'Saddar, junction', 33.9977, 71.5402, 'junction', 'صدر، فوارہ چوک'],
  [104, 'University Road', 'University Road, Tehkal', 34.0018, 71.5089, 'road', 'یونیورسٹی روڈ'],
  [105, 'Hayatabad, Phase 3 Chowk', 'Hayatabad Phase 3, junction', 33.9889, 71.4441, 'junction', 'حیات آباد'],
  [106, 'Ring Road, Hazar Khwani', 'Ring Road, entry point', 33.9812, 71.5894, 'entry-exit', 'رنگ روڈ، ہزار خوانی'],
  [107, 'GT Road, Chamkani toll', 'Chamkani toll plaza, entry point', 34.0083, 71.6475, 'entry-exit', 'جی ٹی روڈ، چمکنی'],
  [108, 'Bala Hisar Fort', 'Bala Hisar, GT Road', 34.0141, 71.5697, 'road', 'بالا حصار'],
  [109, 'Charsadda Road, bridge', 'Charsadda Road, entry point', 34.0382, 71.5848, 'entry-exit', 'چارسدہ روڈ'],
  [110, 'Kohat Road', 'Kohat Road, junction', 33.9871, 71.5631, 'junction', 'کوہاٹ روڈ'],
  [111, 'Warsak Road, canal', 'Warsak Road, canal bank', 34.0297, 71.5336, 'road', 'ورسک روڈ'],
  [112, 'Board Bazar', 'Board Bazar, market', 33.9959, 71.4644, 'market', 'بورڈ بازار'],
  [113, 'Karkhano Market', 'Karkhano, market', 33.9921, 71.4237, 'market', 'کارخانو مارکیٹ'],
  [114, 'Jamrud Road, college gate', 'Jamrud Road, gate', 34.0002, 71.4766, 'gate', 'جمرود روڈ'],
  [115, 'Bacha Khan Airport Road', 'Airport Road, gate', 33.9905, 71.5235, 'gate', 'باچا خان ایئرپورٹ'],
  [116, 'Firdous Chowk', 'Firdous, GT Road junction', 34.0134, 71.5836, 'junction', 'فردوس چوک'],
];

/** So many of them can be steered: junctions and the fort, where there is much to look at. */
const steerable: readonly number[] = [101, 103, 105, 108];

/** The demonstration city: 16 cameras of Peshawar whose pictures we draw ourselves. */
export function demoCity(): CameraEntry[] {
  return places.map(([number, name, site, lat, lon, siteKind, urdu]) => ({
    camera: {
      id: cameraIdSchema.parse(`demo-${number}`),
      number,
      name,
      province: 'Khyber Pakhtunkhwa',
      district: 'Peshawar',
      site,
      position: { lat, lon },
      kind: steerable.includes(number) ? 'ptz' : 'fixed',
      siteKind,
      tags: [urdu],
      streams: ['main', 'sub'],
      simulated: true,
    },
    addresses: { main: cityAddress(`demo-${number}`, 'main'), sub: cityAddress(`demo-${number}`, 'sub') },
  }));
}
