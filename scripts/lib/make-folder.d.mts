/** Makes a folder and those above it. Throws the file system's error, at once. */
export function makeFolder(path: string): void;
