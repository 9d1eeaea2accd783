const places = [
  ['Khyber Bazar, gate 2', 'Khyber Bazar'],
  ['Qissa Khwani, east', 'Qissa Khwani Bazar'],
  ['Saddar Road, Fowara Chowk', 'Saddar'],
  ['University Road, arch', 'University Town'],
  ['GT Road, Haji Camp', 'Haji Camp'],
  ['Ring Road, Pishtakhara', 'Pishtakhara Chowk'],
  ['Kohat Road, exit', 'Kohat Adda'],
  ['Charsadda Road, bridge', 'Charsadda Road'],
  ['Bala Hisar, north wall', 'Bala Hisar'],
  ['Chowk Yadgar, square', 'Chowk Yadgar'],
  ['Hayatabad, phase 3 gate', 'Hayatabad'],
  ['Karkhano Market, entry', 'Karkhano'],
  ['Airport Road, barrier', 'Bacha Khan Airport'],
  ['Lady Reading Hospital, ramp', 'LRH'],
  ['Cantonment Station, platform', 'Peshawar Cantt'],
  ['Warsak Road, toll', 'Warsak Road'],
] as const;

/** Sixteen cameras as a directory, and a wall of four by four that shows them. */
export function peshawarWall(columns = 4, rows = 4): Record<string, unknown> {
  const directory = places.map(([name, site], index) => ({
    id: `psh-${201 + index}`,
    number: 201 + index,
    name,
    district: 'Peshawar',
    site,
    position: null,
    kind: 'fixed',
    streams: ['main', 'sub'],
    simulated: true,
  }));
  const tiles = Array.from({ length: columns * rows }, (_, index) => ({
    camera: directory[index % directory.length]?.id ?? null,
  }));
  return {
    'cameras.directory': directory,
    'wall.display': { displayId: 'preview', columns, rows, tiles },
  };
}
