/** `${env:NAME}` in a connection's address, user and password: secrets and hosts that live in the environment of the extension host. */

const PLACEHOLDER = /\$\{env:([^}]*)\}/g;

export class MissingVariable extends Error {
  override readonly name = 'MissingVariable';

  constructor(readonly variable: string) {
    super(`The environment variable ${variable} is not set where VS Code runs its extensions. Set it and restart VS Code, or change the connection.`);
  }
}

export function hasPlaceholder(text: string): boolean {
  return text.search(PLACEHOLDER) >= 0;
}

/** @throws MissingVariable */
export function replacePlaceholders(text: string, env: NodeJS.ProcessEnv): string {
  return text.replace(PLACEHOLDER, (_, name: string) => valueOf(name, env));
}

/**
 * In a URL, a value that stands in the user or the password is percent-encoded: `redis://:${env:PW}@host` works for every password.
 * Elsewhere it is taken as it is, so that `${env:REDIS_URL}` may be a whole address.
 * @throws MissingVariable
 */
export function replacePlaceholdersInUrl(url: string, env: NodeJS.ProcessEnv): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0].length ?? 0;
  const endOfUserInfo = url.lastIndexOf('@');
  return url.replace(PLACEHOLDER, (_, name: string, offset: number) => {
    const value = valueOf(name, env);
    return offset >= scheme && offset < endOfUserInfo ? encodeURIComponent(value) : value;
  });
}

function valueOf(name: string, env: NodeJS.ProcessEnv): string {
  const value = env[name];
  if (value === undefined || value === '') throw new MissingVariable(name);
  return value;
}
