import { clipBytes } from '../../../core/evidence/clip.ts';
import { type SecuredOrigin, securedOrigin } from '../../../core/evidence/secured-origin.ts';
import {
  type BundleStory,
  cameraName,
  camerasHtml,
  copyLabel,
  html,
  incidentName,
  originText,
  timeText,
} from './bundle-story.ts';
import { factTable, pageFrame } from './page-frame.ts';

/** A form to print and sign: who, when, where, with what, how stored, which files. In English and in Urdu. */
export function certificatePage(story: BundleStory): string {
  return pageFrame(
    `Certificate ${incidentName(story.incident.number)}`,
    `<section>${english(story)}</section>\n<section lang="ur" style="break-before: page">${urdu(story)}</section>`,
    story.font,
  );
}

function english(story: BundleStory): string {
  return `<h1>Certificate of an electronic record</h1>
<p>A form for the person who answers for this record. What the machine knows is filled in; what it says is to be checked before it is signed. All times are UTC; Pakistan’s time is five hours later.</p>
${factTable([
  ['Incident', incidentName(story.incident.number)],
  ['What', html(story.incident.category)],
  ['Where', html(story.incident.place ?? '')],
  ['Flagged', `${timeText(story.incident.flagged.utcMs)}, seat ${story.incident.flagged.bySeat}`],
  ['Cameras', camerasHtml(story)],
  ['Taken with', `Deedban ${html(story.version)}, which kept byte for byte what it got of each stream:`],
  ...origins(story, originText),
  [
    'Stored',
    'in pieces, each written to the disk and hashed (SHA-256) as it came; all pieces and all later acts are in a hash-chained log',
  ],
  ['Sealed', `${timeText(story.sealedUtcMs)} by ${html(story.sealedBy)}`],
  ['Signing key', `Ed25519, SHA-256 <code>${story.fingerprint}</code>`],
  ['Package', `<code>${html(story.bag)}</code>`],
])}
<h2>Files and their SHA-256</h2>
${files(story)}
<div class="whole"><h2>Declaration</h2>
<p>To the best of my knowledge this record was made by the system named above in the ordinary course of its work, the system was working properly at that time, and the files with these hashes are that record.</p>
${factTable([
  ['Name and rank', '<div class="write"></div>'],
  ['Office', '<div class="write"></div>'],
  ['Remarks (faults of the system, gaps)', '<div class="write"></div>'],
  ['Place and date', '<div class="write"></div>'],
  ['Signature', '<div class="write"></div>'],
])}</div>`;
}

function urdu(story: BundleStory): string {
  return `<h1>الیکٹرانک ریکارڈ کا سرٹیفکیٹ</h1>
<p>یہ فارم اس شخص کے لیے ہے جو اس ریکارڈ کا ذمہ دار ہے۔ مشین کو جو معلوم ہے وہ درج ہے؛ دستخط سے پہلے اس کی جانچ کریں۔ تمام اوقات <bdi>UTC</bdi> ہیں؛ پاکستان کا وقت پانچ گھنٹے آگے ہے۔</p>
${factTable([
  ['واقعہ', `<bdi>${incidentName(story.incident.number)}</bdi>`],
  ['کیا ہوا', `<bdi>${html(story.incident.category)}</bdi>`],
  ['کہاں', `<bdi>${html(story.incident.place ?? '')}</bdi>`],
  ['نشان لگایا گیا', `<bdi>${timeText(story.incident.flagged.utcMs)}</bdi>، نشست <bdi>${story.incident.flagged.bySeat}</bdi>`],
  ['کیمرے', `<bdi>${camerasHtml(story)}</bdi>`],
  ['کس چیز سے', `<bdi>Deedban ${html(story.version)}</bdi>: ہر اسٹریم سے اسے جو ملا وہ ہو بہو محفوظ کیا گیا:`],
  ...origins(story, (origin) => urduOrigins[origin]),
  [
    'کیسے محفوظ',
    'ٹکڑوں میں، ہر ٹکڑا آتے ہی ڈسک پر لکھا اور ہیش (SHA-256) کیا گیا؛ تمام ٹکڑے اور بعد کے تمام کام ایک ہیش زنجیر والے روزنامچے میں ہیں',
  ],
  ['مہر لگائی گئی', `<bdi>${timeText(story.sealedUtcMs)}</bdi>، <bdi>${html(story.sealedBy)}</bdi>`],
  ['دستخط کی کلید', `<bdi>Ed25519, SHA-256 <code>${story.fingerprint}</code></bdi>`],
  ['پیکج', `<bdi><code>${html(story.bag)}</code></bdi>`],
])}
<h2>فائلیں اور ان کے <bdi>SHA-256</bdi></h2>
<div dir="ltr">${files(story, ['فائل', 'بائٹس'])}</div>
<div class="whole"><h2>اقرار</h2>
<p>میرے بہترین علم کے مطابق یہ ریکارڈ اوپر نامزد نظام نے اپنے معمول کے کام میں بنایا، اُس وقت نظام درست کام کر رہا تھا، اور ان ہیش والی فائلیں وہی ریکارڈ ہیں۔</p>
${factTable([
  ['نام اور عہدہ', '<div class="write"></div>'],
  ['دفتر', '<div class="write"></div>'],
  ['ملاحظات (نظام کی خرابیاں، وقفے)', '<div class="write"></div>'],
  ['مقام اور تاریخ', '<div class="write"></div>'],
  ['دستخط', '<div class="write"></div>'],
])}</div>`;
}

const urduOrigins: Readonly<Record<SecuredOrigin, string>> = {
  'as-sent': 'کیمرے نے انکوڈ کیا، اس کے بعد دوبارہ انکوڈ نہیں کیا گیا',
  jpeg: 'کیمرا <bdi>JPEG</bdi> بھیجتا ہے، اور محفوظ کرنے سے پہلے اس پروگرام کے گیٹ وے نے اسے <bdi>H.264</bdi> میں انکوڈ کیا',
  mpeg4: 'کیمرا <bdi>MPEG-4</bdi> بھیجتا ہے، اور محفوظ کرنے سے پہلے اس پروگرام کے گیٹ وے نے اسے <bdi>H.264</bdi> میں انکوڈ کیا',
  unknown: 'اس پروگرام نے دوبارہ انکوڈ نہیں کیا؛ کیمرے اور اس کے درمیان کسی سرور نے ایسا کیا یا نہیں، یہ معلوم نہیں',
};

/** A row for each stream that there are masters of. */
function origins({ masters, cameras, custody }: BundleStory, text: (origin: SecuredOrigin) => string) {
  const rows = masters.map(({ clip: { camera, stream } }) => {
    const name = `<bdi>${html(cameraName(cameras, camera))}, ${stream}</bdi>`;
    return [name, text(securedOrigin(custody, camera, stream))] as const;
  });
  return [...new Map(rows)];
}

const files = ({ masters, stills }: BundleStory, [file, bytes] = ['File', 'Bytes']): string =>
  `<table><tr><th>${file}<th>${bytes}<th>SHA-256
${[
  ...masters.map(({ path, clip, sha256 }) => [path, clipBytes(clip), sha256] as const),
  ...masters.flatMap(({ copy }) => (copy ? [[`${copy.path} (${copyLabel})`, copy.sizeBytes, copy.sha256] as const] : [])),
  ...stills.map(({ path, sizeBytes, sha256 }) => [path, sizeBytes, sha256] as const),
]
  .map(([path, sizeBytes, sha256]) => `<tr><td><code>${html(path)}</code><td>${sizeBytes}<td><code>${sha256}</code>`)
  .join('\n')}
</table>`;
