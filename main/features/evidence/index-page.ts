import { clipBytes, clipGaps } from '../../../core/evidence/clip.ts';
import { type CustodyLine, type CustodyRecord, gatewayPlace } from '../../../core/evidence/custody.ts';
import { securedOrigin } from '../../../core/evidence/secured-origin.ts';
import { verdictText } from '../../../core/streams/verdict-fact.ts';
import {
  type BundleStory,
  cameraName,
  camerasHtml,
  copyLabel,
  html,
  incidentName,
  lengthText,
  codecTexts,
  originHtml,
  originText,
  type StoriedClip,
  timeText,
} from './bundle-story.ts';
import { changeWords, stepLines } from './incident-lines.ts';
import { factTable, pageFrame } from './page-frame.ts';
import { securedPart } from './secured-part.ts';

/** What a prosecutor opens first: the clips, which any browser plays, and everything that is known of them. */
export function indexPage(story: BundleStory): string {
  const { incident, masters, stills, papers, custody } = story;
  const statements = custody.filter((line) => line.what === 'stated');
  const verdicts = custody.filter((line) => line.what === 'verdict');
  const rest = custody.filter(({ what }) => what !== 'verdict' && what !== 'stated');
  const name = incidentName(incident.number);
  return pageFrame(
    name,
    `<h1>${name}: ${html(incident.category)}</h1>
<p class="quiet">${html(incident.place ?? '')} · <a href="certificate.html">certificate</a> · <a href="how-to-verify.txt">how to check this</a></p>
<p class="quiet">All times are UTC. Pakistan’s time is five hours later.</p>
${factTable([
  ['Flagged', `${timeText(incident.flagged.utcMs)} by seat ${incident.flagged.bySeat}`],
  ...(incident.flagged.shownUtcMs === null
    ? []
    : ([['The tile showed the past', timeText(incident.flagged.shownUtcMs)]] as const)),
  ['Cameras', camerasHtml(story)],
  ['State', `${html(incident.life.state)} since ${timeText(incident.life.sinceUtcMs)}`],
  ['Sealed', `${timeText(story.sealedUtcMs)} by ${html(story.sealedBy)}, Deedban ${html(story.version)}`],
  ['Signed by the key', `<code>${story.fingerprint}</code> (compare it with what the centre published)`],
])}
${securedPart(story)}
<h2>Clips</h2>
<p class="quiet">Masters are byte for byte what this program got of each camera’s pictures. Times are of this machine’s clock.</p>
${masters.map((master) => clipPart(story, master)).join('\n') || '<p class="gap">No picture was secured.</p>'}
${deletedPart(story)}
${stills.length === 0 ? '' : `<h2>Stills</h2>\n${stills.map((still) => `<h3>${html(still.name)}</h3>\n<img src="${html(still.path)}" alt="">\n<p><code>SHA-256 ${still.sha256}</code></p>`).join('\n')}`}
${papers.length === 0 ? '' : `<h2>Files</h2>\n${papers.map((file) => `<p><a href="${html(file.path)}" download="${html(file.name)}">${html(file.name)}</a>, ${file.sizeBytes.toLocaleString('en')} bytes, attached ${timeText(file.utcMs)} by seat ${file.bySeat}<br><code>SHA-256 ${file.sha256}</code></p>`).join('\n')}`}
${goneFilesPart(story)}
<h2>Statements</h2>
${statements.map((line) => `<p>${timeText(line.utcMs)}, seat ${line.bySeat ?? '?'}:<br><bdi>${html(line.text)}</bdi></p>`).join('\n') || '<p class="quiet">None was made.</p>'}
<h2>What the wall said of the pictures</h2>
<table class="log"><tr><th>Time<th>Camera<th>Verdict<th>Picture<th>Camera’s clock
${verdicts.map((line) => verdictRow(story, line)).join('\n')}
</table>
<h2>Notes and moves</h2>
<table class="log"><tr><th>Time<th>Seat<th>What
${[
  ...incident.moves.map(({ utcMs, bySeat, to, words }) => ({ utcMs, bySeat, words: words === null ? to : `${to}: ${words}` })),
  ...incident.changes.map((change) => ({ ...change, words: changeWords(change) })),
  ...stepLines(incident),
  ...incident.notes.map(({ utcMs, bySeat, text }) => ({ utcMs, bySeat, words: text })),
]
  .toSorted((a, b) => a.utcMs - b.utcMs)
  .map(({ utcMs, bySeat, words }) => `<tr><td>${timeText(utcMs)}<td>${bySeat}<td><bdi>${html(words)}</bdi>`)
  .join('\n')}
</table>
<h2>Custody</h2>
<table class="log"><tr><th>Time<th>Seat<th>What
${rest.map((line) => custodyRow(story, line)).join('\n')}
</table>`,
    story.font,
  );
}

function clipPart(story: BundleStory, { clip, path, sha256, h265, copy }: StoriedClip): string {
  const last = clip.fragments.at(-1);
  const gaps = clipGaps(clip);
  return `<h3>${html(cameraName(story.cameras, clip.camera))}</h3>
<video controls preload="metadata" src="${html(copy?.path ?? path)}"></video>
${copy === null ? '' : `<p class="gap">What plays here is a ${copyLabel}: it was encoded anew, so that every browser plays it. The evidence is the master.</p>`}
${factTable([
  [copy === null ? 'File' : 'Master', `<code>${html(path)}</code>, ${clipBytes(clip).toLocaleString('en')} bytes`],
  ['SHA-256', `<code>${sha256}</code>`],
  ...(copy === null
    ? []
    : ([
        ['Copy', `<code>${html(copy.path)}</code>, ${copy.sizeBytes.toLocaleString('en')} bytes (${copyLabel})`],
        ['SHA-256 of the copy', `<code>${copy.sha256}</code>`],
      ] as const)),
  ['Stream', clip.stream],
  ['Made by', originHtml(securedOrigin(story.custody, clip.camera, clip.stream))],
  ['Secured by', clip.bySeat === null ? 'the gateway' : `a window of seat ${clip.bySeat}`],
  ...(h265 ? ([['Picture', 'H.265: not every browser plays it; VLC and ffplay do']] as const) : []),
  ['First picture came', timeText(clip.firstPictureUtcMs)],
  ['Length', `${lengthText(last?.endMs ?? 0)}, ${last?.pictures ?? 0} pictures`],
  ['Secured on the disk', `from ${timeText(clip.fragments[0]?.securedUtcMs ?? 0)} to ${timeText(last?.securedUtcMs ?? 0)}`],
  [
    'Gaps',
    gaps
      .map(
        ({ fromMs, toMs }) =>
          `<span class="gap">${toMs === null ? `cut off after ${lengthText(fromMs)}` : `${lengthText(fromMs)} to ${lengthText(toMs)}`}</span>`,
      )
      .join('<br>') || 'none',
  ],
])}`;
}

function deletedPart({ clips }: BundleStory): string {
  return clips
    .flatMap(({ camera, life }) =>
      life.state === 'deleted'
        ? [
            `<p class="gap">A clip of camera ${html(camera)} was deleted at ${timeText(life.utcMs)} by ${life.bySeat === null ? 'a rule' : `seat ${life.bySeat}`}: ${html(life.reason)}</p>`,
          ]
        : [],
    )
    .join('\n');
}

function goneFilesPart({ goneFiles }: BundleStory): string {
  return goneFiles
    .map(
      ({ name, sha256, utcMs, bySeat }) =>
        `<p class="gap">${html(name)}, attached ${timeText(utcMs)} by seat ${bySeat}, was not there any more when this was sealed<br><code>SHA-256 ${sha256}</code></p>`,
    )
    .join('\n');
}

function verdictRow(story: BundleStory, line: Extract<CustodyRecord, { what: 'verdict' }>): string {
  const { verdict } = line;
  const at = verdict.word === 'live' || verdict.hop === null ? '' : `, ${verdict.hop}`;
  const offset = verdict.clockOffsetMs === null ? 'not known' : `${Math.round(verdict.clockOffsetMs)} ms off`;
  const picture = `${line.stream} ${line.width}×${line.height}, ${line.packetsLost} packets lost`;
  return `<tr><td>${timeText(line.utcMs)}<td>${html(cameraName(story.cameras, line.camera))}<td>${verdictText(verdict)}${at}<td>${picture}<td>${offset}`;
}

function custodyRow(story: BundleStory, line: CustodyLine): string {
  const seat = 'bySeat' in line ? (line.bySeat ?? 'a rule') : '';
  return `<tr><td>${timeText(line.utcMs)}<td>${seat}<td><bdi>${html(custodyWords(story, line))}</bdi>`;
}

function custodyWords(story: BundleStory, line: CustodyLine): string {
  switch (line.what) {
    case 'secured-by':
      if (line.displayId === gatewayPlace && line.stream !== undefined)
        return `The gateway secures the ${line.stream} stream of camera ${cameraName(story.cameras, line.camera)} beside what a window secures`;
      if (line.displayId === gatewayPlace)
        return `The gateway secures camera ${cameraName(story.cameras, line.camera)}, which no window decodes`;
      return `The window on display ${line.displayId} secures camera ${cameraName(story.cameras, line.camera)}`;
    case 'not-secured':
      return `Nobody secures the ${line.stream} stream of camera ${cameraName(story.cameras, line.camera)} beside it: ${line.why === 'elsewhere' ? 'it does not come by the gateway' : 'the gateway secures as many as it may'}`;
    case 'origin':
      return `${cameraName(story.cameras, line.camera)}, ${line.stream} stream: ${originText(line.origin.encodedFrom ?? 'as-sent')}${line.origin.parameterSets.length === 0 ? '' : `. Its ${codecTexts[line.codec]} parameter sets as the camera sent them: ${line.origin.parameterSets.join(', ')}`}`;
    case 'left':
      return `It does not secure camera ${cameraName(story.cameras, line.camera)} any more (${line.why})`;
    case 'over':
      return `No more is secured (${line.why})`;
    case 'sealed':
      return `Sealed as ${line.file}${line.timeStamp === 'none' ? ', without a time-stamp: the authority gave none' : ''}`;
    case 'countersigned':
      return `${line.file} was signed a second time with the key ${line.fingerprint}`;
    case 'bundle-deleted':
      return `${line.file} was deleted from this machine: ${line.reason}`;
    case 'viewed':
      return `Clip ${line.clip} was looked at`;
    case 'adopted':
      return `${lengthText(line.fromMs)} to ${lengthText(line.toMs)} of a clip of camera ${cameraName(story.cameras, line.camera)}: whole on the disk when the program died before it had recorded that; recorded at its next start`;
    case 'deleted':
      return `A clip of camera ${cameraName(story.cameras, line.camera)} was deleted: ${line.reason}`;
    case 'attached':
      return `${line.name} was attached (SHA-256 ${line.digest})`;
    case 'opened':
      return `${line.name} was opened`;
    case 'file-deleted':
      return `${line.name} was deleted (SHA-256 ${line.digest}): ${line.reason}`;
    case 'exported':
      return `Copy of ${line.file}: ${line.outcome === 'sent' ? 'sent, and nobody said whether it was kept' : line.outcome}`;
    case 'verdict':
    case 'stated':
      return '';
  }
}
