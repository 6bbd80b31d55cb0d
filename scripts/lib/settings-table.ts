/** README's table of settings, made from what package.json tells VS Code of them. */

interface Setting {
  order?: number;
  description?: string;
  markdownDescription?: string;
  default?: unknown;
  items?: { required?: string[]; properties?: Record<string, unknown> };
}

export interface Manifest {
  contributes: { configuration: { properties: Record<string, Setting> } };
}

export function settingsTable({ contributes }: Manifest): string {
  const settings = Object.entries(contributes.configuration.properties).sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0));
  const rows = settings.map(([id, setting]) => `| \`${id}\` | ${[setting.markdownDescription ?? setting.description ?? '', shapeOf(setting), defaultOf(setting)].filter(Boolean).join(' ').replaceAll('|', '\\|')} |`);
  return ['| Setting | |', '|---|---|', ...rows].join('\n');
}

/** Of an entry of a list: what may be left out has a question mark. */
function shapeOf({ items }: Setting): string {
  const names = Object.keys(items?.properties ?? {}).map((name) => `"${name}"${items?.required?.includes(name) ? '' : '?'}`);
  return names.length > 0 ? `An entry is \`{ ${names.join(', ')} }\`.` : '';
}

function defaultOf({ default: value }: Setting): string {
  return value === undefined || value === '' || Array.isArray(value) ? '' : `Default: \`${typeof value === 'string' ? value : JSON.stringify(value)}\`.`;
}
