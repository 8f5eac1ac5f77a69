// Reads comma-separated text for a preview: quotes, doubled quotes, line ends inside quotes (RFC 4180).

/** The first rows; `separator` is a comma or a tab. */
export const readCsv = (text, separator, most) => {
  const rows = [];
  let row = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < text.length && rows.length < most; i++) {
    const letter = text[i];
    if (isQuoted) {
      if (letter !== '"') {
        cell += letter;
      } else if (text[i + 1] === '"') {
        cell += letter;
        i++;
      } else {
        isQuoted = false;
      }
    } else if (letter === '"' && cell === '') {
      isQuoted = true;
    } else if (letter === separator) {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') {
      rows.push([...row, cell.endsWith('\r') ? cell.slice(0, -1) : cell]);
      row = [];
      cell = '';
    } else {
      cell += letter;
    }
  }

  if (rows.length < most && (cell !== '' || row.length > 0)) {
    rows.push([...row, cell]);
  }

  return rows;
};
