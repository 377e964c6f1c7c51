/** The user's cache folder of this project, shared by all clones. */
export function cacheFolder(env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, home?: string): string;
