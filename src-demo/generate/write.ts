// JSON with one record per line inside arrays, so that a change to the demo reads as a diff of records.

export function writeDemo(value: object): string {
  return `${write(value, '')}\n`;
}

function write(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (!value.every((one) => typeof one === 'object')) return JSON.stringify(value);
    return value.length === 0 ? '[]' : `[\n${value.map((one) => inner + line(one)).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${inner}${JSON.stringify(name)}: ${write(member, inner)}`,
  );
  return `{\n${members.join(',\n')}\n${indent}}`;
}

/** One record. Characters that no screen shows are written as escapes: a diff must show what hostile text contains. */
function line(record: unknown): string {
  return JSON.stringify(record).replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\u{e0000}-\u{e007f}]/gu, escaped);
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
