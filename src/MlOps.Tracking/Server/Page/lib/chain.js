// Checks the promotion log in the browser: nobody has to believe the server.
// Every field stands as UTF-8 behind its length in bytes and a colon, null as "-"; SHA-256 of that is the entry's hash
// and the next entry repeats it.

const origin = '0'.repeat(64);
const encoder = new TextEncoder();

const textOf = entry =>
  [
    String(entry.number),
    String(entry.time),
    entry.model ?? '',
    entry.action ?? '',
    entry.target ?? '',
    entry.version?.toString() ?? null,
    entry.previous?.toString() ?? null,
    entry.actor ?? '',
    entry.reason ?? '',
    entry.evidence ?? '',
    entry.previous_hash ?? '',
  ]
    .map(field => (field === null ? '-' : `${encoder.encode(field).length}:${field}`))
    .join('');

const hashOf = async text =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/** Walks the whole log: { state: 'whole' | 'broken' | 'unchecked', text, at? }. */
export const checkChain = async entries => {
  if (!globalThis.crypto?.subtle) {
    return {
      state: 'unchecked',
      text: 'The chain cannot be checked here: browsers calculate hashes only on this machine’s own address or over https. In a shell: ./mlops models log NAME --verify',
    };
  }

  let last = origin;
  let number = 0;
  for (const entry of entries) {
    number++;
    const fault =
      Number(entry.number) !== number
        ? `entry ${number} is missing`
        : entry.previous_hash !== last
          ? `entry ${number} does not follow the one before it`
          : entry.hash !== (await hashOf(textOf(entry)))
            ? `entry ${number} was changed after it was written`
            : null;
    if (fault) {
      return { state: 'broken', text: `The chain is broken: ${fault}.`, at: number };
    }

    last = entry.hash;
  }

  return {
    state: 'whole',
    text: `The chain is whole: ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}, checked in this browser. Last hash ${last.slice(0, 12)}…`,
    last,
  };
};
