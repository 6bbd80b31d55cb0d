/** The questions that make or change a connection: an address in one line, or its parts one by one. */
import * as vscode from 'vscode';
import { describeSpec, parseRedisUrl } from '../../server/connection-spec.ts';
import type { ConnectionSpec } from '../../server/connection-spec.ts';
import { askText, BACK, choose, runSteps, SKIP } from '../ui/steps.ts';
import type { Answer, Step } from '../ui/steps.ts';
import { complaintAboutUrl, defaultName, splitCredentials } from './connection-address.ts';
import type { Credentials } from './connection-address.ts';
import type { ConnectionConfig, TlsConfig } from './connection-config.ts';
import { hasPlaceholder } from './env-placeholders.ts';

export interface FilledForm {
  config: ConnectionConfig;
  credentials: Credentials;
}

/** A saved connection as it is before it is changed. */
export interface FormStart extends FilledForm {
  /** Why the address, as it is written, is none. */
  problem?: string;
  /** Why user and password have to be given again. */
  withheld?: string;
  /** The password comes from the address in the settings: it moves. */
  moves?: boolean;
}

const URL_HINT = 'redis://user:password@host:6379/0, or rediss:// for TLS. ${env:NAME} takes a part from the environment.';

/** @param taken names of other connections @param given an address that has been typed already; asked for again where it is none */
export async function askForUrl(taken: ReadonlySet<string>, given = ''): Promise<FilledForm | undefined> {
  let url = given;
  let isKnown = given !== '' && complaintAboutUrl(given) === undefined;
  let name = '';
  const done = await runSteps('Add Redis Connection', [
    async (position) => {
      // The person may come back to it.
      const skip = isKnown;
      isKnown = false;
      if (skip) return SKIP;
      const answer = await askText(position, {
        prompt: `${complaintBefore({ problem: given === '' ? undefined : complaintAboutUrl(given) }, 'What was typed')}Address of the server. User and password go to VS Code's secret storage. ${URL_HINT}`,
        placeholder: 'redis://localhost:6379',
        value: url,
        validate: complaintAboutUrl,
      });
      return keep(answer, (value) => (url = value));
    },
    async (position) => keep(await askName(position, name || defaultName(url), taken), (value) => (name = value)),
  ]);
  if (!done) return undefined;
  const { url: address, credentials } = splitCredentials(url);
  return { config: { name, url: address }, credentials };
}

/** Step by step; with `before`, its values stand in the fields. @param taken names of other connections */
export async function askStepByStep(taken: ReadonlySet<string>, before?: FormStart): Promise<FilledForm | undefined> {
  // What has no parts to show is edited as one line: an address with placeholders before they are replaced, and what is no address.
  if (before !== undefined && (hasPlaceholder(before.config.url) || complaintAboutUrl(before.config.url) !== undefined)) return editUrl(taken, before);
  const spec: ConnectionSpec = before === undefined ? {} : parseRedisUrl(before.config.url);
  let tls: TlsConfig | undefined = before?.config.tls ?? (spec.tls ? {} : undefined);
  let name = before?.config.name ?? '';
  const credentials: Credentials = { ...before?.credentials };
  const address = (): string => describeSpec({ host: spec.host, port: spec.port, path: spec.path, db: spec.db, tls: tls && {} });
  const steps: Step[] = [
    async (position) => {
      const prompt = `${complaintBefore(before)}Host name or IP address, or the path of a Unix socket`;
      const question = { prompt, value: spec.path ?? spec.host ?? 'localhost', validate: complaintAboutHost };
      return keep(await askText(position, question), (value) => Object.assign(spec, value.startsWith('/') ? { path: value, host: undefined } : { host: value, path: undefined }));
    },
    async (position) => {
      if (spec.path !== undefined) return SKIP;
      const question = { prompt: 'Port', value: String(spec.port ?? 6379), validate: complaintAboutPort };
      return keep(await askText(position, question), (value) => (spec.port = Number(value)));
    },
    async (position) => keep(await askTls(position, tls), (value) => (tls = value.tls)),
    async (position) => {
      const question = { prompt: 'User name (leave empty for the default user); kept in secret storage', value: credentials.username };
      return keep(await askText(position, question), (value) => (credentials.username = value));
    },
    async (position) => keep(await askPassword(position, before), (value) => (credentials.password = value.password)),
    async (position) => {
      const question = { prompt: 'Database to show first', value: String(spec.db ?? 0), validate: complaintAboutDatabase };
      return keep(await askText(position, question), (value) => (spec.db = Number(value)));
    },
    async (position) => keep(await askName(position, name || defaultName(address()), taken), (value) => (name = value)),
  ];
  if (!(await runSteps(before === undefined ? 'Add Redis Connection' : `Edit “${before.config.name}”`, steps))) return undefined;
  const { tls: _, ...others } = before?.config ?? {};
  return { config: { ...others, name, url: address(), ...(tls && Object.keys(tls).length > 0 ? { tls } : {}) }, credentials };
}

async function editUrl(taken: ReadonlySet<string>, before: FormStart): Promise<FilledForm | undefined> {
  let url = before.config.url;
  let { name } = before.config;
  const credentials: Credentials = { ...before.credentials };
  const done = await runSteps(`Edit “${name}”`, [
    async (position) => {
      const prompt = `${complaintBefore(before)}Address of the server. ${URL_HINT}`;
      return keep(await askText(position, { prompt, value: url, validate: complaintAboutUrl }), (value) => (url = value));
    },
    // One that is typed into the address now is meant.
    async (position) => (passwordIn(url) === undefined ? keep(await askPassword(position, before), (value) => (credentials.password = value.password)) : SKIP),
    async (position) => keep(await askName(position, name, taken), (value) => (name = value)),
  ]);
  if (!done) return undefined;
  const split = splitCredentials(url);
  return { config: { ...before.config, name, url: split.url }, credentials: { ...credentials, ...split.credentials } };
}

function askName(position: Parameters<Step>[0], value: string, taken: ReadonlySet<string>): Promise<Answer<string>> {
  const validate = (name: string): string | undefined => {
    if (name.trim() === '') return 'Give the connection a name.';
    return taken.has(name.trim()) ? `There is a connection “${name.trim()}” already. Choose another name.` : undefined;
  };
  return askText(position, { prompt: 'Name, as shown in the tree', value, validate });
}

async function askTls(position: Parameters<Step>[0], before: TlsConfig | undefined): Promise<Answer<{ tls: TlsConfig | undefined }>> {
  const none = { label: 'No TLS', detail: 'Traffic and password travel readable: for this machine or a private network' };
  const usual = { label: 'TLS', detail: 'The certificate is checked against the authorities that Node knows' };
  const ownCa = { label: 'TLS, with a certificate authority of your own …', detail: before?.caFile ?? 'Choose its PEM file' };
  const anyCertificate = { label: 'TLS, accept any certificate', detail: 'Encrypted, but whoever answers is believed: for a self-signed server of your own' };
  const active = before === undefined ? none : before.rejectUnauthorized === false ? anyCertificate : before.caFile === undefined ? usual : ownCa;
  const chosen = await choose(position, 'How the connection is encrypted', [none, usual, ownCa, anyCertificate], { active });
  if (chosen === undefined || chosen === BACK || chosen === SKIP) return chosen;
  const { caFile: _, rejectUnauthorized: __, ...others } = before ?? {};
  if (chosen === none) return { tls: undefined };
  if (chosen === usual) return { tls: others };
  if (chosen === anyCertificate) return { tls: { ...others, rejectUnauthorized: false } };
  const [file] = (await vscode.window.showOpenDialog({ title: 'Certificate authority (PEM)', filters: { PEM: ['pem', 'crt', 'cer'] } })) ?? [];
  return file && { tls: { ...others, caFile: file.fsPath } };
}

/** Always masked: there is no other field that a password could be typed into. */
async function askPassword(position: Parameters<Step>[0], before: FormStart | undefined): Promise<Answer<{ password: string | undefined }>> {
  const { password } = before?.credentials ?? {};
  if (password !== undefined && password !== '') {
    const kept = before?.moves ? 'leave empty to keep the one of the settings, which moves into secret storage' : 'leave empty to keep the stored one';
    const button = { icon: 'trash', tooltip: 'Remove the stored password', answer: { password: undefined } };
    const answer = await askText<{ password: undefined }>(position, { prompt: `New password (${kept}; the bin above removes it)`, password: true, button });
    return typeof answer === 'string' ? { password: answer === '' ? password : answer } : answer;
  }
  const why = before?.withheld === undefined ? '' : `${before.withheld} `;
  const answer = await askText(position, { prompt: `${why}Password (leave empty for none); kept in secret storage`, password: true });
  return typeof answer === 'string' ? { password: answer === '' ? undefined : answer } : answer;
}

function keep<T>(answer: Answer<T>, put: (value: T) => unknown): Answer<T> {
  if (answer !== undefined && answer !== BACK && answer !== SKIP) put(answer as T);
  return answer;
}

function complaintBefore(before: Pick<FormStart, 'problem'> | undefined, what = 'The address in the settings'): string {
  return before?.problem === undefined ? '' : `${what} is no address: ${before.problem} `;
}

function passwordIn(url: string): string | undefined {
  return hasPlaceholder(url) ? undefined : splitCredentials(url).credentials.password;
}

function complaintAboutHost(text: string): string | undefined {
  const host = text.trim();
  if (host === '') return 'Type a host name, for instance localhost.';
  if (host.startsWith('/')) return undefined;
  try {
    // It has to come back from the address that is made of it.
    if (parseRedisUrl(describeSpec({ host })).host?.toLowerCase() === host.toLowerCase()) return undefined;
  } catch {
    // Nor is it one by itself.
  }
  return 'The host name or IP address alone, as localhost or ::1, without scheme, user, port or brackets. To paste a whole address, add a connection “By address”.';
}

function complaintAboutPort(text: string): string | undefined {
  const port = Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? undefined : 'A port is a number from 1 to 65535.';
}

function complaintAboutDatabase(text: string): string | undefined {
  return /^\d+$/.test(text.trim()) ? undefined : 'A database is a number from 0 up.';
}
