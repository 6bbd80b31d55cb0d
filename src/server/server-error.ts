/** What can go wrong between us and a server, as a kind to act on and a sentence that says what to do. */

export type ServerErrorKind =
  | 'invalid-spec' // the address makes no sense
  | 'refused' // nobody listens there
  | 'unknown-host'
  | 'unreachable' // no route, no such socket file
  | 'timeout'
  | 'auth-required' // the server wants a password and has got none
  | 'wrong-password'
  | 'tls-required' // the port speaks TLS, we did not
  | 'tls-unexpected' // we spoke TLS, the port does not
  | 'certificate'
  | 'loading' // the server reads its dataset from disk
  | 'protocol' // whoever answers does not speak Redis
  | 'lost' // the connection broke; it comes back by itself
  | 'closed' // by us
  | 'not-allowed' // by the command gate
  | 'no-permission' // by the server's ACL
  | 'reply'; // any other error that the server replied; see `code`

export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly kind: ServerErrorKind;
  /** First word of the server's error where it replied one: `WRONGTYPE`, `NOPERM`, `BUSY`, `READONLY`, `OOM`, `MOVED`, `ERR`, … */
  readonly code: string | undefined;

  constructor(kind: ServerErrorKind, message: string, code?: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

/** Words of whoever answers, fit to be shown: in one line, without control characters (a terminal would obey them), and not endless. */
function wordsOf(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)} …` : text;
}

/** A server's own errors have under 200 characters. */
const MAX_WORDS = 500;

/** What the server said to one command, explained. Errors of ioredis hold the arguments of the command, passwords too, so none is kept as cause. */
export function explainReply(error: unknown, command: string): ServerError {
  if (error instanceof ServerError) return error;
  const message = wordsOf(error);
  const code = /^[A-Z][A-Z0-9]*(?= |$)/.exec(message)?.[0];
  switch (code) {
    case 'NOPERM':
      return new ServerError('no-permission', `The server does not let this user run ${command}: ${message.replace(/^NOPERM /, '')}`, code);
    case 'NOAUTH':
      return new ServerError('auth-required', 'The server wants a user and a password. Add them to the connection.', code);
    case 'WRONGPASS':
      return wrongPassword(code);
    case 'LOADING':
      return new ServerError('loading', 'The server is loading its dataset from disk. It answers when it is done.', code);
    case 'BUSY':
      return new ServerError('reply', `A script is running on the server and blocks every other command (${message}).`, code);
    case 'READONLY':
      return new ServerError('reply', 'This server is a replica and takes no writes. Connect to its primary to change data.', code);
    case 'OOM':
      return new ServerError('reply', `The server is at its maxmemory limit and refuses ${command}.`, code);
    case 'MASTERDOWN':
      return new ServerError('reply', 'This replica has lost its primary and is set to serve no stale data (replica-serve-stale-data no).', code);
    case 'CLUSTERDOWN':
      return new ServerError('reply', `The cluster is down: ${message.replace(/^CLUSTERDOWN /, '')}.`, code);
  }
  if (/timed out|ETIMEDOUT|Socket timeout/i.test(message)) return new ServerError('timeout', `The server did not answer ${command} in time.`);
  if (isTransport(message)) return new ServerError('lost', `The connection was lost while ${command} was under way; whether it ran is not known.`);
  return new ServerError('reply', message, code ?? 'ERR');
}

function isTransport(message: string): boolean {
  return /Connection is closed|max retries per request|Stream isn't writeable|Command aborted|ECONNRESET|EPIPE/i.test(message);
}

function wrongPassword(code?: string): ServerError {
  return new ServerError('wrong-password', 'The server refuses this user and password. Check both; without a user name the user is “default”.', code);
}

/** Why a connection could not be made. `where` is the address as shown to people, `tls` whether we spoke TLS. */
export function explainConnect(error: unknown, where: string, tls: boolean): ServerError {
  if (error instanceof ServerError) return error;
  const message = wordsOf(error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const text = `${code} ${message}`;
  if (/ECONNREFUSED/.test(text)) return new ServerError('refused', `Nothing listens at ${where}. Is the server running, and is the port right?`);
  if (/ENOTFOUND|EAI_AGAIN|EAI_NONAME/.test(text)) return new ServerError('unknown-host', `The host name of ${where} is not known. Check its spelling and your DNS or VPN.`);
  if (/ENOENT/.test(text)) return new ServerError('unreachable', `There is no socket file at ${where}. Is the server running with “unixsocket” set?`);
  if (/EACCES|EPERM/.test(text)) return new ServerError('unreachable', `You may not open ${where}. Check the permissions of the socket file.`);
  if (/EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/.test(text)) return new ServerError('unreachable', `There is no network route to ${where}. Check your VPN or tunnel.`);
  if (/NOAUTH|HELLO must be called/.test(text)) return new ServerError('auth-required', `${where} wants a user and a password. Add them to the connection.`, 'NOAUTH');
  if (/WRONGPASS|invalid password|invalid username-password/i.test(text)) return wrongPassword('WRONGPASS');
  if (/wrong number of arguments for 'auth'/i.test(text)) {
    return new ServerError('wrong-password', 'This server is older than Redis 6 and knows no users. Leave the user name empty.');
  }
  if (/WRONG_VERSION_NUMBER|wrong version number|PACKET_LENGTH_TOO_LONG|packet length too long|unsupported protocol|EPROTO/i.test(text)) {
    return noTls(where);
  }
  if (/PEM|no start line|asn1|DECODER|BAD_END_LINE|key values mismatch/i.test(text)) {
    return new ServerError('certificate', `A certificate or key given for ${where} cannot be read (${message}). They must be PEM text: -----BEGIN …`);
  }
  if (/CERT|certificate|ALTNAME|altnames|self.signed|UNABLE_TO_VERIFY|alert (number )?\d+/i.test(text)) return certificate(message, where);
  if (/DB index is out of range|invalid DB index/i.test(text)) return new ServerError('invalid-spec', `${where}: the server has no database of that number.`);
  if (/LOADING/.test(text)) return new ServerError('loading', `${where} is loading its dataset from disk. It answers when it is done.`, 'LOADING');
  if (/ETIMEDOUT|timed out|timeout/i.test(text)) return new ServerError('timeout', `${where} did not answer in time. Check host, port and firewall.`);
  if (/protected mode/i.test(text)) return new ServerError('no-permission', `${where} is in protected mode: it takes no connections from other machines before a password or a bind address is set.`, 'DENIED');
  if (/max number of clients/i.test(text)) return new ServerError('reply', `${where} has reached its maxclients limit.`, 'ERR');
  if (/Unknown RESP type|Protocol error|Please report this/i.test(text)) return notRedis(text, where, tls);
  if (/ECONNRESET|EPIPE|Connection is closed|socket hang up|socket disconnected|ended by the other party/i.test(text)) {
    return tls
      ? new ServerError('tls-unexpected', `${where} closed the connection during the TLS handshake. Is this its TLS port, and does it want a client certificate?`)
      : new ServerError('tls-required', `${where} closed the connection at once. If this is its TLS port, use rediss://; otherwise check that a Redis listens there.`);
  }
  return new ServerError('protocol', `${where} could not be opened: ${message}`);
}

/** A Redis without TLS keeps silent at a TLS handshake; other servers answer it with something else. */
export function noTls(where: string): ServerError {
  return new ServerError('tls-unexpected', `${where} does not answer in TLS. Use redis:// instead of rediss://, or the server's TLS port.`);
}

export function wantsClientCertificate(where: string): ServerError {
  return new ServerError('certificate', `${where} wants a client certificate. Add one and its key to the connection.`);
}

function certificate(message: string, where: string): ServerError {
  if (/certificate[ _]required|alert (number )?116|handshake failure|alert (number )?40/i.test(message)) {
    return wantsClientCertificate(where);
  }
  return new ServerError(
    'certificate',
    `The certificate of ${where} is not trusted (${message}). Give the authority's certificate (CA) to the connection, or check the host name it was made for.`,
  );
}

function notRedis(text: string, where: string, tls: boolean): ServerError {
  // A TLS alert starts with byte 0x15 (21), which no Redis reply does.
  if (!tls && /Unknown RESP type 21 /.test(text)) return new ServerError('tls-required', `${where} speaks TLS. Use rediss:// for it.`);
  return new ServerError('protocol', `Whoever answers at ${where} does not speak the Redis protocol. Check the port.`);
}
