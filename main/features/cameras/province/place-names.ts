import type { SiteKind } from '../../../../core/cameras/camera.ts';

/** A name in Latin and, where it is well known how it is written, in Urdu. */
export type PlaceName = readonly [latin: string, urdu?: string];

/** What stands or lies at a site, after the name of the quarter. */
export interface Landmark {
  readonly latin: string;
  readonly urdu: string;
  readonly kind: SiteKind;
}

const landmark = (latin: string, urdu: string, kind: SiteKind): Landmark => ({ latin, urdu, kind });

/** The more often a kind of place has cameras, the earlier it stands here. */
export const landmarks: readonly [Landmark, ...Landmark[]] = [
  landmark('Chowk', 'چوک', 'junction'),
  landmark('Bazar', 'بازار', 'market'),
  landmark('Mor', 'موڑ', 'junction'),
  landmark('Road', 'روڈ', 'road'),
  landmark('Adda', 'اڈہ', 'transport'),
  landmark('Pul', 'پل', 'road'),
  landmark('School', 'سکول', 'school'),
  landmark('Hospital', 'ہسپتال', 'hospital'),
  landmark('Masjid', 'مسجد', 'worship'),
  landmark('Phatak', 'پھاٹک', 'junction'),
  landmark('Gate', 'گیٹ', 'gate'),
  landmark('Plaza', 'پلازہ', 'private'),
  landmark('Park', 'پارک', 'other'),
  landmark('Post Office', 'ڈاکخانہ', 'government'),
];

/** At the edge of a district instead of the landmarks. */
export const entryPoint = landmark('Check Post', 'چیک پوسٹ', 'entry-exit');

/** Quarters, villages and roads; the first half of each lies in or near the town. */
export const peshawarPlaces: readonly PlaceName[] = [
  ['Gulbahar', 'گلبہار'],
  ['Nishtarabad', 'نشتر آباد'],
  ['Faqirabad', 'فقیر آباد'],
  ['Hashtnagri', 'ہشتنگری'],
  ['Yakatoot', 'یکہ توت'],
  ['Kohati', 'کوہاٹی'],
  ['Dabgari', 'ڈبگری'],
  ['Namak Mandi', 'نمک منڈی'],
  ['Sikandarpura', 'سکندر پورہ'],
  ['Karimpura', 'کریم پورہ'],
  ['Chowk Yadgar', 'چوک یادگار'],
  ['Jahangirpura', 'جہانگیر پورہ'],
  ['Bhana Mari', 'بھانہ ماڑی'],
  ['Wazir Bagh', 'وزیر باغ'],
  ['Ganj', 'گنج'],
  ['Lahori', 'لاہوری'],
  ['Swati', 'سواتی'],
  ['Gulberg', 'گلبرگ'],
  ['Nothia', 'نوتھیہ'],
  ['Tehkal', 'تہکال'],
  ['Danishabad', 'دانش آباد'],
  ['Shaheen Town', 'شاہین ٹاؤن'],
  ['Palosi', 'پلوسی'],
  ['Rahatabad', 'راحت آباد'],
  ['Hayatabad', 'حیات آباد'],
  ['Sheikhabad', 'شیخ آباد'],
  ['Afghan Colony', 'افغان کالونی'],
  ['Zaryab Colony', 'زریاب کالونی'],
  ['Latifabad', 'لطیف آباد'],
  ['Defence Colony', 'ڈیفنس کالونی'],
  ['Regi', 'ریگی'],
  ['Nasir Bagh', 'ناصر باغ'],
  ['Landi Arbab', 'لنڈی ارباب'],
  ['Pishtakhara', 'پشتخرہ'],
  ['Achini', 'اچینی'],
  ['Sarband', 'سربند'],
  ['Sufaid Dheri', 'سفید ڈھیری'],
  ['Pawaka', 'پواکہ'],
  ['Hazar Khwani', 'ہزار خوانی'],
  ['Musazai', 'موسیٰ زئی'],
  ['Surizai', 'سوڑیزئی'],
  ['Urmar', 'ارمڑ'],
  ['Chamkani', 'چمکنی'],
  ['Wadpaga', 'وڈپگہ'],
  ['Pakha Ghulam', 'پخہ غلام'],
  ['Budhni', 'بڈھنی'],
  ['Nahaqi', 'ناحقی'],
  ['Mathra', 'متھرا'],
  ['Daudzai', 'داؤدزئی'],
  ['Badaber', 'بڈھ بیر'],
  ['Mattani', 'متنی'],
  ['Azakhel', 'اضاخیل'],
  ['Sheikhan', 'شیخان'],
  ['Bazid Khel', 'بازید خیل'],
  ['Mashogagar', 'ماشوگگر'],
];

export const deraIsmailKhanPlaces: readonly PlaceName[] = [
  ['Topanwala', 'توپانوالہ'],
  ['Kalan', 'کلاں'],
  ['Commissionery', 'کمشنری'],
  ['Circular Road', 'سرکلر روڈ'],
  ['Bannu Road', 'بنوں روڈ'],
  ['Multan Road', 'ملتان روڈ'],
  ['Daraban Road', 'درابن روڈ'],
  ['Tank Road', 'ٹانک روڈ'],
  ['Chashma Road', 'چشمہ روڈ'],
  ['Muryali', 'مریالی'],
  ['Ratta Kulachi', 'رتہ کلاچی'],
  ['Basti Ustrana', 'بستی استرانہ'],
];

export const bannuPlaces: readonly PlaceName[] = [
  ['Tanchi', 'ٹانچی'],
  ['Chowk Bazar', 'چوک بازار'],
  ['Lakki Gate', 'لکی گیٹ'],
  ['Miryan', 'میریان'],
  ['Kohat Road', 'کوہاٹ روڈ'],
  ['Miranshah Road', 'میران شاہ روڈ'],
  ['D.I. Khan Road', 'ڈی آئی خان روڈ'],
  ['Mandan', 'منڈان'],
  ['Ghoriwala', 'غوریوالہ'],
  ['Kakki', 'ککی'],
  ['Mamash Khel', 'مماش خیل'],
];

export const lakkiMarwatPlaces: readonly PlaceName[] = [
  ['Lakki City', 'لکی شہر'],
  ['Serai Naurang', 'سرائے نورنگ'],
  ['Tajori', 'تاجوری'],
  ['Tajazai', 'تاجہ زئی'],
  ['Darra Pezu', 'درہ پیزو'],
  ['Ghazni Khel', 'غزنی خیل'],
  ['Titter Khel', 'تتر خیل'],
  ['Abdul Khel', 'عبدالخیل'],
];
