export function whyInstall(folder: string): string | undefined;
export function npmCi(folder: string): void;
