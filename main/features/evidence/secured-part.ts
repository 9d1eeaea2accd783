import type { SecuredStream } from '../../../core/evidence/secured-streams.ts';
import type { Stretch } from '../../../core/evidence/missing-stretches.ts';
import { type BundleStory, cameraName, html, lengthText, type SecuredCamera, timeText } from './bundle-story.ts';

/** What was wanted of each camera and what is missing of it, then the same of each stream where it has two. */
export function securedPart(story: BundleStory): string {
  return `<h2>What was wanted, and what is missing of it</h2>
<p class="quiet">To the second: of less than that it is not known when a picture came. A camera’s own line is of both its streams together.</p>
<table><tr><th>Camera<th>From<th>To<th>First picture<th>Missing
${story.secured.map((each) => rows(story, each)).join('\n')}
</table>`;
}

function rows(story: BundleStory, { camera, fromUtcMs, toUtcMs, missing, streams }: SecuredCamera): string {
  const name = html(cameraName(story.cameras, camera));
  const span = `<td>${timeText(fromUtcMs)}<td>${timeText(toUtcMs)}`;
  const firsts = streams.flatMap(({ firstUtcMs }) => firstUtcMs ?? []);
  const whole = `<tr><td>${name}${span}<td>${firstText(firsts.length === 0 ? null : Math.min(...firsts))}<td>${missingText(missing)}`;
  if (streams.length < 2) return whole;
  const each = streams.map(
    (one) =>
      `<tr><td class="quiet">${name}, ${one.stream} stream${span}<td>${firstText(one.firstUtcMs)}<td>${missingText(one.missing)}${whyText(one)}`,
  );
  return [whole, ...each].join('\n');
}

const firstText = (utcMs: number | null): string => (utcMs === null ? '<span class="gap">none</span>' : timeText(utcMs));

const missingText = (missing: readonly Stretch[]): string =>
  missing
    .map(
      (stretch) =>
        `<span class="gap">${timeText(stretch.fromUtcMs)} to ${timeText(stretch.toUtcMs)} (${lengthText(stretch.toUtcMs - stretch.fromUtcMs)})</span>`,
    )
    .join('<br>') || 'nothing';

/** Why a stream has no more than it has, as far as that is known. */
function whyText({ missing, besideFromUtcMs, notSecured }: SecuredStream): string {
  if (missing.length === 0) return '';
  const why = [
    besideFromUtcMs === null
      ? []
      : [
          `No window secured it at ${timeText(besideFromUtcMs)}, and the gateway was told to from then on. Of what came before it has only what it had of the stream then: nothing where nobody had it open, else the group of pictures that was coming, or the last two minutes of H.265 that no window decodes.`,
        ],
    notSecured === 'elsewhere'
      ? ['It does not come by this program’s gateway: it is here only from where a window showed it.']
      : [],
    notSecured === 'too-many'
      ? ['The gateway was securing the main streams of as many cameras as it may, and began with this one late or not at all.']
      : [],
  ].flat();
  return why.map((words) => `<p class="quiet">${words}</p>`).join('');
}
