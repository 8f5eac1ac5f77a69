// What the promotion log says about who had which alias when.

/** The entries of a model under all the names it had, oldest first. */
export const entriesOf = (entries, name) => {
  const found = [];
  let now = name;
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i];
    if (entry.action === 'ModelRenamed' && entry.target === now) {
      now = entry.model;
      found.push(entry);
    } else if (entry.model === now) {
      found.push(entry);
    }
  }

  return found.reverse();
};

/** Periods { alias, version, from, until (null while it lasts), entry } of a model's entries. */
export const periodsOf = entries => {
  const periods = [];
  const open = new Map();
  const close = (alias, time) => {
    const period = open.get(alias);
    if (period) {
      period.until = time;
      open.delete(alias);
    }
  };
  for (const entry of entries) {
    const time = Number(entry.time);
    if (entry.action === 'AliasSet' || entry.action === 'RolledBack') {
      close(entry.target, time);
      const period = { alias: entry.target, version: Number(entry.version), from: time, until: null, entry };
      open.set(entry.target, period);
      periods.push(period);
    } else if (entry.action === 'AliasRemoved') {
      close(entry.target, time);
    } else if (entry.action === 'VersionDeleted') {
      [...open.values()].filter(period => period.version === Number(entry.version)).forEach(period => close(period.alias, time));
    } else if (entry.action === 'ModelDeleted') {
      [...open.keys()].forEach(alias => close(alias, time));
    }
  }

  return periods;
};

/** The periods that touch a day, given by its first millisecond. */
export const onDay = (periods, day) =>
  periods.filter(period => period.from < day + 86_400_000 && (period.until === null || period.until > day));
